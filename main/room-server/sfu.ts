import { accessSync, constants } from "node:fs";
import { createWorker, setLogEventListeners, workerBin as packagedWorker } from "mediasoup";
import type { Router, TransportListenInfo, WebRtcServer, Worker } from "mediasoup/types";
import type { Clock } from "./clock.ts";
import { findFreePort } from "./free-port.ts";
import type { Log } from "./log.ts";
import { mediaCodecs } from "./media-codecs.ts";
import { messageOf, StartFailure } from "./start-failure.ts";

/** What a worker, its router and its port need to come up again. */
interface Running {
  readonly worker: Worker;
  readonly webRtcServer: WebRtcServer;
  readonly router: Router;
}

export interface SfuOptions {
  readonly listenAddress: string;
  /** Host in the ICE candidates where it is not the listening address. */
  readonly announcedAddress: string | undefined;
  /** 0 is any free port. */
  readonly port: number;
  readonly clock: Clock;
  readonly log: Log;
  /** The worker died: transports, producers and consumers are gone. A new one is being started. */
  readonly lost: () => void;
}

const restartDelaysMs = [0, 1_000, 2_000, 5_000, 10_000] as const;
/** A worker that ran for so long is no crash loop: it is replaced at once. */
const lastingMs = 5_000;
/** Who asks for the router while a worker is being replaced waits so long. */
const replaceMs = 3_000;

const listenInfos = (options: SfuOptions, port: number): TransportListenInfo[] =>
  (["udp", "tcp"] as const).map((protocol) => ({
    protocol,
    ip: options.listenAddress,
    port,
    ...(options.announcedAddress === undefined
      ? {}
      : { announcedAddress: options.announcedAddress }),
  }));

/** mediasoup reads the variable only when it is loaded. */
const workerPath = (): string => process.env["MEDIASOUP_WORKER_BIN"] ?? packagedWorker;

const run = async (options: SfuOptions, port: number): Promise<Running> => {
  const worker = await createWorker({ logLevel: "warn", workerBin: workerPath() });
  try {
    const webRtcServer = await worker.createWebRtcServer({
      listenInfos: listenInfos(options, port),
    });
    const router = await worker.createRouter({ mediaCodecs });
    return { worker, webRtcServer, router };
  } catch (error) {
    worker.close();
    throw error;
  }
};

/** mediasoup's worker with one router behind one UDP and TCP port; a worker that dies is replaced. */
export class Sfu {
  readonly mediaPort: number;
  readonly #options: SfuOptions;
  #running: Running | undefined;
  #startedAtMs = 0;
  #restarts = 0;
  #cancelRestart: (() => void) | undefined;
  readonly #waiting = new Set<() => void>();
  #closed = false;

  private constructor(options: SfuOptions, port: number) {
    this.#options = options;
    this.mediaPort = port;
  }

  /** @throws StartFailure */
  static async start(options: SfuOptions): Promise<Sfu> {
    const { log } = options;
    setLogEventListeners({
      onwarn: (namespace, text) => log.warn({ namespace }, text),
      onerror: (namespace, text, error) => log.error({ namespace, err: error }, text),
    });
    try {
      accessSync(workerPath(), constants.X_OK);
    } catch {
      throw new StartFailure("worker_missing", `There is no SFU worker at ${workerPath()}.`);
    }
    const port = options.port === 0 ? await findFreePort(options.listenAddress) : options.port;
    const sfu = new Sfu(options, port);
    try {
      await sfu.#run();
    } catch (error) {
      const message = messageOf(error);
      throw /in use|EADDRINUSE/i.test(message)
        ? new StartFailure("port_taken", `The media port ${port} is taken.`)
        : new StartFailure("worker_failed", `The SFU worker does not start: ${message}.`);
    }
    return sfu;
  }

  /** Undefined while a worker is being replaced. */
  get router(): Router | undefined {
    return this.#running?.router;
  }

  /** The router, also where it is there only a moment later. */
  async reachRouter(): Promise<Router | undefined> {
    if (this.router || this.#closed) return this.router;
    await new Promise<void>((resolve) => {
      const end = (): void => {
        cancel();
        this.#waiting.delete(end);
        resolve();
      };
      const cancel = this.#options.clock.after(replaceMs, end);
      this.#waiting.add(end);
    });
    return this.router;
  }

  get webRtcServer(): WebRtcServer | undefined {
    return this.#running?.webRtcServer;
  }

  get workerPid(): number | undefined {
    return this.#running?.worker.pid;
  }

  close(): void {
    this.#closed = true;
    this.#cancelRestart?.();
    this.#running?.worker.close();
    this.#running = undefined;
    this.#endWaits();
  }

  #endWaits(): void {
    for (const end of this.#waiting) end();
  }

  async #run(): Promise<void> {
    const running = await run(this.#options, this.mediaPort);
    if (this.#closed) {
      running.worker.close();
      return;
    }
    this.#running = running;
    this.#endWaits();
    this.#startedAtMs = this.#options.clock.now();
    running.worker.on("died", (error) => {
      this.#options.log.error({ err: error }, "the SFU worker died");
      this.#running = undefined;
      if (this.#closed) return;
      this.#options.lost();
      if (this.#options.clock.now() - this.#startedAtMs > lastingMs) this.#restarts = 0;
      this.#restart();
    });
  }

  #restart(): void {
    const delayMs = restartDelaysMs[Math.min(this.#restarts, restartDelaysMs.length - 1)] ?? 0;
    this.#restarts += 1;
    this.#cancelRestart = this.#options.clock.after(delayMs, () => {
      this.#run().catch((error: unknown) => {
        this.#options.log.error({ err: error }, "the SFU worker does not start again");
        if (!this.#closed) this.#restart();
      });
    });
  }
}
