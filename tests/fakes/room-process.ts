import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { FromRoomProcess, type RoomConfig } from "../../main/room-server/process-messages.ts";

const sources = fileURLToPath(new URL("../../main/room-server/index.ts", import.meta.url));
const parentPort = new URL("parent-port.ts", import.meta.url).href;

/** The room as the app runs it: a process of its own behind a `parentPort`; from the sources, or as `program` was built. */
export const startRoomProcess = async (
  config: RoomConfig,
  env: Record<string, string> = {},
  nodeOptions: readonly string[] = [],
  program = sources,
) => {
  const child = fork(program, {
    execArgv: ["--import", parentPort, ...nodeOptions],
    env: { ...process.env, ...env },
    silent: true,
  });
  let errors = "";
  child.stderr?.on("data", (text: Buffer) => {
    errors += text.toString();
  });
  const exited = new Promise<number | null>((resolve) => {
    child.on("exit", (code) => resolve(code));
  });
  child.send({ type: "start", config });
  const answer = await Promise.race([
    once(child, "message").then(([message]) => FromRoomProcess.parse(message)),
    exited.then((code) => {
      throw new Error(`the room ended with ${code}: ${errors}`);
    }),
  ]);
  return {
    answer,
    /** For what is measured from outside, and for messages beside the room's own. */
    child,
    exited,
    errors: () => errors,
    stop: () => child.send({ type: "stop" }),
    /** As when the app is gone. */
    disconnect: () => child.disconnect(),
    kill: (signal: NodeJS.Signals) => child.kill(signal),
  };
};
