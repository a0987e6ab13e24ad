// npm run e2e:electron: the end-to-end journeys on the real Electron. Exit code 2 where there is none.
import { runCommand } from "./command.mjs";
import { runInForeground } from "./foreground.mjs";
import { node24 } from "./project.mjs";
import { electronBinary, knownElectronFailure } from "./runtime.mjs";
import { setUp } from "./setup.mjs";
import { vitestArgs } from "./vitest-run.mjs";

const noRuntime = (why) => {
  process.stderr.write(`no runtime: Electron could not be downloaded (${why})\n`);
  return 2;
};

await runCommand(async () => {
  const known = electronBinary() ? undefined : knownElectronFailure();
  if (known) return noRuntime(known);
  const ready = await setUp({
    runtime: "app",
    worker: true,
    build: ["main", "preload", "studio", "watch", "moderate"],
    display: "private",
    testTools: true,
  });
  try {
    if (ready.runtime !== "electron") return noRuntime(ready.electronFailure);
    return await runInForeground(node24, vitestArgs("e2e"), {
      env: { ...ready.env, ANCHOR_RUNTIME: "electron" },
    });
  } finally {
    await ready.close();
  }
});
