import { randomUUID } from "node:crypto";
import { WebSocket } from "ws";
import { roomRequests } from "../../../preload/contract/room-protocol.ts";
import { decodeRpc, encodeRpc } from "../../../preload/contract/rpc.ts";
import { type AcknowledgedGift, enterAsViewer } from "../../fakes/gift-storm.ts";

export interface GiftOffer {
  readonly giftId: string;
  readonly coins: number;
}

interface Wish {
  readonly offer: GiftOffer;
  readonly requestId: string;
  settle(): void;
  refuse(reason: Error): void;
}

const retryMs = 100;

/**
 * One viewer, who does not wait for an answer before the next gift, and insists: what the room has refused for being too much, or
 * left open at the connection's end, is sent again under its request id.
 */
export const openGiftSender = async (
  viewerUrl: string,
  /** By event id; every sender adds to it. */
  acknowledged: Map<string, AcknowledgedGift>,
) => {
  const cookie = await enterAsViewer(viewerUrl);
  const { origin } = new URL(viewerUrl);
  const url = `${origin.replace("http", "ws")}/?roomId=main&peerId=bench-${randomUUID()}`;
  const waiting = new Map<number, Wish>();
  const timers = new Set<NodeJS.Timeout>();
  let socket: WebSocket | undefined;
  let asked = 0;
  let reconnections = 0;
  let closed = false;

  const ask = (id: number, { offer, requestId }: Wish): void => {
    if (socket?.readyState !== WebSocket.OPEN) return;
    const data = { requestId, giftId: offer.giftId, count: 1 };
    socket.send(encodeRpc({ type: "request", id, method: "sendGift", data }));
  };
  const later = (work: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (!closed) work();
    }, retryMs);
    timers.add(timer);
  };
  const take = (bytes: Buffer): void => {
    // What is told to all viewers is not even parsed.
    if (!bytes.subarray(0, 16).includes("response")) return;
    const frame = decodeRpc(bytes.toString());
    const wish = frame && "id" in frame ? waiting.get(frame.id) : undefined;
    if (!frame || !("id" in frame) || !wish) return;
    if (frame.type === "failure" && frame.errorReason === "request.too_many") {
      later(() => ask(frame.id, wish));
      return;
    }
    if (frame.type !== "success" && frame.type !== "failure") return;
    waiting.delete(frame.id);
    if (frame.type === "failure") {
      wish.refuse(new Error(`${wish.offer.giftId} was refused: ${frame.errorReason}`));
      return;
    }
    const { eventId, seq } = roomRequests.sendGift.answer.parse(frame.data);
    const { giftId, coins } = wish.offer;
    acknowledged.set(eventId, { giftId, count: 1, coins, seq });
    wish.settle();
  };
  const connect = async (): Promise<void> => {
    const next = new WebSocket(url, "protoo", { headers: { cookie }, origin });
    next.on("message", take);
    // Its end tells of itself.
    next.on("error", () => undefined);
    next.on("close", () => {
      if (closed) return;
      reconnections += 1;
      later(() => void connect());
    });
    await new Promise((done) => {
      next.once("open", done);
      next.once("close", done);
    });
    socket = next;
    for (const [id, wish] of waiting) ask(id, wish);
  };
  await connect();
  return {
    get reconnections() {
      return reconnections;
    },
    /** Resolves once it is acknowledged, with when it left first, in milliseconds of the epoch. */
    send: (offer: GiftOffer): Promise<number> => {
      asked += 1;
      const id = asked;
      return new Promise((done, refuse) => {
        const sentMs = Date.now();
        const wish = { offer, requestId: randomUUID(), settle: () => done(sentMs), refuse };
        waiting.set(id, wish);
        ask(id, wish);
      });
    },
    close: () => {
      closed = true;
      for (const timer of timers) clearTimeout(timer);
      socket?.close();
    },
  };
};
export type GiftSender = Awaited<ReturnType<typeof openGiftSender>>;
