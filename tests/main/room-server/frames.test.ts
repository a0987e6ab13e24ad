import { on, once } from "node:events";
import { createServer } from "node:http";
import { WebSocket, WebSocketServer } from "ws";
import { expect, test } from "vitest";
import { chatFrames, recordFrames } from "../../../main/room-server/frames.ts";
import { limits } from "../../../main/room-server/limits.ts";

const line = (seq: number, length: number) => ({ seq, body: JSON.stringify("x".repeat(length)) });

test("frames of every length are read as they were meant", async () => {
  // Around the lengths at which the header grows (126 and 65,536 bytes with the envelope).
  const lengths = [1, ...Array.from({ length: 80 }, (_, index) => index + 30), 65_400, 70_000];
  for (let length = 65_440; length < 65_500; length += 1) lengths.push(length);
  const frames = lengths.flatMap((length) => chatFrames([line(7, length)]));
  const server = createServer();
  const sockets = new WebSocketServer({ noServer: true });
  server.on("upgrade", (request, socket, head) =>
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.send("one of its own");
      for (const { wire } of frames) socket.write(wire);
      webSocket.send("another");
    }),
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (!address || typeof address === "string") throw new Error("no port");
  const client = new WebSocket(`ws://127.0.0.1:${address.port}`);
  const texts: string[] = [];
  for await (const [data, isBinary] of on(client, "message") as AsyncIterable<[Buffer, boolean]>) {
    expect(isBinary).toBe(false);
    texts.push(data.toString());
    if (texts.at(-1) === "another") break;
  }
  expect(texts.slice(1, -1)).toEqual(frames.map(({ bytes }) => bytes.toString()));
  expect(JSON.parse(texts[1] ?? "")).toEqual({
    notification: true,
    method: "chat",
    data: { messages: ["x"] },
  });
  client.terminate();
  sockets.close();
  server.close();
});

test("a frame holds so many lines at most, and says which", () => {
  const lines = Array.from({ length: limits.batch + 2 }, (_, index) => line(index + 5, 1));
  expect(recordFrames(lines).map(({ firstSeq, lastSeq }) => [firstSeq, lastSeq])).toEqual([
    [5, limits.batch + 4],
    [limits.batch + 5, limits.batch + 6],
  ]);
  expect(chatFrames([])).toEqual([]);
});
