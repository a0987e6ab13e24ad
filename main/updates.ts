import type { Logger } from "pino";
import type { PushMessage } from "../preload/contract/ipc.ts";
import { type Result, fail, succeed } from "../preload/contract/result.ts";
import type { UpdateState } from "../preload/contract/update.ts";

/** What finds, fetches and installs newer versions of the app. */
export interface Updater {
  /** The version on offer, null where it is not newer. */
  check(): Promise<string | null>;
  /** Fetches what `check` found; it is installed when the app ends. Rejects once the signal fires. */
  download(signal: AbortSignal): Promise<void>;
  /** Ends the app, installs and starts it again. */
  installAndRestart(): Promise<void>;
}

export interface UpdatesPorts {
  /** Null where this build has no updates. */
  readonly updater: Updater | null;
  readonly log: Logger;
  readonly push: (message: PushMessage) => void;
  /** False where the signal ended the wait. */
  readonly wait: (delayMs: number, signal: AbortSignal) => Promise<boolean>;
  /** Ends everything but the windows, before an update is installed. */
  readonly shutDown: () => Promise<void>;
}

/** The start belongs to the studio. */
const firstCheckMs = 30_000;
const checkEveryMs = 4 * 60 * 60_000;

/**
 * Looks for updates now and then and fetches them, never while live: a show needs the network, the disk and the
 * processor for itself. Going live ends a download, which begins again after the show.
 */
export class Updates {
  readonly #ports: UpdatesPorts;
  readonly #closing = new AbortController();
  #state: UpdateState;
  /** Fires when the show begins. */
  #onAir = new AbortController();
  #live = false;
  #showEnded = Promise.withResolvers<void>();

  constructor(ports: UpdatesPorts) {
    this.#ports = ports;
    this.#state = { status: ports.updater ? "none" : "notOffered" };
    if (ports.updater) void this.#run(ports.updater);
  }

  get state(): UpdateState {
    return this.#state;
  }

  setLive(live: boolean): void {
    if (this.#live === live) return;
    this.#live = live;
    if (live) {
      this.#showEnded = Promise.withResolvers();
      this.#onAir.abort();
    } else {
      this.#onAir = new AbortController();
      this.#showEnded.resolve();
    }
  }

  /** Installs what is ready and starts the app again. */
  async install(): Promise<Result<Record<string, never>>> {
    const { updater, shutDown } = this.#ports;
    if (this.#live) return fail("uplink.already_live");
    if (this.#state.status !== "ready" || !updater) return fail("request.invalid", "no update");
    await shutDown();
    await updater.installAndRestart();
    return succeed({});
  }

  /** What is being fetched is given up; the app does not wait for it. */
  close(): void {
    this.#closing.abort();
    this.#showEnded.resolve();
  }

  async #run(updater: Updater): Promise<void> {
    const { signal } = this.#closing;
    let delayMs = firstCheckMs;
    while (await this.#ports.wait(delayMs, signal)) {
      while (this.#live && !signal.aborted) await this.#showEnded.promise;
      if (signal.aborted) return;
      const outcome = await this.#attempt(updater);
      if (outcome === "ready") return;
      // A show came between: once more after it.
      delayMs = outcome === "interrupted" ? 0 : checkEveryMs;
    }
  }

  async #attempt(updater: Updater): Promise<"ready" | "interrupted" | "nothing"> {
    const signal = AbortSignal.any([this.#closing.signal, this.#onAir.signal]);
    try {
      const version = await updater.check();
      if (version === null) {
        this.#show({ status: "none" });
        return "nothing";
      }
      if (signal.aborted) return "interrupted";
      this.#show({ status: "downloading", version });
      await updater.download(signal);
      this.#show({ status: "ready", version });
      return "ready";
    } catch (error) {
      if (signal.aborted) {
        this.#show({ status: "none" });
        return "interrupted";
      }
      this.#ports.log.warn({ err: error }, "looking for an update failed");
      this.#show({ status: "failed" });
      return "nothing";
    }
  }

  #show(state: UpdateState): void {
    this.#state = state;
    this.#ports.push({ type: "update", update: state });
  }
}
