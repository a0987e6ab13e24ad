import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { limits } from "../../../main/room-server/limits.ts";
import { roomRequests } from "../../../preload/contract/room-protocol.ts";
import { TestRoom } from "../../fakes/test-room.ts";

let room: TestRoom;
beforeAll(async () => {
  room = await TestRoom.open();
});
afterAll(() => room.close());

/** Frames that look the more like the wire the further down they are. */
const anyFrame = fc.oneof(
  fc.string({ maxLength: 200, unit: "binary" }),
  fc.json({ maxDepth: 3 }),
  fc
    .record(
      {
        request: fc.oneof(fc.constant(true), fc.jsonValue()),
        response: fc.boolean(),
        notification: fc.boolean(),
        id: fc.oneof(fc.nat(), fc.jsonValue()),
        ok: fc.boolean(),
        method: fc.oneof(fc.constantFrom(...Object.keys(roomRequests)), fc.string()),
        data: fc.jsonValue({ maxDepth: 2 }),
      },
      { requiredKeys: [] },
    )
    .map((value) => JSON.stringify(value)),
  fc
    .record({
      method: fc.constantFrom(...Object.keys(roomRequests)),
      data: fc.dictionary(
        fc.constantFrom(
          "transportId",
          "producerId",
          "consumerId",
          "rtpParameters",
          "rtpCapabilities",
          "requestId",
          "giftId",
          "count",
          "text",
          "displayName",
          "device",
          "dtlsParameters",
          "producing",
          "consuming",
          "kind",
          "limit",
          "afterSeq",
          "__proto__",
        ),
        fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.constantFrom("heart", 1, true, {})),
      ),
    })
    .map(({ method, data }) => JSON.stringify({ request: true, id: 1_000_000, method, data })),
);

describe("a connection", () => {
  test("law: whatever is sent, the room lives and answers others", async () => {
    const steady = await room.viewer();
    const cookie = await room.newCookie();
    let frames = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyFrame, { minLength: 20, maxLength: 60 }),
        fc.boolean(),
        async (texts, isAnchor) => {
          const hostile = isAnchor
            ? await room.connect({ peerId: "hostile-anchor", token: room.anchorToken })
            : await room.viewer(cookie, "hostile");
          hostile.socket.removeAllListeners("message");
          for (const text of texts) hostile.send(text);
          frames += texts.length;
          await hostile.close();
          expect((await steady.ask("getWallet", {})).ok).toBe(true);
        },
      ),
      { numRuns: 50 },
    );
    expect(frames).toBeGreaterThanOrEqual(1_000);
  });

  test("an unknown method is answered 404, an empty one and a notification are not", async () => {
    const viewer = await room.viewer();
    const result = await viewer.askRaw("toString", {});
    expect(result).toEqual({ ok: false, error: { code: "request.unknown", detail: "404" } });
    viewer.send('{"notification":true,"method":"chat","data":{}}');
    expect((await viewer.ask("getWallet", {})).ok).toBe(true);
  });

  test("twenty errors in a row end it, nineteen and a good request do not", async () => {
    const viewer = await room.viewer();
    const spoil = (times: number): void => {
      for (let time = 0; time < times; time += 1) viewer.send("{");
    };
    spoil(limits.errorsInRow - 1);
    await viewer.get("getWallet", {});
    spoil(limits.errorsInRow - 1);
    await viewer.get("getWallet", {});
    spoil(limits.errorsInRow);
    expect(await viewer.closed).toBe(4_004);
  });

  test("answers to what was never asked count as errors", async () => {
    const viewer = await room.viewer();
    for (let time = 0; time < limits.errorsInRow; time += 1)
      viewer.send('{"response":true,"id":1,"ok":true,"data":{}}');
    expect(await viewer.closed).toBe(4_004);
  });

  test("binary frames count as errors, and a frame too long ends it", async () => {
    const viewer = await room.viewer();
    for (let time = 0; time < limits.errorsInRow; time += 1) viewer.socket.send(Buffer.from("{}"));
    expect(await viewer.closed).toBe(4_004);
    const other = await room.viewer();
    other.send(JSON.stringify({ request: true, id: 1, method: "x".repeat(limits.frameBytes) }));
    expect(await other.closed).toBe(1_009);
  });

  test("too many requests at once are refused, and a flood ends it", async () => {
    const viewer = await room.viewer();
    const flood = await Promise.all(Array.from({ length: 100 }, () => viewer.ask("getWallet", {})));
    expect(flood.filter(({ ok }) => ok).length).toBeLessThanOrEqual(70);
    expect(flood.filter(({ ok }) => ok).length).toBeGreaterThanOrEqual(limits.outstandingRequests);
    expect(flood.at(-1)).toEqual({
      ok: false,
      error: { code: "request.too_many", detail: "429" },
    });
    for (let time = 0; time < 1_300; time += 1) void viewer.ask("getWallet", {});
    expect(await viewer.closed).toBe(4_004);
  });
});
