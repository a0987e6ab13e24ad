import { createLog } from "./log.ts";
import { ToRoomProcess, type FromRoomProcess } from "./process-messages.ts";
import { startRoomServer, type RoomServer } from "./server.ts";
import { messageOf, StartFailure } from "./start-failure.ts";

/** What Electron gives a utility process to talk to the app (Electron docs, api/parent-port). */
export interface ParentPort {
  on(event: "message", listener: (event: { data: unknown }) => void): unknown;
  postMessage(message: unknown): void;
}

/** Runs the room for the app: `start` opens it, `stop` (or the app's end) closes it. */
export const runAsUtilityProcess = (parentPort: ParentPort): void => {
  const log = createLog("info");
  let starting: Promise<RoomServer> | undefined;

  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port, not a window
  const answer = (message: FromRoomProcess): void => parentPort.postMessage(message);

  const stop = async (): Promise<void> => {
    await (await starting)?.close();
    process.exit(0);
  };

  const handle = async (data: unknown): Promise<void> => {
    const message = ToRoomProcess.parse(data);
    if (message.type === "stop") return stop();
    if (starting) throw new Error("the room was started twice");
    starting = startRoomServer(message.config, log);
    try {
      answer({ type: "ready", ...(await starting).address });
    } catch (error) {
      log.error({ err: error }, "the room does not open");
      answer({
        type: "failed",
        code: error instanceof StartFailure ? error.code : "failed",
        message: messageOf(error),
      });
      process.exitCode = 1;
      setTimeout(() => process.exit(1), 200);
    }
  };

  process.on("unhandledRejection", (error) => {
    log.error({ err: error }, "unhandled rejection");
    process.exit(1);
  });
  process.on("disconnect", () => void stop());
  process.on("SIGTERM", () => void stop());
  parentPort.on("message", ({ data }) => void handle(data));
};
