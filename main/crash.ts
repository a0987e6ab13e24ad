import type { Logger } from "pino";

/** A bug in main: nothing that it holds can be trusted any more, so it is written down and main ends. */
export const endOnBugs = (
  log: Logger,
  say: (sentence: string) => void,
  exit: (code: number) => void,
): void => {
  const end = (error: unknown): void => {
    log.fatal({ err: error }, "main ended by a bug");
    const words = error instanceof Error ? error.message : String(error);
    say(`Anchor Studio had to end because of a fault of its own: ${words}`);
    exit(1);
  };
  process.on("uncaughtException", end);
  process.on("unhandledRejection", end);
};
