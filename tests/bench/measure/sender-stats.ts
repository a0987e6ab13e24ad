import type { Page } from "playwright-core";

/** Since the start of the show. */
export interface SenderTotals {
  readonly atMs: number;
  readonly bytes: number;
  readonly frames: number;
}

interface Hook {
  benchPeers?: RTCPeerConnection[];
}

/** Before the show: lets the window remember the connections that it makes from now on. */
export const watchSenders = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const peers: RTCPeerConnection[] = [];
    (globalThis as Hook).benchPeers = peers;
    globalThis.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        peers.push(this);
      }
    };
  });

/** Of the picture that leaves by WebRTC, without headers. */
export const readSender = (page: Page): Promise<SenderTotals> =>
  page.evaluate(async () => {
    const totals = { atMs: performance.now(), bytes: 0, frames: 0 };
    for (const peer of (globalThis as Hook).benchPeers ?? [])
      for (const entry of (await peer.getStats()).values() as Iterable<{
        type: string;
        kind?: string;
        bytesSent?: number;
        framesSent?: number;
      }>)
        if (entry.type === "outbound-rtp" && entry.kind === "video") {
          totals.bytes += entry.bytesSent ?? 0;
          totals.frames += entry.framesSent ?? 0;
        }
    return totals;
  });

export const perSecond = (
  before: SenderTotals,
  after: SenderTotals,
): { readonly bitrateBps: number; readonly fps: number } => {
  const seconds = (after.atMs - before.atMs) / 1_000;
  return {
    bitrateBps: ((after.bytes - before.bytes) * 8) / seconds,
    fps: (after.frames - before.frames) / seconds,
  };
};
