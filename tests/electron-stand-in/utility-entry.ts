import { guardedEmitter } from "./guard.ts";
import { portTable } from "./ports.ts";
import type { UtilityFrame } from "./utility-process.ts";

/** https://www.electronjs.org/docs/latest/api/parent-port: messages wait for the first listener. */
class ParentPort extends guardedEmitter("ParentPort") {
  override on(event: string | symbol, listener: (message: unknown) => void): this {
    super.on(event, listener);
    queueMicrotask(() => {
      for (const message of waiting?.splice(0) ?? []) this.emit("message", message);
      waiting = undefined;
    });
    return this;
  }

  postMessage(message: unknown): void {
    send({ k: "message", v: message });
  }
}

const send = (frame: UtilityFrame): void => {
  process.send?.(frame);
};
const ports = portTable("u", {
  message: (id, v, portIds) => send({ k: "port", id, v, ports: portIds }),
  close: (id) => send({ k: "close", id }),
});
const parentPort = new ParentPort();
let waiting: { data: unknown; ports: unknown[] }[] | undefined = [];

process.on("message", (message) => {
  const frame = message as UtilityFrame;
  const id = frame.id ?? "";
  const accepted = (frame.ports ?? []).map((port) => ports.accept(port));
  if (frame.k === "port") ports.message(id, frame.v, accepted);
  else if (frame.k === "close") ports.closed(id);
  else if (waiting) waiting.push({ data: frame.v, ports: accepted });
  else parentPort.emit("message", { data: frame.v, ports: accepted });
});

// A utility process does not outlive the main process.
process.on("disconnect", () => process.exit());
Object.defineProperty(process, "parentPort", { value: parentPort });
Object.defineProperty(process, "type", { value: "utility" });
