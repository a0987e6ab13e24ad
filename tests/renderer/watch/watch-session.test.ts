import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { GiftId, RequestId } from "../../../preload/contract/ids.ts";
import { roomCloseCodes } from "../../../preload/contract/room-protocol.ts";
import { WatchSession } from "../../../renderer/watch/watch-session.ts";
import type { WatchState } from "../../../renderer/watch/watch-state.ts";
import { FakeRoomServer } from "../../fakes/fake-room-server.ts";
import { waitUntil } from "../../fakes/wait-until.ts";
import { chatMessage, roomInfo } from "./samples.ts";

/** A room with one gift and one message. The session's media is off: Node has no WebRTC. */
const openRoom = async (): Promise<FakeRoomServer> => {
  const server = await FakeRoomServer.start();
  const gifts = [
    { giftId: "rose", name: { "zh-CN": "玫瑰", en: "Rose" }, coins: 5, tier: "small" },
  ];
  const answers = {
    getRoomInfo: roomInfo(),
    getGiftCatalogue: { gifts },
    getWallet: { coins: 100 },
    getChatHistory: { messages: [chatMessage(1)] },
    join: { peers: [{ id: "p", displayName: "主播", device: {} }] },
  };
  for (const [method, data] of Object.entries(answers))
    server.answers.set(method, () => ({ data }));
  return server;
};

let room: FakeRoomServer;
let session: WatchSession;
let renewals: number;

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
  room = await openRoom();
  renewals = 0;
  let ids = 0;
  session = new WatchSession({
    url: `ws://127.0.0.1:${room.port}/?roomId=main&peerId=p1`,
    reachPage: () => {
      renewals += 1;
      return Promise.resolve(true);
    },
    createId: () => `id${(ids += 1)}`,
    random: () => 0,
    nowMs: () => 0,
  });
});

afterEach(async () => {
  session.close();
  session.close();
  await room.close();
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
    expect(room.asked.filter(({ method }) => method === "join").map(({ data }) => data)).toEqual([
      { displayName: "小鹿", device: { name: "watch", flag: "browser" } },
    ]);
    room.notify("chat", { messages: [chatMessage(2)] });
    room.notify("programmeChanged", { programme: "away" });
    await reached((now) => now.feed.length === 2 && now.programme === "away");
  });

  it("says so where the page can be reached and no socket ever opens, and goes on trying", async () => {
    session.close();
    // The room of the test speaks no TLS: as for a browser that does not take the certificate, no socket opens.
    const failing = (reachable: boolean, url = `wss://127.0.0.1:${room.port}/`) => {
      let asked = 0;
      const watch = new WatchSession({
        url,
        reachPage: () => {
          asked += 1;
          return Promise.resolve(reachable);
        },
        createId: () => "id",
        random: () => 0,
        nowMs: () => 0,
      });
      const seen = [watch.store.getState().connection];
      watch.store.subscribe(({ connection }) => {
        if (connection !== seen.at(-1)) seen.push(connection);
      });
      return { watch, seen, asked: () => asked };
    };
    const refused = failing(true);
    await waitUntil("the message", () => refused.seen.includes("refused"));
    await waitUntil("more tries", () => refused.asked() > 3);
    expect(refused.seen).toEqual(["connecting", "refused"]);
    refused.watch.close();

    const unreachable = failing(false);
    await waitUntil("tries", () => unreachable.asked() > 3);
    expect(unreachable.seen).toEqual(["connecting"]);
    unreachable.watch.close();
  });

  it("does not speak of certificates once a socket has been open", async () => {
    await reached(isOpen);
    const seen = new Set<string>();
    session.store.subscribe(({ connection }) => seen.add(connection));
    for (let n = 0; n < 5; n += 1) {
      room.disconnectAll(1011);
      await reached((now) => now.connection === "reconnecting");
      await reached(isOpen);
    }
    expect(seen.has("refused")).toBe(false);
    expect(renewals).toBe(0);
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
    room.disconnectAll(1011);
    await reached((now) => now.connection === "reconnecting");
    await reached(isOpen);
    expect(room.urls.length).toBe(2);
  });

  it("says that the room is closed and goes on trying", async () => {
    await reached(isOpen);
    room.disconnectAll(roomCloseCodes.roomClosing);
    await reached((now) => now.connection === "closed");
    await reached(isOpen);
    expect(room.urls.length).toBe(2);
  });

  it("gets a new identity where the room refuses the old one", async () => {
    await reached(isOpen);
    room.disconnectAll(roomCloseCodes.tokenInvalid);
    await reached((now) => now.connection === "reconnecting");
    await reached(isOpen);
    expect(renewals).toBe(1);
  });

  it("leaves the room to the tab that took its place until the viewer wants it back", async () => {
    await reached(isOpen);
    room.disconnectAll(roomCloseCodes.replaced);
    await reached((now) => now.connection === "replaced");
    session.hurry();
    expect(room.urls.length).toBe(1);
    session.returnHere();
    await reached(isOpen);
    expect(room.urls.length).toBe(2);
  });

  it("sends gifts, follows and renames, and tells failures by their code", async () => {
    await reached(isOpen);
    const rose = GiftId.parse("rose");
    room.answers.set("sendGift", () => ({ data: { eventId: "e1", seq: 1, coins: 95 } }));
    expect(await session.sendGift(rose, 1)).toEqual({ ok: true, value: null });
    expect(session.store.getState().coins).toBe(95);
    room.answers.set("sendGift", () => ({ reason: "wallet.insufficient" }));
    expect(await session.sendGift(rose, 66)).toMatchObject({
      error: { code: "wallet.insufficient" },
    });
    room.answers.set("follow", () => ({ data: { following: true } }));
    await session.follow();
    expect(session.store.getState().following).toBe(true);
    room.answers.set("changeDisplayName", () => ({ reason: "nickname.taken" }));
    expect(await session.changeNickname("阿紫")).toMatchObject({
      error: { code: "nickname.taken" },
    });
    expect(session.store.getState().self?.nickname).toBe("小鹿");
    room.answers.set("changeDisplayName", () => ({ data: {} }));
    await session.changeNickname("阿紫");
    expect(session.store.getState().self?.nickname).toBe("阿紫");
  });

  it("shows whom the room knows to follow", async () => {
    room.answers.set("getRoomInfo", () => ({ data: { ...roomInfo(), following: true } }));
    expect((await reached(isOpen)).following).toBe(true);
  });

  it("does not know whether the room did what it left unanswered", async () => {
    await reached(isOpen);
    room.answers.set("sendChat", () => "silence");
    const sent = session.sendChat("hello", RequestId.parse("r1"));
    await waitUntil("the message", () => room.asked.some(({ method }) => method === "sendChat"));
    room.disconnectAll(roomCloseCodes.roomClosing);
    expect(await sent).toMatchObject({ error: { code: "room.unreachable" } });
  });

  it("refuses at once while it is not connected", async () => {
    await reached(isOpen);
    session.close();
    expect(await session.sendChat("hello", RequestId.parse("r1"))).toMatchObject({
      error: { code: "room.unreachable" },
    });
  });
});
