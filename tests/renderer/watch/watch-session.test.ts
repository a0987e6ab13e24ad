import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { GiftId, RequestId } from "../../../preload/contract/ids.ts";
import { roomCloseCodes } from "../../../preload/contract/room-protocol.ts";
import { decodeRpc, encodeRpc } from "../../../preload/contract/rpc.ts";
import { WatchSession } from "../../../renderer/watch/watch-session.ts";
import type { WatchState } from "../../../renderer/watch/watch-state.ts";
import { chatMessage, roomInfo } from "./samples.ts";

/** Answers like a room, by a table that a test may change. The session's media is off: Node has no WebRTC. */
class ScriptedRoom {
  readonly answers = new Map<string, (data: unknown) => unknown>([
    ["getRoomInfo", () => roomInfo()],
    [
      "getGiftCatalogue",
      () => ({
        gifts: [{ giftId: "rose", name: { "zh-CN": "玫瑰", en: "Rose" }, coins: 5, tier: "small" }],
      }),
    ],
    ["getWallet", () => ({ coins: 100 })],
    ["getChatHistory", () => ({ messages: [chatMessage(1)] })],
    ["join", () => ({ peers: [{ id: "p", displayName: "主播", device: {} }] })],
  ]);
  /** An answer that is this is a failure with the code. */
  static failure = (code: string) => ({ failure: code });
  connections = 0;
  joins: unknown[] = [];
  readonly #server: WebSocketServer;
  #socket: WebSocket | undefined;

  constructor() {
    this.#server = new WebSocketServer({
      port: 0,
      host: "127.0.0.1",
      handleProtocols: () => "protoo",
    });
    this.#server.on("connection", (socket) => {
      this.connections += 1;
      this.#socket = socket;
      socket.on("message", (data: Buffer) => {
        const frame = decodeRpc(data.toString());
        if (frame?.type !== "request") return;
        if (frame.method === "join") this.joins.push(frame.data);
        const answer = this.answers.get(frame.method)?.(frame.data) ?? {
          failure: "request.unknown",
        };
        const { id } = frame;
        const failure = Reflect.get(Object(answer), "failure") as unknown;
        socket.send(
          encodeRpc(
            typeof failure === "string"
              ? { type: "failure", id, errorCode: 400, errorReason: failure }
              : { type: "success", id, data: answer },
          ),
        );
      });
    });
  }

  async open(): Promise<string> {
    if (this.#server.address() === null) await once(this.#server, "listening");
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}/?roomId=main&peerId=p1`;
  }

  notify(method: string, data: unknown): void {
    this.#socket?.send(encodeRpc({ type: "notification", method, data }));
  }

  drop(code?: number): void {
    if (code === undefined) this.#socket?.terminate();
    else this.#socket?.close(code);
  }

  close(): void {
    for (const client of this.#server.clients) client.terminate();
    this.#server.close();
  }
}

let room: ScriptedRoom;
let session: WatchSession;
let renewals: number;
let followed: string[];

const reached = (is: (state: WatchState) => boolean): Promise<WatchState> =>
  new Promise((resolve) => {
    if (is(session.store.getState())) resolve(session.store.getState());
    const stop = session.store.subscribe((state) => {
      if (!is(state)) return;
      stop();
      resolve(state);
    });
  });
const isOpen = (state: WatchState) => state.connection === "open";

beforeEach(async () => {
  room = new ScriptedRoom();
  renewals = 0;
  followed = [];
  let ids = 0;
  session = new WatchSession({
    url: await room.open(),
    renewIdentity: () => {
      renewals += 1;
      return Promise.resolve(true);
    },
    createId: () => `id${(ids += 1)}`,
    random: () => 0,
    nowMs: () => 0,
    readFollowing: () => false,
    keepFollowing: (viewerId) => followed.push(viewerId),
  });
});

afterEach(() => {
  session.close();
  session.close();
  room.close();
});

describe("WatchSession", () => {
  it("enters, joins without media where there is no WebRTC, and shows what the room says", async () => {
    const state = await reached((now) => isOpen(now) && now.anchorName !== null);
    expect(state).toMatchObject({
      playable: false,
      viewers: 3,
      coins: 100,
      anchorName: "主播",
      self: { nickname: "小鹿" },
    });
    expect(state.feed).toHaveLength(1);
    expect(room.joins).toEqual([
      { displayName: "小鹿", device: { name: "watch", flag: "browser" } },
    ]);
    room.notify("chat", { messages: [chatMessage(2)] });
    room.notify("programmeChanged", { programme: "away" });
    await reached((now) => now.feed.length === 2 && now.programme === "away");
  });

  it("ignores what is not of the wire", async () => {
    await reached(isOpen);
    room.notify("audienceChanged", { viewers: -1 });
    room.notify("unheardOf", {});
    room.notify("audienceChanged", { viewers: 9 });
    expect((await reached((now) => now.viewers !== 3)).viewers).toBe(9);
  });

  it("comes back by itself after a break", async () => {
    await reached(isOpen);
    room.drop();
    await reached((now) => now.connection === "reconnecting");
    await reached(isOpen);
    expect(room.connections).toBe(2);
  });

  it("says that the room is closed and goes on trying", async () => {
    await reached(isOpen);
    room.drop(roomCloseCodes.roomClosing);
    await reached((now) => now.connection === "closed");
    await reached(isOpen);
    expect(room.connections).toBe(2);
  });

  it("gets a new identity where the room refuses the old one", async () => {
    await reached(isOpen);
    room.drop(roomCloseCodes.tokenInvalid);
    await reached((now) => now.connection === "reconnecting");
    await reached(isOpen);
    expect(renewals).toBe(1);
  });

  it("leaves the room to the tab that took its place until the viewer wants it back", async () => {
    await reached(isOpen);
    room.drop(roomCloseCodes.replaced);
    await reached((now) => now.connection === "replaced");
    session.hurry();
    expect(room.connections).toBe(1);
    session.returnHere();
    await reached(isOpen);
    expect(room.connections).toBe(2);
  });

  it("sends gifts, follows and renames, and tells failures by their code", async () => {
    await reached(isOpen);
    const rose = GiftId.parse("rose");
    room.answers.set("sendGift", () => ({ eventId: "e1", seq: 1, coins: 95 }));
    expect(await session.sendGift(rose, 1)).toEqual({ ok: true, value: null });
    expect(session.store.getState().coins).toBe(95);
    room.answers.set("sendGift", () => ScriptedRoom.failure("wallet.insufficient"));
    expect(await session.sendGift(rose, 66)).toMatchObject({
      error: { code: "wallet.insufficient" },
    });
    room.answers.set("follow", () => ({ following: true }));
    await session.follow();
    expect(session.store.getState().following).toBe(true);
    expect(followed).toEqual(["v1"]);
    room.answers.set("changeDisplayName", () => ScriptedRoom.failure("nickname.taken"));
    expect(await session.changeNickname("阿紫")).toMatchObject({
      error: { code: "nickname.taken" },
    });
    expect(session.store.getState().self?.nickname).toBe("小鹿");
    room.answers.set("changeDisplayName", () => ({}));
    await session.changeNickname("阿紫");
    expect(session.store.getState().self?.nickname).toBe("阿紫");
  });

  it("refuses at once while it is not connected", async () => {
    await reached(isOpen);
    session.close();
    expect(await session.sendChat("hello", RequestId.parse("r1"))).toMatchObject({
      error: { code: "room.unreachable" },
    });
  });
});
