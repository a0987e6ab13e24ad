import { join } from "node:path";

/**
 * The SFU worker of a packaged app. It lies beside the archive (electron-builder.yml, extraResources), since a program
 * cannot be started from inside of it; mediasoup itself would look inside.
 */
export const packagedWorkerPath = (resourcesDir: string, platform: NodeJS.Platform): string =>
  join(
    resourcesDir,
    "sfu-worker",
    platform === "win32" ? "mediasoup-worker.exe" : "mediasoup-worker",
  );
