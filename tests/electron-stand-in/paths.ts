import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { commandLine } from "./command-line.ts";
import { notInTheStandIn } from "./guard.ts";

interface Package {
  name: string;
  productName?: string;
  version: string;
}

/** The folder of the package.json nearest above the script that was started. */
export const appPath = ((): string => {
  let folder = dirname(resolve(process.argv[1] ?? "."));
  while (!existsSync(join(folder, "package.json")) && dirname(folder) !== folder)
    folder = dirname(folder);
  return folder;
})();

export const appPackage = JSON.parse(
  readFileSync(join(appPath, "package.json"), "utf8"),
) as Package;

const chosen = new Map<string, string>();

/** https://www.electronjs.org/docs/latest/api/app#appgetpathname */
export function getPath(name: string): string {
  const set = chosen.get(name);
  if (set) return set;
  const appData = process.env["XDG_CONFIG_HOME"] || join(homedir(), ".config");
  switch (name) {
    case "home":
      return homedir();
    case "appData":
      return appData;
    case "temp":
      return tmpdir();
    case "userData": {
      const given = commandLine.getSwitchValue("user-data-dir");
      const folder = given
        ? resolve(given)
        : join(appData, appPackage.productName ?? appPackage.name);
      mkdirSync(folder, { recursive: true });
      return folder;
    }
    case "sessionData":
      return getPath("userData");
    case "logs":
      return join(getPath("userData"), "logs");
    case "desktop":
      return join(homedir(), "Desktop");
    default:
      throw notInTheStandIn(`path "${name}"`);
  }
}

/** https://www.electronjs.org/docs/latest/api/app#appsetpathname-path */
export function setPath(name: string, path: string): void {
  mkdirSync(path, { recursive: true });
  chosen.set(name, path);
}
