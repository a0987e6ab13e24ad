import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { profile } from "./chromium-profile.ts";
import { everySwitch } from "./command-line.ts";

/** What the app and its first window ask for, before Chromium is started. */
export const launchOptions = {
  throttleInBackground: true,
  acceptLanguage: "en-US",
  hardwareAcceleration: true,
  domainBlockingFor3DAPIs: true,
};

/** Chromium names the screen so, in English, and is started in English. */
export const screenName = "Entire screen";

/** @throws where neither ANCHOR_CHROMIUM nor PATH has one */
export function findChromium(): string {
  const given = process.env["ANCHOR_CHROMIUM"];
  if (given) return given;
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const found = folders
    .flatMap((folder) => [join(folder, "chromium"), join(folder, "chromium-browser")])
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
  if (found) return found;
  throw new Error("There is no Chromium on PATH: install it, or name it in ANCHOR_CHROMIUM");
}

/**
 * The switches (https://peter.sh/experiments/chromium-command-line-switches/) of the stand-in, those of
 * the app's own command line, and those in ANCHOR_CHROMIUM_ARGS.
 */
export function chromiumArguments(): string[] {
  const args = [
    `--user-data-dir=${profile()}`,
    ...(launchOptions.hardwareAcceleration ? [] : ["--disable-gpu"]),
    ...(launchOptions.domainBlockingFor3DAPIs ? [] : ["--disable-domain-blocking-for-3d-apis"]),
    "--ozone-platform=x11",
    "--autoplay-policy=no-user-gesture-required",
    `--auto-select-desktop-capture-source=${screenName}`,
    `--accept-lang=${launchOptions.acceptLanguage}`,
    "--no-first-run",
    "--no-default-browser-check",
    "--hide-crash-restore-bubble",
    "--password-store=basic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    // As root Chromium runs only so; --test-type takes away the bar that warns of it.
    ...(process.getuid?.() === 0 ? ["--no-sandbox", "--test-type"] : []),
  ];
  if (!launchOptions.throttleInBackground) {
    args.push("--disable-background-timer-throttling", "--disable-renderer-backgrounding");
    args.push("--disable-backgrounding-occluded-windows");
  }
  for (const [name, value] of everySwitch()) {
    if (name !== "user-data-dir") args.push(value ? `--${name}=${value}` : `--${name}`);
  }
  return [...args, ...(process.env["ANCHOR_CHROMIUM_ARGS"] ?? "").split(/\s+/).filter(Boolean)];
}
