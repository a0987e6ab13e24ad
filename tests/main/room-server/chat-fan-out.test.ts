import { expect, test } from "vitest";
import { ChatFanOut } from "../../../main/room-server/chat-fan-out.ts";
import { limits } from "../../../main/room-server/limits.ts";
import { createManualClock } from "../../fakes/manual-clock.ts";

const open = (connectionCount: number) => {
  const clock = createManualClock();
  const sent: number[][] = [];
  const fanOut = new ChatFanOut(clock.clock, { connectionCount }, (lines) =>
    sent.push(lines.map(({ seq }) => seq)),
  );
  const say = (...seqs: number[]): void =>
    fanOut.publish(seqs.map((seq) => ({ seq, body: `{"seq":${seq}}` })));
  return { clock, sent, fanOut, say };
};

test("after a silence a message goes at once, what follows goes together", async () => {
  const { clock, sent, say } = open(2_000);
  say(1);
  expect(sent).toEqual([[1]]);
  say(2);
  say();
  say(3, 4);
  await clock.pass(49);
  expect(sent).toEqual([[1]]);
  await clock.pass(1);
  expect(sent).toEqual([[1], [2, 3, 4]]);
  await clock.pass(1_000);
  say(5);
  expect(sent).toEqual([[1], [2, 3, 4], [5]]);
});

test("a full frame does not wait, nor does what must come first", async () => {
  const { clock, sent, say, fanOut } = open(10_000);
  say(1);
  say(...Array.from({ length: limits.batch }, (_, index) => index + 2));
  expect(sent.map(({ length }) => length)).toEqual([1, limits.batch]);
  say(1_000);
  fanOut.flush();
  fanOut.flush();
  await clock.pass(1_000);
  expect(sent.slice(2)).toEqual([[1_000]]);
});

test("a small audience waits for nothing", () => {
  const { sent, say } = open(39);
  say(1);
  say(2);
  expect(sent).toEqual([[1], [2]]);
});
