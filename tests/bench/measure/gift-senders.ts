import { randomUUID } from "node:crypto";
import { WebSocket } from "ws";
import { roomRequests } from "../../../preload/contract/room-protocol.ts";
import { decodeRpc, encodeRpc } from "../../../preload/contract/rpc.ts";
import { type AcknowledgedGift, enterAsViewer } from "../../fakes/gift-storm.ts";

export interface GiftOffer {
  readonly giftId: string;
  readonly coins: number;
}

export interface SentGift {
  /** Of the epoch, just before it left. */
  readonly sentMs: number;
  /** Undefined where the room refused it. */
  readonly eventId: string | undefined;
}

/** One viewer, who does not wait for an answer before the next gift. */
export const openGiftSender = async (
  viewerUrl: string,
  /** By event id; every sender adds to it. */
  acknowledged: Map<string, AcknowledgedGift>,
) => {
  const cookie = await enterAsViewer(viewerUrl);
  const { origin } = new URL(viewerUrl);
  const peerId = `bench-${randomUUID()}`;
  const socket = new WebSocket(
    `${origin.replace("http", "ws")}/?roomId=main&peerId=${peerId}`,
    "protoo",
    { headers: { cookie }, origin },
  );
  await new Promise((done, failed) => {
    socket.once("open", done);
    socket.once("error", failed);
  });
  const waiting = new Map<number, (eventId: string | undefined) => void>();
  const offers = new Map<number, GiftOffer>();
  const refusals = new Map<string, number>();
  let asked = 0;
  socket.on("message", (bytes: Buffer) => {
    // What is told to all viewers is not even parsed.
    if (!bytes.subarray(0, 16).includes("response")) return;
    const frame = decodeRpc(bytes.toString());
    if (frame?.type !== "success" && frame?.type !== "failure") return;
    const offer = offers.get(frame.id);
    const settle = waiting.get(frame.id);
    offers.delete(frame.id);
    waiting.delete(frame.id);
    if (frame.type === "failure" || !offer) {
      if (frame.type === "failure")
        refusals.set(frame.errorReason, (refusals.get(frame.errorReason) ?? 0) + 1);
      settle?.(undefined);
      return;
    }
    const { eventId, seq } = roomRequests.sendGift.answer.parse(frame.data);
    acknowledged.set(eventId, { giftId: offer.giftId, count: 1, coins: offer.coins, seq });
    settle?.(eventId);
  });
  socket.on("close", () => {
    for (const settle of waiting.values()) settle(undefined);
    waiting.clear();
  });
  return {
    /** Why the room refused, and how often. */
    refusals,
    send: (offer: GiftOffer): Promise<SentGift> => {
      asked += 1;
      const id = asked;
      offers.set(id, offer);
      return new Promise((done) => {
        const sentMs = Date.now();
        waiting.set(id, (eventId) => done({ sentMs, eventId }));
        const { giftId } = offer;
        const data = { requestId: randomUUID(), giftId, count: 1 };
        socket.send(encodeRpc({ type: "request", id, method: "sendGift", data }));
      });
    },
    close: () => socket.close(),
  };
};
export type GiftSender = Awaited<ReturnType<typeof openGiftSender>>;
