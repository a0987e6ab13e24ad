import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { joinUrl } from "../../preload/contract/deep-link.ts";
import { parseCommandLine, roomHelp } from "./command-line.ts";
import { createLog } from "./log.ts";
import { startRoomServer } from "./server.ts";
import { messageOf, StartFailure } from "./start-failure.ts";
import { runAsUtilityProcess, type ParentPort } from "./utility-process.ts";

/** The nearest directory above this file that has a package.json: the same from the sources and from `out/`. */
const projectRoot = (): string => {
  let directory = import.meta.dirname;
  while (!existsSync(join(directory, "package.json")) && dirname(directory) !== directory)
    directory = dirname(directory);
  return directory;
};

const runAlone = async (): Promise<void> => {
  const root = projectRoot();
  const config = parseCommandLine(process.argv.slice(2), process.env, {
    watchDir: join(root, "out", "watch"),
    moderateDir: join(root, "out", "moderate"),
    resourcesDir: join(root, "resources"),
  });
  if (config === "help") {
    process.stdout.write(roomHelp);
    return;
  }
  const server = await startRoomServer(config, createLog("warn"));
  const { anchorUrl, viewerUrl } = server.address;
  process.stdout.write(
    `The room is open. Ctrl+C closes it.\n\n  Anchor link (a secret): ${anchorUrl}\n  The same, for the app:  ${joinUrl(anchorUrl)}\n  Viewer link:            ${viewerUrl}\n\n`,
  );
  const stop = (): void => {
    server.close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${messageOf(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
};

const { parentPort } = process as NodeJS.Process & { parentPort?: ParentPort };
if (parentPort) runAsUtilityProcess(parentPort);
else
  runAlone().catch((error: unknown) => {
    process.stderr.write(
      error instanceof StartFailure
        ? `${error.message}\n`
        : `The room does not open: ${messageOf(error)}\n`,
    );
    process.exit(1);
  });
