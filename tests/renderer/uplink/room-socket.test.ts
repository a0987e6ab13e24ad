import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { WebSocketServer, type WebSocket as ServerSocket } from "ws";
import { decodeRpc, encodeRpc, type RpcFrame } from "../../../preload/contract/rpc.ts";
import { RoomSocket } from "../../../renderer/uplink/room-socket.ts";

let server: WebSocketServer | undefined;
afterEach(() => {
  for (const client of server?.clients ?? []) client.terminate();
  server?.close();
});

/** A room that answers each frame as told. */
const openRoom = async (
  answer: (frame: RpcFrame, socket: ServerSocket) => void,
  greet: (socket: ServerSocket) => void = () => undefined,
): Promise<string> => {
  const room = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  server = room;
  room.on("connection", (socket) => {
    socket.on("message", (data) => {
      const frame = decodeRpc(String(data));
      if (frame) answer(frame, socket);
    });
    greet(socket);
  });
  await new Promise((resolve) => room.once("listening", resolve));
  return `ws://127.0.0.1:${(room.address() as AddressInfo).port}/`;
};

const connect = async (url: string): Promise<RoomSocket> => {
  const opened = await RoomSocket.open(url, new AbortController().signal);
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value;
};

test("an answer of the agreed shape is handed over", async () => {
  const url = await openRoom((frame, socket) => {
    if (frame.type === "request" && frame.method === "produce")
      socket.send(encodeRpc({ type: "success", id: frame.id, data: { id: "producer-1" } }));
  });
  const socket = await connect(url);
  const result = await socket.request("produce", {
    transportId: "t",
    kind: "audio",
    rtpParameters: {},
  });
  expect(result).toEqual({ ok: true, value: { id: "producer-1" } });
  socket.close();
});

test("an answer of another shape is a rejection", async () => {
  const url = await openRoom((frame, socket) => {
    if (frame.type === "request")
      socket.send(encodeRpc({ type: "success", id: frame.id, data: { id: 7 } }));
  });
  const socket = await connect(url);
  const result = await socket.request("produce", {
    transportId: "t",
    kind: "audio",
    rtpParameters: {},
  });
  expect(result).toMatchObject({ ok: false, error: { code: "uplink.rejected" } });
  socket.close();
});

test("a failure carries our code, or a foreign room's words", async () => {
  const reasons = ["request.forbidden", "Peer not yet joined"];
  const url = await openRoom((frame, socket) => {
    if (frame.type === "request")
      socket.send(
        encodeRpc({
          type: "failure",
          id: frame.id,
          errorCode: 403,
          errorReason: reasons.shift() ?? "",
        }),
      );
  });
  const socket = await connect(url);
  expect(await socket.request("getRouterRtpCapabilities", {})).toEqual({
    ok: false,
    error: { code: "request.forbidden" },
  });
  expect(await socket.request("getRouterRtpCapabilities", {})).toEqual({
    ok: false,
    error: { code: "uplink.rejected", detail: "Peer not yet joined" },
  });
  socket.close();
});

test("what a room offers to consume is declined", async () => {
  const declined = new Promise<RpcFrame>((resolve) => {
    void openRoom(
      (frame) => resolve(frame),
      (socket) =>
        socket.send(encodeRpc({ type: "request", id: 9, method: "newConsumer", data: {} })),
    ).then(connect);
  });
  expect(await declined).toMatchObject({ type: "failure", id: 9, errorCode: 403 });
});

test("a lost connection answers what is outstanding, and says why it ended", async () => {
  const url = await openRoom((_, socket) => socket.close(4002));
  const socket = await connect(url);
  const lost = new Promise((resolve) => {
    socket.onLost = resolve;
  });
  const result = await socket.request("getRouterRtpCapabilities", {});
  expect(result).toMatchObject({ ok: false, error: { code: "room.replaced" } });
  expect(await lost).toEqual({ code: "room.replaced" });
});

test("no room, and a room that is left before it answers, are failures", async () => {
  const url = await openRoom(() => undefined);
  server?.close();
  const refused = await RoomSocket.open(url.replace(/:\d+/u, ":1"), new AbortController().signal);
  expect(refused).toMatchObject({ ok: false, error: { code: "room.unreachable" } });
  const aborted = await RoomSocket.open(url, AbortSignal.abort());
  expect(aborted).toMatchObject({ ok: false, error: { code: "uplink.connection_lost" } });
});

test("more requests than the bound are refused at once", async () => {
  const url = await openRoom(() => undefined);
  const socket = await connect(url);
  const results = Array.from({ length: 33 }, () => socket.request("getRouterRtpCapabilities", {}));
  expect(await results[32]).toMatchObject({ ok: false, error: { code: "request.too_many" } });
  socket.close();
  expect(await results[0]).toMatchObject({ ok: false, error: { code: "uplink.connection_lost" } });
});
