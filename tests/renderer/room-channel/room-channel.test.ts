import { createServer } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Failure, succeed } from "../../../preload/contract/result.ts";
import { roomCloseCodes } from "../../../preload/contract/room-protocol.ts";
import { RoomChannel } from "../../../renderer/room-channel/room-channel.ts";
import { FakeRoomServer } from "../../fakes/fake-room-server.ts";
import { waitUntil } from "../../fakes/wait-until.ts";

let room: FakeRoomServer;
let ends: Failure[];
const channels: RoomChannel[] = [];

beforeEach(async () => {
  room = await FakeRoomServer.start();
  ends = [];
});
afterEach(async () => {
  for (const channel of channels.splice(0)) channel.close();
  await room.close();
});

type Listener = Partial<ConstructorParameters<typeof RoomChannel>[1]>;
type Times = ConstructorParameters<typeof RoomChannel>[2];
const unhurried = { openMs: 20_000, answerMs: 20_000, silenceMs: 20_000 };

const openAt = (url: string, listener: Listener = {}, times: Times = unhurried): RoomChannel => {
  const onEnd = (failure: Failure): void => void ends.push(failure);
  const channel = new RoomChannel(url, { onEnd, ...listener }, times);
  channels.push(channel);
  return channel;
};

const enter = async (listener?: Listener, times?: Times): Promise<RoomChannel> => {
  const channel = openAt(`ws://127.0.0.1:${room.port}/`, listener, times);
  expect(await channel.opened).toEqual({ ok: true, value: null });
  return channel;
};

const ended = () => waitUntil("the end", () => ends.length > 0);
const wanted = { transportId: "t", kind: "audio", rtpParameters: {} } as const;

test("an answer of the agreed shape is handed over, one of another shape is a failure", async () => {
  const channel = await enter();
  room.answers.set("produce", () => ({ data: { id: "producer-1" } }));
  expect(await channel.ask("produce", wanted)).toEqual({ ok: true, value: { id: "producer-1" } });
  room.answers.set("produce", () => ({ data: { id: 7 } }));
  expect(await channel.ask("produce", wanted)).toMatchObject({
    ok: false,
    error: { code: "request.failed" },
  });
});

test("a failure carries our code, or a foreign room's words", async () => {
  const channel = await enter();
  room.answers.set("produce", () => ({ reason: "request.forbidden" }));
  expect(await channel.ask("produce", wanted)).toEqual({
    ok: false,
    error: { code: "request.forbidden" },
  });
  room.answers.set("produce", () => ({ reason: "Peer not yet joined" }));
  expect(await channel.ask("produce", wanted)).toEqual({
    ok: false,
    error: { code: "request.failed", detail: "Peer not yet joined" },
  });
});

test("the room's requests are answered, or declined where nobody takes them", async () => {
  await enter();
  room.request(9, "newConsumer", {});
  await waitUntil("the refusal", () => room.replies.length === 1);
  expect(room.replies[0]).toMatchObject({ type: "failure", id: 9, errorReason: "request.unknown" });
  room.disconnectAll();
  await ended();

  const asked: unknown[] = [];
  await enter({
    onRequest: (method, data) => {
      asked.push([method, data]);
      return Promise.resolve(succeed({ taken: true }));
    },
  });
  room.request(10, "newConsumer", { id: "c" });
  await waitUntil("the answer", () => room.replies.length === 2);
  expect(room.replies[1]).toEqual({ type: "success", id: 10, data: { taken: true } });
  expect(asked).toEqual([["newConsumer", { id: "c" }]]);
});

test("notifications come in order, and what is not of the wire is left out", async () => {
  const heard: unknown[] = [];
  await enter({ onNotification: (method, data) => void heard.push([method, data]) });
  room.notify("chat", { n: 1 });
  room.sendText("no frame");
  room.notify("record", { n: 2 });
  await waitUntil("both", () => heard.length === 2);
  expect(heard).toEqual([
    ["chat", { n: 1 }],
    ["record", { n: 2 }],
  ]);
});

test("an end leaves requests without an answer, and says once why it came", async () => {
  room.answers.set("produce", () => "silence");
  const channel = await enter();
  const asked = channel.ask("produce", wanted);
  room.disconnectAll(roomCloseCodes.replaced);
  expect(await asked).toEqual({ ok: false, error: { code: "room.unreachable" } });
  expect(channel.failure).toEqual({ code: "room.replaced" });
  channel.close();
  expect(ends).toEqual([{ code: "room.replaced" }]);
  expect(await channel.ask("produce", wanted)).toMatchObject({
    error: { code: "room.unreachable" },
  });
});

test("why the room refuses is known as soon as a request has failed", async () => {
  room.refusal = roomCloseCodes.tokenInvalid;
  const channel = await enter();
  expect((await channel.ask("getRouterRtpCapabilities", {})).ok).toBe(false);
  expect(channel.failure).toEqual({ code: "room.token_invalid" });
});

test("closing settles everything and tells nobody", async () => {
  room.answers.set("produce", () => "silence");
  const channel = await enter();
  const asked = channel.ask("produce", wanted);
  channel.close();
  expect(await asked).toMatchObject({ error: { code: "room.unreachable" } });
  const early = openAt(`ws://127.0.0.1:${room.port}/`);
  expect(await early.ask("produce", wanted)).toMatchObject({ error: { code: "room.unreachable" } });
  early.close();
  expect(await early.opened).toMatchObject({ error: { code: "room.unreachable" } });
  await waitUntil("both are gone", () => room.connections === 0);
  expect(ends).toEqual([]);
});

test("where there is no room it never opens", async () => {
  const { port } = room;
  await room.close();
  const channel = openAt(`ws://127.0.0.1:${port}/`);
  expect(await channel.opened).toMatchObject({ error: { code: "room.unreachable" } });
  expect(ends).toHaveLength(1);
});

test("a server that never answers is given up", async () => {
  const mute = createServer();
  await new Promise<void>((resolve) => mute.listen(0, "127.0.0.1", resolve));
  const address = mute.address();
  if (!address || typeof address === "string") throw new Error("not listening");
  const channel = openAt(`ws://127.0.0.1:${address.port}/`, {}, { ...unhurried, openMs: 50 });
  expect(await channel.opened).toMatchObject({ error: { code: "room.unreachable" } });
  mute.close();
});

test("more requests than the bound are refused at once", async () => {
  room.answers.set("produce", () => "silence");
  const channel = await enter();
  const asked = Array.from({ length: 32 }, () => channel.ask("produce", wanted));
  expect(await channel.ask("produce", wanted)).toMatchObject({
    error: { code: "request.too_many" },
  });
  channel.close();
  expect((await Promise.all(asked)).every(({ ok }) => !ok)).toBe(true);
  expect(room.asked.length).toBeLessThanOrEqual(32);
});

test("a request without an answer times out, and makes room for another", async () => {
  room.answers.set("produce", () => "silence");
  const channel = await enter({}, { ...unhurried, answerMs: 30 });
  const asked = await Promise.all(Array.from({ length: 32 }, () => channel.ask("produce", wanted)));
  expect(asked.map((result) => result.ok || result.error.code)).toEqual(
    Array.from({ length: 32 }, () => "request.timeout"),
  );
  room.answers.set("produce", () => ({ data: { id: "p" } }));
  expect(await channel.ask("produce", wanted)).toMatchObject({ ok: true });
});

test("in silence the room is asked, and any answer, also a refusal, is a sign of life", async () => {
  room.answers.set("getRouterRtpCapabilities", () => ({ reason: "unknown request.method" }));
  const channel = await enter({}, { ...unhurried, silenceMs: 10 });
  await waitUntil("several questions", () => room.asked.length >= 3);
  expect(channel.failure).toBeUndefined();
});

test("a network that went dead is noticed, also with as many requests waiting as there may be", async () => {
  room.answers.set("getRouterRtpCapabilities", () => "silence");
  room.answers.set("produce", () => "silence");
  const times = { ...unhurried, silenceMs: 20, answerMs: 100 };
  await enter({}, times);
  await ended();
  const busy = await enter({}, times);
  const asked = Array.from({ length: 32 }, () => busy.ask("produce", wanted));
  await waitUntil("the end of the busy one", () => ends.length === 2);
  await Promise.all(asked);
  expect(ends.map(({ code }) => code)).toEqual(["room.unreachable", "room.unreachable"]);
});
