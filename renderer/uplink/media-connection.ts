import { Device, type types } from "mediasoup-client";
import type { Size } from "../../preload/contract/geometry.ts";
import type { UplinkAccess } from "../../preload/contract/ipc.ts";
import { type Failure, fail, type Result, succeed } from "../../preload/contract/result.ts";
import type { RoomAnswer, RoomInput } from "../../preload/contract/room-protocol.ts";
import type { Settings } from "../../preload/contract/settings.ts";
import { RoomSocket } from "./room-socket.ts";
import { chooseCodec, type ContentHint, encodingsFor } from "./video-profile.ts";

/** Picture and sound carry one stream id: without it viewers cannot keep them in step. */
const streamId = "programme";
const connectDeadlineMs = 10_000;
const iceRestartDeadlineMs = 5_000;

export interface MediaConnectionOptions {
  readonly access: UplinkAccess;
  readonly peerId: string;
  readonly video: MediaStreamTrack;
  readonly audio: MediaStreamTrack;
  readonly size: Size;
  readonly settings: Settings;
  readonly contentHint: ContentHint;
  /** Aborting closes the connection, also while it is being made. */
  readonly signal: AbortSignal;
  /** Called at most once, after the connection was made. */
  readonly onLost: (failure: Failure) => void;
}

/** A failure inside mediasoup-client's callbacks, which want an Error. */
class FailureError extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.code);
    this.failure = failure;
  }
}

const valueOf = <T>(result: Result<T>): T => {
  if (!result.ok) throw new FailureError(result.error);
  return result.value;
};

const urlOf = (access: UplinkAccess, peerId: string): string => {
  const url = new URL(access.url);
  if (!url.searchParams.has("peerId")) url.searchParams.set("peerId", peerId);
  if (access.token !== null) url.searchParams.set("token", access.token);
  return url.href;
};

const answer = async <T>(
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
const answerTransport = (transport: types.Transport, socket: RoomSocket): void => {
  const transportId = transport.id;
  const connect = async (dtlsParameters: types.DtlsParameters): Promise<void> => {
    const data = { transportId, dtlsParameters: { ...dtlsParameters } };
    valueOf(await socket.request("connectWebRtcTransport", data));
  };
  const produce = async (data: RoomInput<"produce">): Promise<RoomAnswer<"produce">> =>
    valueOf(await socket.request("produce", data));
  transport.on("connect", ({ dtlsParameters }, done, failed) => {
    void answer(connect(dtlsParameters), done, failed);
  });
  transport.on("produce", ({ kind, rtpParameters, appData }, done, failed) => {
    const data = { transportId, kind, rtpParameters: { ...rtpParameters }, appData };
    void answer(produce(data), done, failed);
  });
};

/** One connection that sends the programme, from the socket to the producers. Rebuilt, never repaired beyond ICE. */
export class MediaConnection {
  readonly #options: MediaConnectionOptions;
  readonly #socket: RoomSocket;
  readonly #transport: types.Transport;
  #producers: types.Producer[] = [];
  #video: types.Producer | undefined;
  #closed = false;
  #made = false;
  #deadline: ReturnType<typeof setTimeout> | undefined;
  #whenConnected: (() => void) | undefined;
  #whenLost: ((failure: Failure) => void) | undefined;

  private constructor(
    options: MediaConnectionOptions,
    socket: RoomSocket,
    transport: types.Transport,
  ) {
    this.#options = options;
    this.#socket = socket;
    this.#transport = transport;
    socket.onLost = (failure) => this.#lose(failure);
    transport.on("connectionstatechange", (state) => this.#followState(state));
    options.signal.addEventListener("abort", () => this.close(), { once: true });
  }

  /** Resolves when media flows: the transport is connected and both tracks are produced. */
  static async open(options: MediaConnectionOptions): Promise<Result<MediaConnection>> {
    const opened = await RoomSocket.open(urlOf(options.access, options.peerId), options.signal);
    if (!opened.ok) return opened;
    const socket = opened.value;
    let connection: MediaConnection | undefined;
    try {
      const device = new Device({ handlerName: "Chrome111" });
      const capabilities = valueOf(await socket.request("getRouterRtpCapabilities", {}));
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
        await socket.request("createWebRtcTransport", {
          forceTcp: false,
          producing: true,
          consuming: false,
        }),
      );
      const transport = device.createSendTransport(made as unknown as types.TransportOptions);
      connection = new MediaConnection(options, socket, transport);
      answerTransport(transport, socket);
      valueOf(
        await socket.request("join", {
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
      connection?.close();
      socket.close();
      if (error instanceof FailureError) return { ok: false, error: error.failure };
      return fail("uplink.failed", error instanceof Error ? error.message : String(error));
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
        this.#producers.map(({ id }) => this.#socket.request("closeProducer", { producerId: id })),
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
    this.#socket.close();
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
    const answer = await this.#socket.request("restartIce", { transportId: this.#transport.id });
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
    this.#whenLost?.(failure);
    const wasMade = this.#made;
    this.close();
    if (wasMade) this.#options.onLost(failure);
  }
}
