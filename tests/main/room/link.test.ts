import { join } from "node:path";
import { pino } from "pino";
import { afterEach, describe, expect, test } from "vitest";
import { Ledger } from "../../../main/ledger/ledger.ts";
import { Intake } from "../../../main/room/intake.ts";
import { parseRoomLink } from "../../../main/room/link-address.ts";
import { type LinkState, RoomLink } from "../../../main/room/link.ts";
import type { ChatMessage } from "../../../preload/contract/chat.ts";
import { FakeRoomServer } from "../../fakes/fake-room-server.ts";
import { giftEvent } from "../../fakes/room-events.ts";
import { makeTemporaryDirectory } from "../../fakes/temporary-directory.ts";
import { waitUntil } from "../../fakes/wait-until.ts";

const backOff = { firstMs: 5, longestMs: 20 };
const log = pino({ level: "silent" });
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

const gifts = (from: number, to: number, prefix = "event-") =>
  Array.from({ length: to - from + 1 }, (_, index) => giftEvent(from + index, { prefix }));

const message = (chatSeq: number) => ({
  messageId: `m${chatSeq}`,
  roomId: "main",
  chatSeq,
  atMs: 1,
  sender: { viewerId: "v", nickname: "小明", role: "viewer" },
  text: `第${chatSeq}句`,
});

/** Of a version of the wire that is not ours. */
const unknownType: object = { type: "teleport" };

const startServer = async () => {
  const server = await FakeRoomServer.start();
  closers.push(() => server.close());
  return server;
};

const openLedger = () => {
  const ledger = new Ledger(join(makeTemporaryDirectory(), "ledger.sqlite"));
  closers.push(() => ledger.close());
  return ledger;
};

const openLink = (address: string, ledger: Ledger, silenceMs = 10_000) => {
  const parsed = parseRoomLink(address);
  if (!parsed.ok) throw new Error(parsed.error.code);
  const states: LinkState[] = [];
  const shown: number[] = [];
  const chat: ChatMessage[] = [];
  const intake = new Intake({
    ledger,
    roomKey: parsed.value.roomKey,
    backOff,
    random: () => 1,
    onRecorded: (events) => shown.push(...events.map((event) => event.seq)),
    onLedgerFailure: () => undefined,
    onContradiction: (error) => link.fail(error),
    setReading: (reading) => link.setReading(reading),
  });
  const link: RoomLink = new RoomLink({
    address: parsed.value,
    peerId: "anchor-events",
    ledger,
    intake,
    log,
    backOff,
    random: () => 1,
    times: { openMs: 2_000, requestMs: 500, silenceMs },
    onState: (state) => states.push(state),
    onChat: (messages) => chat.push(...messages),
    onChatDeleted: () => undefined,
    onChatRestored: () => undefined,
  });
  closers.push(async () => {
    intake.close();
    await link.close();
  });
  const status = () => states.at(-1)?.status;
  return { link, states, shown, chat, status, roomKey: parsed.value.roomKey };
};

const askedFor = (server: FakeRoomServer, method: string) =>
  server.asked.filter((request) => request.method === method).map(({ data }) => data);

describe("the record", () => {
  test("is resumed after what the ledger has, then followed", async () => {
    const server = await startServer();
    server.log = gifts(1, 20);
    const ledger = openLedger();
    ledger.record(`127.0.0.1:${server.port}/main`, gifts(1, 7));
    const { shown } = openLink(server.anchorLink, ledger);
    await waitUntil("the old ones", () => shown.length === 13);
    server.record(...gifts(21, 22));
    await waitUntil("the new ones", () => shown.length === 15);
    expect(shown[0]).toBe(8);
    expect(askedFor(server, "resume")).toEqual([{ afterSeq: 6 }]);
    expect(server.urls).toEqual(["/?roomId=main&peerId=anchor-events&token=secret-token"]);
  });

  test("a gap is asked for again", async () => {
    const server = await startServer();
    const { shown, status } = openLink(server.anchorLink, openLedger());
    await waitUntil("resumed", () => askedFor(server, "resume").length === 1);
    server.record(...gifts(1, 2));
    await waitUntil("the first", () => shown.length === 2);
    server.log = gifts(1, 9);
    server.notify("record", { events: gifts(8, 9) });
    await waitUntil("all", () => shown.length === 9);
    expect(askedFor(server, "resume")).toEqual([{ afterSeq: 0 }, { afterSeq: 2 }]);
    expect(status()).toBe("connected");
  });

  test("goes on after a lost connection without a loss or a repeat", async () => {
    const server = await startServer();
    const ledger = openLedger();
    const { shown, states, status } = openLink(server.anchorLink, ledger);
    await waitUntil("connected", () => status() === "connected");
    for (let round = 0; round < 5; round += 1) {
      server.record(...gifts(round * 10 + 1, round * 10 + 10));
      server.disconnectAll();
      await waitUntil("all of the round", () => shown.length === (round + 1) * 10);
    }
    expect(shown).toEqual(gifts(1, 50).map((event) => event.seq));
    expect(states.some((state) => state.status === "reconnecting" && state.attempt === 1)).toBe(
      true,
    );
    expect(ledger.totals(`127.0.0.1:${server.port}/main`).giftCount).toBe(50);
  });

  test.each([
    ["is shorter than what the ledger has", 3],
    ["has grown beyond it", 30],
  ])("a room begun anew whose record %s is read from its start", async (_name, length) => {
    const server = await startServer();
    const ledger = openLedger();
    const key = `127.0.0.1:${server.port}/main`;
    ledger.record(key, gifts(1, 10));
    server.log = gifts(1, length, "new-");
    const { shown } = openLink(server.anchorLink, ledger);
    await waitUntil("all of the new record", () => shown.length === length);
    expect(ledger.totals(key).giftCount).toBe(10 + length);
    expect(ledger.cursor(key)).toEqual({ seq: length, eventId: `new-${length}` });
  });

  test("an event that cannot be understood fails the room rather than being skipped", async () => {
    const server = await startServer();
    const ledger = openLedger();
    server.log = [...gifts(1, 4), { ...giftEvent(5), ...unknownType }, ...gifts(6, 9)];
    const { shown, states, status } = openLink(server.anchorLink, ledger);
    await waitUntil("failed", () => status() === "failed");
    expect(states.at(-1)).toMatchObject({ error: { code: "request.invalid" } });
    await waitUntil("what came before", () => shown.length === 4);
    expect(ledger.cursor(`127.0.0.1:${server.port}/main`).seq).toBe(4);
  });

  test("ten thousand in one go are all recorded, once", async () => {
    const server = await startServer();
    server.pace = { size: 1_000, pauseMs: 0 };
    server.log = gifts(1, 10_000);
    const ledger = openLedger();
    const { shown, roomKey } = openLink(server.anchorLink, ledger);
    await waitUntil("all", () => shown.length === 10_000);
    expect(ledger.totals(roomKey)).toMatchObject({ giftCount: 10_000, giftCoins: 30_000 });
  });
});

describe("the connection", () => {
  test("to a foreign room is given up when the room has shown that it is one", async () => {
    const server = await startServer();
    for (const answer of ["refuse", "silence"] as const) {
      server.answers.set("getRoomInfo", () =>
        answer === "silence" ? answer : { reason: 'unknown request.method "getRoomInfo"' },
      );
      const link = openLink(`ws://127.0.0.1:${server.port}/?roomId=abc`, openLedger());
      await waitUntil("uplinkOnly", () => link.status() === "uplinkOnly");
      await waitUntil("no connection", () => server.connections === 0);
    }
    expect(server.asked.some(({ method }) => method === "join")).toBe(false);
    expect(server.urls.every((url) => !url.includes("token"))).toBe(true);
  });

  test.each([
    [4001, "room.token_invalid"],
    [4002, "room.replaced"],
  ])("closed with %i has failed for good: %s", async (closeCode, code) => {
    const server = await startServer();
    const { states, status } = openLink(server.anchorLink, openLedger());
    await waitUntil("connected", () => status() === "connected");
    server.disconnectAll(closeCode);
    await waitUntil("failed", () => status() === "failed");
    expect(states.at(-1)).toMatchObject({ status: "failed", error: { code } });
  });

  test("as somebody who is not the anchor has failed", async () => {
    const server = await startServer();
    server.answers.set("getRoomInfo", () => ({ reason: "request.forbidden" }));
    const { states, status } = openLink(server.anchorLink, openLedger());
    await waitUntil("failed", () => status() === "failed");
    expect(states.at(-1)).toMatchObject({ error: { code: "room.token_invalid" } });
  });

  test("comes when the room comes", async () => {
    const server = await startServer();
    const { port, anchorLink } = server;
    await server.close();
    const { states, status } = openLink(anchorLink, openLedger());
    await waitUntil("a second try", () => states.length >= 2);
    expect(states.slice(0, 2)).toEqual([
      { status: "connecting", attempt: 1 },
      { status: "connecting", attempt: 2 },
    ]);
    const late = await FakeRoomServer.start(port);
    closers.push(() => late.close());
    await waitUntil("connected", () => status() === "connected");
  });

  test("that is silent is given up and made anew", async () => {
    const server = await startServer();
    server.answersPings = false;
    const { status, states } = openLink(server.anchorLink, openLedger(), 40);
    await waitUntil("a second connection", () => server.urls.length >= 2);
    server.answersPings = true;
    await waitUntil("connected", () => status() === "connected");
    expect(states.some((state) => state.status === "reconnecting")).toBe(true);
  });

  test("garbage on it is no end of main", async () => {
    const server = await startServer();
    const { status, states, shown } = openLink(server.anchorLink, openLedger());
    await waitUntil("connected", () => status() === "connected");
    server.notify("chat", { messages: [{ text: 5 }] });
    server.notify("audienceChanged", { viewers: -1 });
    server.notify("somethingNew", {});
    server.notify("audienceChanged", { viewers: 9 });
    await waitUntil("the audience", () =>
      states.some((state) => state.status === "connected" && state.info.viewers === 9),
    );
    server.sendText("{");
    await waitUntil("a second connection", () => server.urls.length === 2);
    await waitUntil("connected", () => status() === "connected");
    server.record(giftEvent(1));
    await waitUntil("a gift", () => shown.length === 1);
    expect(states.some((state) => state.status === "failed")).toBe(false);
  });

  test("asks for what is asked of it, and says when it cannot", async () => {
    const server = await startServer();
    const { link, status } = openLink(server.anchorLink, openLedger());
    expect(await link.request("createMediaToken", {})).toMatchObject({
      error: { code: "room.unreachable" },
    });
    await waitUntil("connected", () => status() === "connected");
    expect(await link.request("createMediaToken", {})).toMatchObject({
      ok: true,
      value: { token: "media-token" },
    });
    server.answers.set("createMediaToken", () => ({ data: { token: 7 } }));
    expect(await link.request("createMediaToken", {})).toMatchObject({
      error: { code: "request.failed" },
    });
    server.answers.set("createMediaToken", () => ({ reason: "request.too_many" }));
    expect(await link.request("createMediaToken", {})).toMatchObject({
      error: { code: "request.too_many" },
    });
    server.answers.set("createMediaToken", () => "silence");
    expect(await link.request("createMediaToken", {})).toMatchObject({
      error: { code: "request.timeout" },
    });
  });

  test("shows chat from the room's memory, then what is said, each once", async () => {
    const server = await startServer();
    server.answers.set("getChatHistory", () => {
      server.notify("chat", { messages: [message(2)] });
      return { data: { messages: [message(1), message(2)] } };
    });
    const { chat } = openLink(server.anchorLink, openLedger());
    await waitUntil("the history", () => chat.length === 2);
    server.notify("chat", { messages: [message(3)] });
    await waitUntil("what is said", () => chat.length === 3);
    expect(chat.map(({ chatSeq }) => chatSeq)).toEqual([1, 2, 3]);
  });
});
