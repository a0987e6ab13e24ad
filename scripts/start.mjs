// npm start: sets up what is lacking and opens the studio.
import { join } from "node:path";
import { runCommand } from "./command.mjs";
import { runInForeground } from "./foreground.mjs";
import { readJson, root } from "./project.mjs";
import { appCommand, standInNotice } from "./runtime.mjs";
import { setUp } from "./setup.mjs";
import { readStartOptions, startHelp } from "./start-options.mjs";

/** The app's exit code where a port of the rehearsal room is in use. It has said which. */
const portTaken = 3;

await runCommand(async () => {
  const options = readStartOptions(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(startHelp);
    return 0;
  }
  if (options.version) {
    process.stdout.write(`${readJson(join(root, "package.json")).version}\n`);
    return 0;
  }
  const ready = await setUp({
    runtime: "app",
    worker: true,
    build: ["main", "preload", "studio", "watch", "moderate"],
    display: "any",
  });
  try {
    if (ready.virtualDisplay)
      process.stderr.write(`No display found: using a virtual one, ${ready.virtualDisplay}.\n`);
    if (ready.runtime === "stand-in")
      process.stderr.write(`${standInNotice(ready.electronFailure)}\n`);
    const exitCode = await runInForeground(...appCommand(ready.runtime, options.flags), {
      env: ready.env,
    });
    if (exitCode === portTaken)
      process.stderr.write(`Choose others: npm start -- --room-port=0 --room-media-port=0\n`);
    return exitCode;
  } finally {
    await ready.close();
  }
});
