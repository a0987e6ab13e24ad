import type { Consumer, Producer, RtpCapabilities, WebRtcTransport } from "mediasoup/types";

export interface Joined {
  readonly displayName: string;
  readonly device: unknown;
  /** Undefined where the peer consumes nothing. */
  readonly rtpCapabilities: RtpCapabilities | undefined;
}

/** The SFU objects of one connection; closing the transports closes what runs over them. */
export class MediaPeer {
  joined: Joined | undefined;
  readonly transports = new Map<string, WebRtcTransport>();
  readonly producers = new Map<string, Producer>();
  readonly consumers = new Map<string, Consumer>();
  /** Transports, producers and consumers that are being made, so that bounds hold while they are. */
  readonly pending = { transports: 0, producers: 0, consumers: 0 };
  #closed = false;

  get isClosed(): boolean {
    return this.#closed;
  }

  consumingTransport(): WebRtcTransport | undefined {
    return [...this.transports.values()].find((transport) => transport.appData["consuming"]);
  }

  close(): void {
    this.#closed = true;
    for (const transport of this.transports.values()) transport.close();
    this.transports.clear();
    this.producers.clear();
    this.consumers.clear();
  }
}
