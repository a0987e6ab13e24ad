import { join } from "node:path";
import { pino } from "pino";
import { afterEach, describe, expect, test } from "vitest";
import { RequestId } from "../../../preload/contract/ids.ts";
import { Ledger } from "../../../main/ledger/ledger.ts";
import { Room } from "../../../main/room/room.ts";
import type { PushMessage } from "../../../preload/contract/ipc.ts";
import { FakeRoomServer } from "../../fakes/fake-room-server.ts";
import { giftEvent } from "../../fakes/room-events.ts";
import { makeTemporaryDirectory } from "../../fakes/temporary-directory.ts";
import { waitUntil } from "../../fakes/wait-until.ts";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

const startServer = async () => {
  const server = await FakeRoomServer.start();
  closers.push(() => server.close());
  return server;
};

const openRoom = () => {
  const pushed: PushMessage[] = [];
  const ledger = new Ledger(join(makeTemporaryDirectory(), "ledger.sqlite"));
  closers.push(() => ledger.close());
  const room = new Room({
    ledger,
    log: pino({ level: "silent" }),
    backOff: { firstMs: 5, longestMs: 20 },
    random: () => 1,
    displayName: () => "主播",
    push: (message) => pushed.push(message),
  });
  closers.push(() => room.close());
  const becomes = (status: string) => waitUntil(status, () => room.state.status === status);
  return { room, pushed, becomes, ledger };
};

const programmesTold = (server: FakeRoomServer) =>
  server.asked.filter(({ method }) => method === "setProgramme").map(({ data }) => data);

describe("Room", () => {
  test("waits for the rehearsal room and then shows what is recorded there", async () => {
    const server = await startServer();
    const { room, pushed, becomes, ledger } = openRoom();
    room.choose(null);
    expect(room.state).toEqual({ status: "connecting", link: null, attempt: 0 });
    // Who wants to go on with a show waits for the room.
    const access = room.getUplinkAccess();
    room.setRehearsal({ anchorUrl: server.anchorLink });
    expect(await access).toMatchObject({ ok: true, value: { token: "media-token" } });
    await becomes("connected");
    server.record(giftEvent(1, { count: 4 }));
    await waitUntil("the gift", () => pushed.some(({ type }) => type === "records"));
    expect(ledger.totals("rehearsal").giftCount).toBe(4);
    expect(room.getRecent()).toMatchObject({ totals: { giftCount: 4 }, messages: [] });
    expect(room.getRecent().events).toHaveLength(1);
  });

  test("says why there is no rehearsal room", () => {
    const { room } = openRoom();
    room.choose(null);
    room.setRehearsal({ error: { code: "media.worker_unavailable" } });
    expect(room.state).toEqual({
      status: "failed",
      link: null,
      error: { code: "media.worker_unavailable" },
    });
  });

  test("goes from one room to another, and hears the first no more", async () => {
    const [first, second] = [await startServer(), await startServer()];
    const { room, pushed, becomes } = openRoom();
    room.choose(first.anchorLink);
    await becomes("connected");
    expect(room.choose("nonsense")).toMatchObject({ error: { code: "room.link_invalid" } });
    expect(room.state).toMatchObject({ status: "connected", link: first.anchorLink });
    room.choose(second.anchorLink);
    await waitUntil("the second", () => second.connections === 1 && first.connections === 0);
    await becomes("connected");
    expect(room.state.link).toBe(second.anchorLink);
    first.record(giftEvent(1));
    second.record(giftEvent(1, { prefix: "second-" }));
    await waitUntil("a gift", () => pushed.some(({ type }) => type === "records"));
    expect(room.getRecent().events.map((event) => event.eventId)).toEqual(["second-1"]);
  });

  test("gives access to media: a token in our room, none in a foreign one", async () => {
    const server = await startServer();
    const { room, becomes } = openRoom();
    room.choose(server.anchorLink);
    await becomes("connected");
    expect(await room.getUplinkAccess()).toEqual({
      ok: true,
      value: {
        url: `ws://127.0.0.1:${server.port}/?roomId=main&peerId=anchor-media&token=media-token`,
        displayName: "主播",
        token: "media-token",
        foreign: false,
      },
    });
    server.answers.set("getRoomInfo", () => ({ reason: "unknown method" }));
    room.choose(`ws://127.0.0.1:${server.port}/?roomId=abc`);
    await becomes("uplinkOnly");
    const access = await room.getUplinkAccess();
    expect(access).toMatchObject({ value: { token: null, foreign: true } });
    expect(access.ok && access.value.url).toMatch(/\?roomId=abc&peerId=studio-[0-9a-f-]{36}$/);
    expect(
      await room.ask("sendChat", { requestId: RequestId.parse("r"), text: "你好" }),
    ).toMatchObject({
      ok: false,
    });
  });

  test("a connection that only seems to be one is doubted when media asks for access", async () => {
    const server = await startServer();
    const { room, becomes } = openRoom();
    room.choose(server.anchorLink);
    await becomes("connected");
    // Answered last: nothing else is on its way that would be a sign of life.
    await room.setProgramme("live");
    // As after a network that was gone: the socket looks open, and nothing comes back on it.
    server.answersPings = false;
    server.answers.set("createMediaToken", () => "silence");
    const access = room.getUplinkAccess();
    await waitUntil("a second connection", () => server.urls.length === 2);
    server.answersPings = true;
    server.answers.delete("createMediaToken");
    expect(await access).toMatchObject({ ok: true, value: { token: "media-token" } });
  });

  test("access is refused at once where the room has failed, and when the app ends", async () => {
    const { room } = openRoom();
    room.choose(null);
    const waiting = room.getUplinkAccess();
    await room.close();
    expect(await waiting).toMatchObject({ error: { code: "room.unreachable" } });
    room.setRehearsal({ error: { code: "media.worker_unavailable" } });
    expect(await room.getUplinkAccess()).toMatchObject({ error: { code: "room.unreachable" } });
  });

  test("tells the room of the show, again where the room has forgotten, and that it has ended", async () => {
    const server = await startServer();
    const { room, becomes } = openRoom();
    room.choose(server.anchorLink);
    await becomes("connected");
    expect(await room.setProgramme("live")).toEqual({ ok: true, value: {} });
    server.disconnectAll();
    await waitUntil("told again", () => programmesTold(server).length === 2);
    server.programme = "live";
    server.notify("programmeChanged", { programme: "live" });
    await waitUntil("live", () => JSON.stringify(room.state).includes('"programme":"live"'));
    await room.close();
    expect(programmesTold(server)).toEqual([
      { state: "live" },
      { state: "live" },
      { state: "ended" },
    ]);
  });

  test("shows what the audience's switch was set to", async () => {
    const server = await startServer();
    const { room, becomes } = openRoom();
    room.choose(server.anchorLink);
    await becomes("connected");
    expect(await room.setRehearsalAudience(true)).toEqual({ ok: true, value: {} });
    expect(room.state).toMatchObject({ info: { rehearsalAudience: true } });
  });
});
