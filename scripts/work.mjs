// Steps side by side: the first one that fails, or Ctrl+C, ends the others.
import { Failure } from "./failure.mjs";
import { createLog } from "./log.mjs";
import { createSteps, formatDuration } from "./steps.mjs";

const interruptions = ["SIGINT", "SIGTERM", "SIGHUP"];

/** @param {string} logPath where everything goes that the steps' tools print */
export const createWork = (logPath) => {
  const startedMs = performance.now();
  const log = createLog(logPath);
  const steps = createSteps();
  const controller = new AbortController();
  const { signal } = controller;
  let begun = false;

  const interrupted = new Failure("stopped");
  interrupted.exitCode = 130;
  const interrupt = () => {
    if (signal.aborted) return;
    steps.say("Stopping (system packages are finished first where they are being installed).");
    controller.abort(interrupted);
  };
  for (const name of interruptions) process.on(name, interrupt);

  /**
   * A promise whose failure ends everything.
   * @template T
   * @param {Promise<T>} promise
   */
  const vital = (promise) =>
    promise.catch((error) => {
      controller.abort(error);
      throw error;
    });

  return {
    signal,
    vital,
    /** Runs `action` as a step that is shown; it gets `{ log, signal, progress, conclude }`. */
    step(title, action) {
      if (!begun) steps.say("Setting up what is not there yet:");
      begun = true;
      const context = { log: log.named(title), signal };
      return vital(
        steps.run(
          title,
          (progress, conclude) => action({ ...context, progress, conclude }),
          signal,
        ),
      );
    },
    /** All of them; or the first failure, once the others have ended. */
    async all(promises) {
      await Promise.allSettled(promises.map(vital));
      return Promise.all(promises);
    },
    /** What made everything end, of an error that may only follow from it. */
    causeOf(error) {
      const cause = signal.aborted ? signal.reason : error;
      if (cause instanceof Failure && cause !== interrupted && log.written)
        cause.logPath = log.path;
      return cause;
    },
    /** Says that all is there, where something had to be done. */
    conclude() {
      if (begun) steps.say(`Set up in ${formatDuration(performance.now() - startedMs)}.`);
    },
    close() {
      for (const name of interruptions) process.off(name, interrupt);
      log.close();
    },
  };
};
