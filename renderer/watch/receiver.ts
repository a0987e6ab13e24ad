import { detectDevice, Device, type types } from "mediasoup-client";
import { fail, type Result, succeed } from "../../preload/contract/result.ts";
import type { NewConsumer, RoomAnswer } from "../../preload/contract/room-protocol.ts";
import type { Ask } from "../room-channel/room-channel.ts";

interface ReceiverListener {
  /** Picture and sound in one stream, so that they keep step. Called anew when a track comes. */
  readonly onStream: (stream: MediaStream) => void;
  /** No picture comes any more; called while the last one can still be taken from the screen. */
  readonly onEnded: () => void;
  /** Nothing comes through, or again something does. */
  readonly onPath: (broken: boolean) => void;
  /** The way is dead and could not be restarted: everything is to be made anew. */
  readonly onLost: () => void;
}

/** How long a broken path may heal by itself, and how long a restart of ICE may then take. */
const disconnectedMs = 1_000;
const restartMs = 4_000;
const announceMs = 80;

/** `playoutDelayHint` is in older Chromium; `jitterBufferTarget` took its place. */
interface DelayedReceiver {
  jitterBufferTarget?: number | null;
  playoutDelayHint?: number;
}

const preferLowDelay = (receiver: DelayedReceiver): void => {
  if ("jitterBufferTarget" in receiver) receiver.jitterBufferTarget = 0;
  else if ("playoutDelayHint" in receiver) receiver.playoutDelayHint = 0;
};

/** Takes in the programme over one transport of one connection. */
export class Receiver {
  readonly #ask: Ask;
  readonly #listener: ReceiverListener;
  readonly #device: Device;
  #transport: types.Transport | null = null;
  readonly #consumers = new Map<string, types.Consumer>();
  #healing: ReturnType<typeof setTimeout> | undefined;
  #announcing: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  private constructor(ask: Ask, listener: ReceiverListener, device: Device) {
    this.#ask = ask;
    this.#listener = listener;
    this.#device = device;
  }

  /** `media.parameters_invalid` where this browser and this room have no way to each other. */
  static async open(ask: Ask, listener: ReceiverListener): Promise<Result<Receiver>> {
    if (!("RTCPeerConnection" in globalThis)) return fail("media.parameters_invalid", "no WebRTC");
    const capabilities = await ask("getRouterRtpCapabilities", {});
    if (!capabilities.ok) return capabilities;
    let device: Device;
    try {
      // Engines that do not tell their name (on plain http there is no userAgentData) are taken for Chromium.
      device = new Device({ handlerName: detectDevice() ?? "Chrome111" });
      await device.load({ routerRtpCapabilities: capabilities.value });
    } catch (error) {
      console.warn("this browser cannot take in the programme", error);
      return fail("media.parameters_invalid", String(error));
    }
    const codecs = device.recvRtpCapabilities.codecs ?? [];
    if (!codecs.some((codec) => codec.kind === "video"))
      return fail("media.parameters_invalid", "no video codec in common");
    const answer = await ask("createWebRtcTransport", { producing: false, consuming: true });
    if (!answer.ok) return answer;
    const receiver = new Receiver(ask, listener, device);
    receiver.#openTransport(answer.value);
    return succeed(receiver);
  }

  get rtpCapabilities(): types.RtpCapabilities {
    return this.#device.recvRtpCapabilities;
  }

  #openTransport(answer: RoomAnswer<"createWebRtcTransport">): void {
    const transport = this.#device.createRecvTransport({
      id: answer.id,
      iceParameters: answer.iceParameters as types.IceParameters,
      iceCandidates: answer.iceCandidates as types.IceCandidate[],
      dtlsParameters: answer.dtlsParameters as types.DtlsParameters,
    });
    this.#transport = transport;
    transport.on("connect", ({ dtlsParameters }, done, refuse) => {
      const connect = async () => {
        const result = await this.#ask("connectWebRtcTransport", {
          transportId: transport.id,
          dtlsParameters: { ...dtlsParameters },
        });
        if (result.ok) done();
        else refuse(new Error(result.error.code));
      };
      void connect();
    });
    transport.on("connectionstatechange", (state) => {
      this.#onConnectionState(state);
    });
  }

  #onConnectionState(state: types.ConnectionState): void {
    if (this.#closed) return;
    if (state === "connected") {
      clearTimeout(this.#healing);
      this.#healing = undefined;
      this.#listener.onPath(false);
    } else if (state === "disconnected") {
      this.#listener.onPath(true);
      this.#healing ??= setTimeout(() => void this.#restartIce(), disconnectedMs);
    } else if (state === "failed") {
      this.#listener.onPath(true);
      clearTimeout(this.#healing);
      void this.#restartIce();
    }
  }

  async #restartIce(): Promise<void> {
    const transport = this.#transport;
    if (this.#closed || transport === null) return;
    // Runs until the state is `connected` again.
    this.#healing = setTimeout(() => {
      this.#lose();
    }, restartMs);
    const answer = await this.#ask("restartIce", { transportId: transport.id });
    if (this.#isClosed()) return;
    if (!answer.ok) {
      this.#lose();
      return;
    }
    try {
      await transport.restartIce({ iceParameters: answer.value as types.IceParameters });
    } catch (error) {
      if (this.#isClosed()) return;
      console.warn("ICE restart failed", error);
      this.#lose();
    }
  }

  #isClosed(): boolean {
    return this.#closed;
  }

  #lose(): void {
    if (this.#closed) return;
    this.close();
    this.#listener.onLost();
  }

  async consume(offer: NewConsumer): Promise<Result<null>> {
    const transport = this.#transport;
    if (this.#closed || transport === null) return fail("media.transport_unknown");
    let consumer: types.Consumer;
    try {
      consumer = await transport.consume({
        id: offer.id,
        producerId: offer.producerId,
        kind: offer.kind,
        rtpParameters: offer.rtpParameters as types.RtpParameters,
        // One stream id for sound and picture of a peer: browsers keep the tracks of one stream in step.
        streamId: offer.peerId,
        appData: offer.appData,
      });
    } catch (error) {
      return fail("media.parameters_invalid", String(error));
    }
    if (this.#isClosed()) {
      consumer.close();
      return fail("media.transport_unknown");
    }
    if (consumer.rtpReceiver !== undefined) preferLowDelay(consumer.rtpReceiver);
    this.#consumers.set(consumer.id, consumer);
    this.#announceSoon();
    return succeed(null);
  }

  #newest(kind: types.MediaKind): MediaStreamTrack | undefined {
    return [...this.#consumers.values()].filter((consumer) => consumer.kind === kind).pop()?.track;
  }

  /** Sound and picture are offered one after the other: a little later both are in the stream. */
  #announceSoon(): void {
    this.#announcing ??= setTimeout(() => {
      this.#announcing = undefined;
      const video = this.#newest("video");
      const audio = this.#newest("audio");
      if (video !== undefined)
        this.#listener.onStream(new MediaStream(audio ? [audio, video] : [video]));
    }, announceMs);
  }

  /** The producer is gone. */
  closeConsumer(consumerId: string): void {
    const consumer = this.#consumers.get(consumerId);
    if (consumer === undefined) return;
    this.#consumers.delete(consumerId);
    // A stream that loses its sound goes on as it is; a new one would blink.
    if (consumer.kind === "video") {
      if (this.#newest("video") === undefined) this.#listener.onEnded();
      else this.#announceSoon();
    }
    consumer.close();
  }

  /** Null where nothing is taken in. */
  async stats(): Promise<RTCStatsReport | null> {
    return (await this.#transport?.getStats()) ?? null;
  }

  setConsumerPaused(consumerId: string, paused: boolean): void {
    const consumer = this.#consumers.get(consumerId);
    if (paused) consumer?.pause();
    else consumer?.resume();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#healing);
    clearTimeout(this.#announcing);
    this.#transport?.close();
    this.#consumers.clear();
  }
}
