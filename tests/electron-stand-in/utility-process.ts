import { type ChildProcess, fork, type IOType } from "node:child_process";
import { constants } from "node:os";
import type { Readable } from "node:stream";
import type { ForkOptions, MessagePortMain as ElectronPort } from "electron";
import { app } from "./app.ts";
import { guardedEmitter, onlyListed, preventable } from "./guard.ts";
import { type PortTable, portTable } from "./ports.ts";

/** What goes between the main process and a utility process, by Node's own structured clone. */
export interface UtilityFrame {
  k: "message" | "port" | "close";
  id?: string;
  v?: unknown;
  ports?: string[];
}

const entry = new URL("./utility-entry.ts", import.meta.url).href;

/** https://www.electronjs.org/docs/latest/api/app#event-child-process-gone */
function reasonOf(signal: NodeJS.Signals | null): "abnormal-exit" | "killed" | "crashed" {
  if (signal === null) return "abnormal-exit";
  return ["SIGKILL", "SIGTERM", "SIGINT", "SIGHUP"].includes(signal) ? "killed" : "crashed";
}

/** https://www.electronjs.org/docs/latest/api/utility-process */
class UtilityProcess extends guardedEmitter("UtilityProcess") {
  readonly stdout: Readable | null;
  readonly stderr: Readable | null;
  pid: number | undefined;
  readonly #child: ChildProcess;
  readonly #ports: PortTable;
  #killed = false;

  constructor(modulePath: string, args: string[], options: ForkOptions) {
    super();
    const {
      serviceName = "Node Utility Process",
      stdio = "inherit",
      env,
      cwd,
    } = onlyListed("ForkOptions", options);
    const [, out, err] = (Array.isArray(stdio) ? stdio : [stdio, stdio, stdio]) as IOType[];
    const child = fork(modulePath, args, {
      execArgv: ["--import", entry],
      serialization: "advanced",
      stdio: ["ignore", out ?? "inherit", err ?? "inherit", "ipc"],
      env: (env as NodeJS.ProcessEnv | undefined) ?? process.env,
      cwd,
      // Ctrl+C in a terminal is for the main process alone.
      detached: true,
    });
    this.#child = child;
    this.stdout = child.stdout;
    this.stderr = child.stderr;
    const send = (frame: UtilityFrame): void => {
      if (child.connected) child.send(frame);
    };
    this.#ports = portTable("m", {
      message: (id, v, ports) => send({ k: "port", id, v, ports }),
      close: (id) => send({ k: "close", id }),
    });
    child.on("message", (message) => {
      const frame = message as UtilityFrame;
      const id = frame.id ?? "";
      const ports = (frame.ports ?? []).map((port) => this.#ports.accept(port));
      if (frame.k === "port") this.#ports.message(id, frame.v, ports);
      else if (frame.k === "close") this.#ports.closed(id);
      else this.emit("message", frame.v);
    });
    child.once("spawn", () => {
      this.pid = child.pid;
      this.emit("spawn");
    });
    child.once("exit", (code, signal) => {
      this.pid = undefined;
      this.#ports.closeAll();
      // As waitpid(2) tells it.
      const exitCode = signal ? constants.signals[signal] : (code ?? 0);
      if (!this.#killed && exitCode !== 0) {
        const reason = reasonOf(signal);
        const details = { type: "Utility", reason, exitCode, serviceName, name: serviceName };
        app.emit("child-process-gone", preventable({}), details);
      }
      this.emit("exit", exitCode);
    });
    child.once("error", (error) => console.error(`${serviceName}: ${error.message}`));
  }

  postMessage(message: unknown, transfer: ElectronPort[] = []): void {
    if (!this.#child.connected) return;
    this.#child.send({
      k: "message",
      v: message,
      ports: transfer.map((port) => this.#ports.send(port)),
    } satisfies UtilityFrame);
  }

  kill(): boolean {
    this.#killed = true;
    return this.#child.kill("SIGTERM");
  }
}

export const utilityProcess = {
  fork(modulePath: string, args: string[] = [], options: ForkOptions = {}): UtilityProcess {
    if (!app.isReady()) throw new Error("utilityProcess cannot be created before app is ready.");
    return new UtilityProcess(modulePath, args, options);
  },
};
