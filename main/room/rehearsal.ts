import type { Logger } from "pino";
import type { Failure } from "../../preload/contract/result.ts";
import {
  FromRoomProcess,
  type RoomAddress,
  type RoomConfig,
  type StartFailureCode,
  type ToRoomProcess,
} from "../room-server/process-messages.ts";
import { type BackOff, backOffMs, waitMs } from "./back-off.ts";

/** A process of the room server, as Electron's UtilityProcess gives it. */
export interface RoomProcess {
  send(message: ToRoomProcess): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: (code: number) => void): void;
  kill(): void;
}

export interface RehearsalPorts {
  /** Starts the built room server. */
  readonly fork: () => RoomProcess;
  readonly config: RoomConfig;
  /** What to take at the first start where a port is taken; the same as in `config` where that is a failure. */
  readonly otherPorts: Pick<RoomConfig, "port" | "mediaPort">;
  readonly log: Logger;
  readonly backOff: BackOff;
  readonly random: () => number;
  /** At each start, also after a crash. */
  readonly onReady: (address: RoomAddress) => void;
  /** It cannot be opened, and trying again would not help. */
  readonly onFailed: (code: StartFailureCode, message: string) => void;
}

const stopLimitMs = 5_000;
/** A room that has never been ready is started again this often. */
const startTries = 3;
/** A room that ran for so long is no crash loop: it is started again at once. */
const steadyMs = 5_000;

/** The words that windows have for what stopped the room's start. */
export const failureOf = (code: StartFailureCode, message: string): Failure => {
  const detail = `${code}: ${message}`.slice(0, 500);
  switch (code) {
    case "worker_missing":
    case "worker_failed":
      return { code: "media.worker_unavailable", detail };
    case "data_unwritable":
    case "data_in_use":
    case "data_invalid":
      return { code: "room.storage_failed", detail };
    case "config_invalid":
    case "port_taken":
    case "address_unavailable":
    case "certificate_invalid":
    case "catalogue_invalid":
    case "failed":
      return { code: "room.unreachable", detail };
    default:
      return code satisfies never;
  }
};

type Ending =
  | { readonly type: "exited"; readonly code: number }
  | { readonly type: "refused"; readonly code: StartFailureCode; readonly message: string };

/** Keeps one room server process running: after a crash it comes back on the ports that it had. */
export class Rehearsal {
  readonly #ports: RehearsalPorts;
  readonly #stopping = new AbortController();
  readonly #done: Promise<void>;
  #config: RoomConfig;
  #process: RoomProcess | null = null;

  constructor(ports: RehearsalPorts) {
    this.#ports = ports;
    this.#config = ports.config;
    this.#done = this.#run();
  }

  /** Asks the room to end, and ends it where it does not. */
  async close(): Promise<void> {
    this.#stopping.abort();
    this.#process?.send({ type: "stop" });
    const limit = setTimeout(() => this.#process?.kill(), stopLimitMs);
    await this.#done;
    clearTimeout(limit);
  }

  async #run(): Promise<void> {
    const { otherPorts, log, backOff, random, onFailed } = this.#ports;
    const { signal } = this.#stopping;
    let attempt = 0;
    let wasReady = false;
    while (!signal.aborted) {
      const beganMs = performance.now();
      const ending = await this.#runOnce(() => (wasReady = true));
      if (signal.aborted) return;
      log.warn({ ending, attempt }, "the rehearsal room ended");
      if (ending.type === "refused" && !wasReady) {
        const { port, mediaPort } = this.#config;
        const tried = port === otherPorts.port && mediaPort === otherPorts.mediaPort;
        if (ending.code !== "port_taken" || tried) return onFailed(ending.code, ending.message);
        this.#config = { ...this.#config, ...otherPorts };
        continue;
      }
      if (!wasReady && attempt >= startTries)
        return onFailed("failed", "it ended before it was ready, again and again");
      const wasSteady = wasReady && performance.now() - beganMs > steadyMs;
      if (wasSteady) attempt = 0;
      const delayMs = wasSteady ? 0 : backOffMs(backOff, attempt, random);
      if (!(await waitMs(delayMs, signal))) return;
      attempt += 1;
    }
  }

  /** One process, from its start to its end. */
  async #runOnce(onReady: () => void): Promise<Ending> {
    const { fork, log } = this.#ports;
    const room = fork();
    this.#process = room;
    let refused: Ending | undefined;
    room.onMessage((message) => {
      const parsed = FromRoomProcess.safeParse(message);
      if (!parsed.success) {
        log.error({ error: parsed.error.message }, "the rehearsal room said what it may not say");
        return;
      }
      if (parsed.data.type === "failed") {
        refused = { ...parsed.data, type: "refused" };
        return;
      }
      const { port, mediaPort, viewerUrl, anchorUrl } = parsed.data;
      this.#config = { ...this.#config, port, mediaPort };
      onReady();
      this.#ports.onReady({ port, mediaPort, viewerUrl, anchorUrl });
    });
    const code = await new Promise<number>((resolve) => {
      room.onExit(resolve);
      room.send({ type: "start", config: this.#config });
    });
    this.#process = null;
    return refused ?? { type: "exited", code };
  }
}
