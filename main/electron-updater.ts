import type { Logger } from "pino";
import type { Updater } from "./updates.ts";

const load = async (log: Logger) => {
  const { default: library } = await import("electron-updater");
  const { autoUpdater, CancellationToken } = library;
  autoUpdater.autoDownload = false;
  autoUpdater.autoInstallOnAppQuit = true;
  autoUpdater.logger = {
    info: (message: unknown) => log.info({ message }, "updater"),
    warn: (message: unknown) => log.warn({ message }, "updater"),
    error: (message: unknown) => log.warn({ message }, "updater"),
  };
  // What fails also rejects; an event without a listener would end main.
  autoUpdater.on("error", (error) => log.info({ err: error }, "updater"));
  return { autoUpdater, CancellationToken };
};

/**
 * electron-updater over the feed of `app-update.yml`, which packaging writes. It works on the real Electron only, in a
 * packaged app, and is loaded when it is first asked.
 */
export const createElectronUpdater = (log: Logger): Updater => {
  let loading: ReturnType<typeof load> | undefined;
  const loaded = (): ReturnType<typeof load> => (loading ??= load(log));
  return {
    async check() {
      const { autoUpdater } = await loaded();
      const found = await autoUpdater.checkForUpdates();
      return found?.isUpdateAvailable === true ? found.updateInfo.version : null;
    },
    async download(signal) {
      const { autoUpdater, CancellationToken } = await loaded();
      const token = new CancellationToken();
      const cancel = (): void => token.cancel();
      signal.addEventListener("abort", cancel, { once: true });
      try {
        signal.throwIfAborted();
        await autoUpdater.downloadUpdate(token);
      } finally {
        signal.removeEventListener("abort", cancel);
      }
    },
    async installAndRestart() {
      const { autoUpdater } = await loaded();
      autoUpdater.quitAndInstall();
    },
  };
};
