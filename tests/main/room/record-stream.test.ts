import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RecordStream } from "../../../main/room/record-stream.ts";
import { EventId, RoomId } from "../../../preload/contract/ids.ts";
import { giftEvent } from "../../fakes/room-events.ts";

const roomId = RoomId.parse("main");
const start = { seq: 0, eventId: null };
const after = (seq: number) => ({ seq, eventId: EventId.parse(`event-${seq}`) });
const events = (from: number, to: number) => ({
  events: Array.from({ length: to - from + 1 }, (_, index) => giftEvent(from + index)),
});
const seqs = (step: { accepted: readonly { seq: number }[] }) =>
  step.accepted.map(({ seq }) => seq);

describe("RecordStream", () => {
  test("takes what comes in order, once", () => {
    const stream = new RecordStream(roomId, start);
    expect(stream.resumeAfterSeq).toBe(0);
    expect(seqs(stream.take(events(1, 3)))).toEqual([1, 2, 3]);
    expect(seqs(stream.take(events(2, 5)))).toEqual([4, 5]);
  });

  test("a gap is asked for, and what comes after it is not taken", () => {
    const stream = new RecordStream(roomId, start);
    stream.take(events(1, 2));
    const step = stream.take(events(4, 5));
    expect(step).toEqual({ accepted: [], next: "resume", afterSeq: 2 });
    expect(seqs(stream.take(events(3, 5)))).toEqual([3, 4, 5]);
  });

  test("the last known event has to come once more, and is not taken twice", () => {
    const stream = new RecordStream(roomId, after(7));
    expect(stream.resumeAfterSeq).toBe(6);
    expect(stream.take(events(9, 9))).toMatchObject({ next: "resume", afterSeq: 6 });
    expect(seqs(stream.take(events(7, 9)))).toEqual([8, 9]);
  });

  test("another event under the known number is another record", () => {
    const stream = new RecordStream(roomId, after(2));
    const other = { events: [giftEvent(2, { prefix: "other-" }), giftEvent(3)] };
    expect(stream.take(other)).toEqual({ accepted: [], next: "newEpoch" });
  });

  test.each([
    ["no list", { events: "x" }],
    [
      "an unknown type",
      { events: [giftEvent(1), { ...giftEvent(2), type: "teleport" }, giftEvent(3)] },
    ],
    ["a broken amount", { events: [giftEvent(1), { ...giftEvent(2), totalCoins: -1 }] }],
    ["another room", { events: [giftEvent(1), { ...giftEvent(2), roomId: "other" }] }],
  ])("%s is broken, and nothing after it is taken", (_name, data) => {
    const stream = new RecordStream(roomId, start);
    const step = stream.take(data);
    expect(step.next).toBe("broken");
    expect(seqs(step).every((seq) => seq < 2)).toBe(true);
    expect(stream.take(events(3, 3))).toMatchObject({ accepted: [], next: "resume" });
  });

  test("however a log is cut, repeated and reordered, what is taken is the log in order", () => {
    const slice = fc.record({ from: fc.integer({ min: 1, max: 30 }), length: fc.nat(10) });
    fc.assert(
      fc.property(fc.nat(20), fc.array(slice, { maxLength: 30 }), (known, slices) => {
        const stream = new RecordStream(roomId, known ? after(known) : start);
        const taken: number[] = [];
        for (const { from, length } of slices)
          taken.push(...seqs(stream.take(events(from, Math.min(30, from + length)))));
        expect(taken).toEqual(taken.map((_, index) => known + 1 + index));
      }),
    );
  });
});
