import type { types } from "mediasoup-client";
import type { Size } from "../../preload/contract/geometry.ts";
import type { UplinkAccess } from "../../preload/contract/ipc.ts";
import { type Failure, fail, type Result, succeed } from "../../preload/contract/result.ts";
import type { RoomAnswer, RoomInput } from "../../preload/contract/room-protocol.ts";
import type { Settings } from "../../preload/contract/settings.ts";
import { type Ask, RoomChannel } from "../room-channel/room-channel.ts";
import { chooseCodec, type ContentHint, encodingsFor } from "./video-profile.ts";

/** Picture and sound carry one stream id: without it viewers cannot keep them in step. */
const streamId = "programme";
const connectDeadlineMs = 10_000;
const iceRestartDeadlineMs = 4_000;

export interface MediaConnectionOptions {
  /** A new one, which has loaded nothing. */
  readonly device: types.Device;
  readonly access: UplinkAccess;
  readonly peerId: string;
  readonly video: MediaStreamTrack;
  readonly audio: MediaStreamTrack;
  readonly size: Size;
  readonly settings: Settings;
  readonly contentHint: ContentHint;
  /** Aborting gives up while the connection is being made. */
  readonly signal: AbortSignal;
  /** Called at most once, after the connection was made and before it is closed. */
  readonly onLost: (failure: Failure) => void;
  /** Nothing comes through and ICE is being restarted, or something does again. After the connection was made. */
  readonly onPath: (broken: boolean) => void;
}

/** A failure inside mediasoup-client's callbacks, which want an Error. */
class FailureError extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.code);
    this.failure = failure;
  }
}

/** What a room says in words of its own, or in a shape of its own, is its refusal of the show. */
const valueOf = <T>(result: Result<T>): T => {
  if (result.ok) return result.value;
  const { error } = result;
  throw new FailureError(
    error.code === "request.failed" ? { ...error, code: "uplink.rejected" } : error,
  );
};

const failureOf = (error: unknown): Failure =>
  error instanceof FailureError
    ? error.failure
    : {
        code: "uplink.failed",
        detail: (error instanceof Error ? error.message : String(error)).slice(0, 500),
      };

const urlOf = (access: UplinkAccess, peerId: string): string => {
  const url = new URL(access.url);
  if (!url.searchParams.has("peerId")) url.searchParams.set("peerId", peerId);
  if (access.token !== null) url.searchParams.set("token", access.token);
  return url.href;
};

const settle = async <T>(
  work: Promise<T>,
  done: (value: T) => void,
  failed: (error: Error) => void,
): Promise<void> => {
  try {
    done(await work);
  } catch (error) {
    failed(error instanceof Error ? error : new Error(String(error)));
  }
};

/** Carries the transport's wishes to the room; mediasoup-client takes the answers by callback. */
const answerTransport = (transport: types.Transport, ask: Ask): void => {
  const transportId = transport.id;
  const connect = async (dtlsParameters: types.DtlsParameters): Promise<void> => {
    const data = { transportId, dtlsParameters: { ...dtlsParameters } };
    valueOf(await ask("connectWebRtcTransport", data));
  };
  const produce = async (data: RoomInput<"produce">): Promise<RoomAnswer<"produce">> =>
    valueOf(await ask("produce", data));
  transport.on("connect", ({ dtlsParameters }, done, failed) => {
    void settle(connect(dtlsParameters), done, failed);
  });
  transport.on("produce", ({ kind, rtpParameters, appData }, done, failed) => {
    const data = { transportId, kind, rtpParameters: { ...rtpParameters }, appData };
    void settle(produce(data), done, failed);
  });
};

/** One connection that sends the programme, from the socket to the producers. Rebuilt, never repaired beyond ICE. */
export class MediaConnection {
  readonly #options: MediaConnectionOptions;
  readonly #channel: RoomChannel;
  readonly #transport: types.Transport;
  #producers: types.Producer[] = [];
  #video: types.Producer | undefined;
  #closed = false;
  #made = false;
  /** Why it was lost. */
  #failure: Failure | undefined;
  #deadline: ReturnType<typeof setTimeout> | undefined;
  #whenConnected: (() => void) | undefined;
  #whenLost: ((failure: Failure) => void) | undefined;

  private constructor(
    options: MediaConnectionOptions,
    channel: RoomChannel,
    transport: types.Transport,
  ) {
    this.#options = options;
    this.#channel = channel;
    this.#transport = transport;
    transport.on("connectionstatechange", (state) => this.#followState(state));
  }

  /** Resolves when media flows: the transport is connected and both tracks are produced. */
  static async open(options: MediaConnectionOptions): Promise<Result<MediaConnection>> {
    const { device, signal } = options;
    if (signal.aborted) return fail("uplink.connection_lost", "given up");
    let connection: MediaConnection | undefined;
    const channel = new RoomChannel(urlOf(options.access, options.peerId), {
      onEnd: (failure) => {
        if (connection) connection.#lose(failure);
      },
    });
    const giveUp = (): void => {
      connection?.close();
      channel.close();
    };
    signal.addEventListener("abort", giveUp);
    try {
      valueOf(await channel.opened);
      const capabilities = valueOf(await channel.ask("getRouterRtpCapabilities", {}));
      // mediasoup-client checks what it is given.
      await device.load({
        routerRtpCapabilities: capabilities,
      });
      const codec = chooseCodec(
        options.settings.video.profile,
        (device.sendRtpCapabilities.codecs ?? []).filter(({ kind }) => kind === "video"),
      );
      if (!codec || !device.canProduce("audio"))
        throw new FailureError({ code: "uplink.codec_unsupported" });
      const made = valueOf(
        await channel.ask("createWebRtcTransport", {
          forceTcp: false,
          producing: true,
          consuming: false,
        }),
      );
      const transport = device.createSendTransport(made as unknown as types.TransportOptions);
      connection = new MediaConnection(options, channel, transport);
      answerTransport(transport, channel.ask);
      valueOf(
        await channel.ask("join", {
          displayName: options.access.displayName,
          device: { name: "Anchor Studio", flag: "studio" },
        }),
      );
      const connected = connection.#untilConnected();
      // Looked at below; a loss while the tracks are produced must not count as unhandled.
      connected.catch(() => undefined);
      await connection.#produce(codec);
      await connected;
      connection.#made = true;
      return succeed(connection);
    } catch (error) {
      // Where the connection was lost, that is the cause of whatever failed then.
      const lost = connection ? connection.#failure : channel.failure;
      giveUp();
      return { ok: false, error: lost ?? failureOf(error) };
    } finally {
      signal.removeEventListener("abort", giveUp);
    }
  }

  async setContentHint(hint: ContentHint): Promise<void> {
    const sender = this.#video?.rtpSender;
    if (this.#video?.track) this.#video.track.contentHint = hint;
    if (!sender || this.#closed) return;
    const parameters = sender.getParameters();
    parameters.degradationPreference =
      hint === "detail" ? "maintain-resolution" : "maintain-framerate";
    await sender.setParameters(parameters);
  }

  async replaceVideo(track: MediaStreamTrack): Promise<void> {
    if (!this.#closed) await this.#video?.replaceTrack({ track });
  }

  /** The report of the programme's picture; undefined once closed. */
  async videoReport(): Promise<RTCStatsReport | undefined> {
    return this.#closed ? undefined : this.#video?.getStats();
  }

  /** Tells the room that the producers end, as far as it still listens, then closes. */
  async end(): Promise<void> {
    if (this.#closed) return;
    await Promise.race([
      Promise.all(
        this.#producers.map(({ id }) => this.#channel.ask("closeProducer", { producerId: id })),
      ),
      new Promise((resolve) => setTimeout(resolve, 1_000)),
    ]);
    this.close();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#deadline);
    this.#whenLost?.({ code: "uplink.connection_lost", detail: "closed" });
    this.#transport.close();
    this.#channel.close();
  }

  async #produce(codec: types.RtpCodecCapability): Promise<void> {
    const { video, audio, settings, size, contentHint } = this.#options;
    const encodings = encodingsFor(settings.video.profile, size, settings.video.bitrateBps);
    const sumBps = encodings.reduce((sum, { maxBitrate }) => sum + maxBitrate, 0);
    video.contentHint = contentHint;
    const appData = { source: "programme" };
    this.#video = await this.#transport.produce({
      track: video,
      streamId,
      codec,
      encodings: encodings.map((encoding) => ({ ...encoding })),
      codecOptions: { videoGoogleStartBitrate: Math.round(sumBps / 1_000) },
      stopTracks: false,
      disableTrackOnPause: false,
      appData,
    });
    this.#producers.push(this.#video);
    await this.setContentHint(contentHint);
    this.#producers.push(
      await this.#transport.produce({
        track: audio,
        streamId,
        codecOptions: {
          opusStereo: true,
          opusDtx: false,
          opusFec: true,
          opusPtime: 10,
          opusMaxAverageBitrate: settings.audio.bitrateBps,
        },
        stopTracks: false,
        disableTrackOnPause: false,
        appData,
      }),
    );
  }

  #untilConnected(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#whenLost = (failure) => reject(new FailureError(failure));
      this.#whenConnected = resolve;
      this.#startDeadline(connectDeadlineMs);
      if (this.#transport.connectionState === "connected") this.#followState("connected");
    });
  }

  #followState(state: types.ConnectionState): void {
    switch (state) {
      case "connected":
        clearTimeout(this.#deadline);
        if (this.#made && this.#deadline !== undefined) this.#options.onPath(false);
        this.#deadline = undefined;
        this.#whenConnected?.();
        return;
      case "disconnected":
      case "failed":
        if (this.#made && this.#deadline === undefined) void this.#restartIce();
        else if (!this.#made && state === "failed") this.#lose({ code: "uplink.ice_failed" });
        return;
      case "new":
      case "connecting":
      case "closed":
        return;
      default:
        state satisfies never;
    }
  }

  async #restartIce(): Promise<void> {
    this.#startDeadline(iceRestartDeadlineMs);
    this.#options.onPath(true);
    const answer = await this.#channel.ask("restartIce", { transportId: this.#transport.id });
    if (this.#closed) return;
    if (!answer.ok) {
      this.#lose(answer.error);
      return;
    }
    // The reference server answers with the parameters themselves, later ones wrap them.
    const iceParameters = answer.value["iceParameters"] ?? answer.value;
    try {
      await this.#transport.restartIce({ iceParameters: iceParameters as types.IceParameters });
    } catch (error) {
      this.#lose({ code: "uplink.ice_failed", detail: String(error).slice(0, 500) });
    }
  }

  #startDeadline(ms: number): void {
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => this.#lose({ code: "uplink.ice_failed" }), ms);
  }

  #lose(failure: Failure): void {
    if (this.#closed) return;
    this.#failure = failure;
    this.#whenLost?.(failure);
    const wasMade = this.#made;
    this.close();
    if (wasMade) this.#options.onLost(failure);
  }
}
