import type { types } from "mediasoup-client";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Size } from "../../preload/contract/geometry.ts";
import type { ErrorCode, Failure, Result } from "../../preload/contract/result.ts";
import { fail, succeed } from "../../preload/contract/result.ts";
import type { Settings } from "../../preload/contract/settings.ts";
import type { request as askMain } from "../bridge.ts";
import type { BroadcastState } from "../session/state.ts";
import { MediaConnection } from "./media-connection.ts";
import type { ContentHint } from "./video-profile.ts";

/** Trying again does not help against these. */
const finalCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "uplink.codec_unsupported",
  "room.token_invalid",
  "room.replaced",
  "room.link_invalid",
  "request.forbidden",
]);

/** Pause before the `attempt`-th new connection (from 0): 0.5 s, doubled up to 4 s. */
const backOffMs = (attempt: number): number => 500 * 2 ** Math.min(attempt, 3);

/** Resolves early where `signal` is aborted. */
const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end);
  });

const ended = fail("uplink.connection_lost", "the show was ended");

export interface UplinkOptions {
  readonly request: typeof askMain;
  /** Each connection takes a new one. */
  readonly createDevice: () => types.Device;
  readonly settings: () => Settings;
  readonly video: () => MediaStreamTrack;
  readonly audio: () => MediaStreamTrack;
  readonly size: () => Size;
  readonly contentHint: () => ContentHint;
}

/** The broadcast: one state machine over connections that come and go. */
export class Uplink {
  readonly state: StoreApi<BroadcastState> = createStore<BroadcastState>(() => ({
    phase: "idle",
  }));
  readonly #options: UplinkOptions;
  readonly #peerId = `studio-${crypto.randomUUID()}`;
  #connection: MediaConnection | undefined;
  /** The running show; its signal is aborted when it ends, which stops what is being connected. */
  #show: AbortController | undefined;
  #closed = false;

  constructor(options: UplinkOptions) {
    this.#options = options;
  }

  get connection(): MediaConnection | undefined {
    return this.#connection;
  }

  async start(): Promise<Result<null>> {
    const { phase } = this.state.getState();
    if (this.#closed || (phase !== "idle" && phase !== "failed"))
      return fail("uplink.already_live");
    const show = new AbortController();
    this.#show = show;
    this.#set({ phase: "connecting" });
    const connected = await this.#connect(show.signal);
    if (this.#show !== show) return ended;
    if (!connected.ok) return this.#giveUp(show, connected.error);
    const announced = await this.#options.request("show.setLive", { live: true });
    if (this.#show !== show) return ended;
    if (!announced.ok) return this.#giveUp(show, announced.error);
    // The connection may have been lost while main was asked: then it is already being made anew.
    const now = this.state.getState();
    if (now.phase === "connecting") this.#set({ phase: "live", sinceMs: Date.now() });
    if (!this.#connection) void this.#reconnect(show);
    return succeed(null);
  }

  async end(): Promise<Result<null>> {
    const { phase } = this.state.getState();
    if (phase === "idle" || phase === "ending") return succeed(null);
    this.#set({ phase: "ending" });
    this.#show?.abort();
    this.#show = undefined;
    const connection = this.#connection;
    this.#connection = undefined;
    await connection?.end();
    const announced = await this.#options.request("show.setLive", { live: false });
    this.#set({ phase: "idle" });
    return announced.ok ? succeed(null) : announced;
  }

  close(): void {
    this.#closed = true;
    this.#show?.abort();
    this.#show = undefined;
    this.#connection?.close();
    this.#connection = undefined;
  }

  #set(state: BroadcastState): void {
    if (!this.#closed) this.state.setState(state, true);
  }

  /** Fresh access each time: tokens are short-lived and for one connection. */
  async #connect(signal: AbortSignal): Promise<Result<null>> {
    const access = await this.#options.request("uplink.getAccess", {});
    if (!access.ok) return access;
    if (signal.aborted) return ended;
    const opened = await MediaConnection.open({
      device: this.#options.createDevice(),
      access: access.value,
      peerId: this.#peerId,
      video: this.#options.video(),
      audio: this.#options.audio(),
      size: this.#options.size(),
      settings: this.#options.settings(),
      contentHint: this.#options.contentHint(),
      signal,
      onLost: (failure) => this.#handleLoss(failure),
    });
    if (!opened.ok) return opened;
    if (signal.aborted) {
      opened.value.close();
      return ended;
    }
    this.#connection = opened.value;
    return succeed(null);
  }

  #handleLoss(failure: Failure): void {
    this.#connection = undefined;
    const now = this.state.getState();
    const show = this.#show;
    if (now.phase !== "live" || !show) return;
    if (finalCodes.has(failure.code)) {
      void this.#giveUp(show, failure);
      return;
    }
    void this.#reconnect(show);
  }

  async #reconnect(show: AbortController): Promise<void> {
    const now = this.state.getState();
    if (now.phase !== "live") return;
    this.#set({ phase: "reconnecting", sinceMs: now.sinceMs });
    for (let attempt = 0; !show.signal.aborted; attempt += 1) {
      await pause(backOffMs(attempt), show.signal);
      if (show.signal.aborted) return;
      const connected = await this.#connect(show.signal);
      if (show.signal.aborted) return;
      if (connected.ok) {
        // Lost again in the same moment: go on trying.
        if (!this.#connection) continue;
        this.#set({ phase: "live", sinceMs: now.sinceMs });
        return;
      }
      if (finalCodes.has(connected.error.code)) {
        await this.#giveUp(show, connected.error);
        return;
      }
    }
  }

  async #giveUp(show: AbortController, failure: Failure): Promise<Result<null>> {
    show.abort();
    this.#show = undefined;
    this.#connection?.close();
    this.#connection = undefined;
    this.#set({ phase: "failed", error: failure });
    // Also where the show had not begun: main then has nothing to end.
    await this.#options.request("show.setLive", { live: false });
    return { ok: false, error: failure };
  }
}
