import { type ClientOptions, WebSocket } from "ws";
import { GiftId, RequestId } from "../../preload/contract/ids.ts";
import { roomRequests } from "../../preload/contract/room-protocol.ts";
import { decodeRpc, encodeRpc, type RpcFrame } from "../../preload/contract/rpc.ts";

/** A gift as its sender has it: what was wished, and what the room has acknowledged. */
export interface AcknowledgedGift {
  readonly giftId: string;
  readonly count: number;
  readonly coins: number;
  readonly seq: number;
}

export interface StormOptions {
  /** Of the room, e.g. `http://127.0.0.1:4443`. */
  readonly origin: string;
  /** A viewer each. */
  readonly cookies: readonly string[];
  readonly giftsEach: number;
  readonly kinds: readonly { readonly giftId: string; readonly coins: number }[];
  /** In [0, 1). */
  readonly random: () => number;
  /** Longest pause of a viewer between two gifts. */
  readonly pauseMs: number;
}

const retryMs = 60;
/** A room that is there and answers nothing for so long is at fault. */
const answerLimitMs = 15_000;
/** Every so many gifts one that was acknowledged is sent again under its request id. */
const repeatEvery = 9;

const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** A viewer's cookie, as the viewers' page would get it. */
export const enterAsViewer = async (viewerUrl: string): Promise<string> => {
  const response = await fetch(viewerUrl);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
};

/** Undefined where the room is away. */
const open = (url: string, options: ClientOptions): Promise<WebSocket | undefined> =>
  new Promise((done) => {
    const socket = new WebSocket(url, "protoo", options);
    socket.once("open", () => done(socket));
    socket.once("error", () => done(undefined));
  });

/** The answer to one request; undefined where the socket closes first. Other frames are not even parsed. */
const ask = (
  socket: WebSocket,
  id: number,
  method: string,
  data: unknown,
): Promise<RpcFrame | "silence" | undefined> =>
  new Promise((done) => {
    const timer = setTimeout(() => settle("silence"), answerLimitMs);
    const settle = (frame: RpcFrame | "silence" | undefined) => {
      clearTimeout(timer);
      socket.off("message", onMessage);
      socket.off("close", onClose);
      done(frame);
    };
    const onClose = () => settle(undefined);
    const onMessage = (bytes: Buffer) => {
      if (bytes.subarray(0, 16).includes("response")) settle(decodeRpc(bytes.toString()));
    };
    socket.on("message", onMessage);
    socket.on("close", onClose);
    if (socket.readyState === WebSocket.OPEN)
      socket.send(encodeRpc({ type: "request", id, method, data }));
    else onClose();
  });

/**
 * Viewers who send gifts until each is acknowledged, through every end of the room: a gift that a crash left open is sent
 * again under its request id. What they were told is the list that a ledger is judged by.
 */
export const createGiftStorm = (options: StormOptions) => {
  const { origin, cookies, giftsEach, kinds, random, pauseMs } = options;
  /** By the event id that the room gave. */
  const acknowledged = new Map<string, AcknowledgedGift>();
  /** What the room may never do, in words. */
  const faults: string[] = [];
  const waiting = new Set<() => void>();

  const sendAll = async (viewer: number, cookie: string): Promise<void> => {
    let socket: WebSocket | undefined;
    let asked = 0;
    let spent = 0;
    let coinsLeft: number | undefined;
    let firstCoins: number | undefined;
    const insist = async (data: { requestId: string; giftId: string; count: number }) => {
      for (;;) {
        socket ??= await open(
          `${origin.replace("http", "ws")}/?roomId=main&peerId=storm-${viewer}`,
          { headers: { cookie, origin } },
        );
        const answer = socket && (await ask(socket, (asked += 1), "sendGift", data));
        if (answer === "silence") {
          faults.push(`viewer ${viewer} had no answer`);
          socket?.terminate();
          socket = undefined;
        } else if (answer?.type === "success")
          return roomRequests.sendGift.answer.parse(answer.data);
        else if (answer?.type === "failure" && answer.errorReason !== "request.too_many")
          throw new Error(`viewer ${viewer} was refused: ${answer.errorReason}`);
        else if (!answer) socket = undefined;
        await sleep(retryMs);
      }
    };
    let last: { readonly data: Parameters<typeof insist>[0]; readonly eventId: string } | undefined;
    for (let gift = 0; gift < giftsEach; gift += 1) {
      const kind = kinds[Math.floor(random() * kinds.length)];
      if (!kind) throw new Error("no kinds of gifts");
      const { giftId } = kind;
      const count = 1 + Math.floor(random() * 9);
      const data = {
        requestId: RequestId.parse(`storm-${viewer}-${gift}`),
        giftId: GiftId.parse(giftId),
        count,
      };
      const { eventId, seq, coins } = await insist(data);
      const price = kind.coins * count;
      if (acknowledged.has(eventId)) faults.push(`${eventId} was given to two gifts`);
      acknowledged.set(eventId, { giftId, count, coins: price, seq });
      firstCoins ??= coins + price;
      spent += price;
      coinsLeft = coins;
      last = { data, eventId };
      for (const look of waiting) look();
      if (gift % repeatEvery === repeatEvery - 1) {
        const again = await insist(last.data);
        if (again.eventId !== last.eventId)
          faults.push(`${eventId} was recorded anew when repeated`);
      }
      if (pauseMs > 0) await sleep(random() * pauseMs);
    }
    if (coinsLeft !== undefined && firstCoins !== undefined && firstCoins - coinsLeft !== spent)
      faults.push(`viewer ${viewer} paid ${firstCoins - coinsLeft} for gifts of ${spent}`);
    socket?.close();
  };

  return {
    acknowledged,
    faults,
    async run(): Promise<void> {
      await Promise.all(cookies.map((cookie, viewer) => sendAll(viewer, cookie)));
    },
    /** Resolves once so many are acknowledged. */
    async reached(count: number): Promise<void> {
      if (acknowledged.size >= count) return;
      await new Promise<void>((done) => {
        const look = () => {
          if (acknowledged.size < count) return;
          waiting.delete(look);
          done();
        };
        waiting.add(look);
      });
    },
    /** The number of the newest acknowledged event in the room's log. */
    latestSeq: (): number => Math.max(0, ...[...acknowledged.values()].map(({ seq }) => seq)),
  };
};
