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

/** Pause before the `attempt`-th new connection (from 0): none, then 0.25 s, doubled up to 2 s. */
const backOffMs = (attempt: number): number =>
  attempt === 0 ? 0 : 125 * 2 ** Math.min(attempt, 4);
/** A try that takes longer has met a dead network; the next one may meet a living one. */
const reconnectDeadlineMs = 8_000;

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
  #rebuilding = false;
  #wait = new AbortController();
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
    const announced = await this.#announce();
    if (this.#show !== show) return ended;
    if (!announced.ok) return this.#giveUp(show, announced.error);
    this.#set({ phase: "live", sinceMs: announced.value });
    // Lost while main was asked.
    if (!this.#connection) void this.#reconnect(show, { code: "uplink.connection_lost" });
    return succeed(null);
  }

  /** Goes on with a show that was cut off: nothing but the anchor, or a refusal for good, ends the trying. */
  goOn(sinceMs: number): void {
    const { phase } = this.state.getState();
    if (this.#closed || (phase !== "idle" && phase !== "failed")) return;
    const show = new AbortController();
    this.#show = show;
    const error: Failure = { code: "uplink.window_lost" };
    this.#set({ phase: "reconnecting", sinceMs, downSinceMs: Date.now(), error });
    void this.#reconnect(show, error);
  }

  /** Tries at once where a try is being waited for: the network may be back. */
  hurry(): void {
    this.#wait.abort();
  }

  async end(): Promise<Result<null>> {
    const { phase } = this.state.getState();
    if (phase === "idle" || phase === "ending") return succeed(null);
    this.#set({ phase: "ending" });
    this.#show?.abort();
    this.#show = undefined;
    this.#rebuilding = false;
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

  /** When the show began: with a show that was cut off, the first beginning. */
  async #announce(): Promise<Result<number>> {
    const announced = await this.#options.request("show.setLive", { live: true });
    return announced.ok ? succeed(announced.value.sinceMs ?? Date.now()) : announced;
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
      onPath: (broken) => this.#handlePath(broken),
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
    const { phase } = this.state.getState();
    const show = this.#show;
    // Before the show has begun, and while it is made anew, those who wait for the connection see that it is gone.
    if (!show || this.#rebuilding || (phase !== "live" && phase !== "reconnecting")) return;
    if (finalCodes.has(failure.code)) void this.#giveUp(show, failure);
    else void this.#reconnect(show, failure);
  }

  #handlePath(broken: boolean): void {
    const now = this.state.getState();
    if (broken) this.#interrupt({ code: "uplink.connection_lost" });
    else if (now.phase === "reconnecting" && this.#connection)
      this.#set({ phase: "live", sinceMs: now.sinceMs });
  }

  /** Where it is interrupted already, the first moment stays and the newest reason is told. */
  #interrupt(error: Failure): void {
    const now = this.state.getState();
    if (now.phase === "live")
      this.#set({
        phase: "reconnecting",
        sinceMs: now.sinceMs,
        downSinceMs: Date.now(),
        error,
      });
    else if (now.phase === "reconnecting" && now.error.code !== error.code)
      this.#set({ ...now, error });
  }

  /** Makes the connection anew until it holds; main is told each time, since it may have forgotten. */
  async #reconnect(show: AbortController, failure: Failure): Promise<void> {
    this.#interrupt(failure);
    this.#rebuilding = true;
    const rebuilt = await this.#rebuild(show.signal);
    // A show that began meanwhile has its own state.
    if (this.#show !== show) return;
    this.#rebuilding = false;
    if (rebuilt.ok) this.#set({ phase: "live", sinceMs: rebuilt.value });
    else await this.#giveUp(show, rebuilt.error);
  }

  async #rebuild(signal: AbortSignal): Promise<Result<number>> {
    for (let attempt = 0; ; attempt += 1) {
      this.#wait = new AbortController();
      await pause(backOffMs(attempt), AbortSignal.any([signal, this.#wait.signal]));
      if (signal.aborted) return ended;
      const connected = await this.#connect(
        AbortSignal.any([signal, AbortSignal.timeout(reconnectDeadlineMs)]),
      );
      if (signal.aborted) return ended;
      const announced = connected.ok ? await this.#announce() : connected;
      if (signal.aborted) return ended;
      // Lost again in the same moment: go on trying.
      if (announced.ok && this.#connection) return announced;
      if (announced.ok) continue;
      this.#connection?.close();
      this.#connection = undefined;
      if (finalCodes.has(announced.error.code)) return announced;
      this.#interrupt(announced.error);
    }
  }

  async #giveUp(show: AbortController, failure: Failure): Promise<Result<null>> {
    show.abort();
    this.#show = undefined;
    this.#rebuilding = false;
    this.#connection?.close();
    this.#connection = undefined;
    this.#set({ phase: "failed", error: failure });
    // Also where the show had not begun: main then has nothing to end.
    await this.#options.request("show.setLive", { live: false });
    return { ok: false, error: failure };
  }
}
