import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { LiveWords, type WordSource } from "../../../main/room-server/live-words.ts";
import { createLog } from "../../../main/room-server/log.ts";

const createSource = (words: readonly string[]) => {
  let keys = [...words].toSorted();
  const source: WordSource = {
    get size(): number {
      return keys.length;
    },
    page: (afterKey) =>
      keys
        .filter((key) => key > afterKey)
        .slice(0, 1_000)
        .map((key) => ({ key, text: key, severity: "block" })),
  };
  return { source, set: (next: readonly string[]) => (keys = [...next].toSorted()) };
};

const many = Array.from({ length: 20_000 }, (_, index) => `词${index}号`);

test("a short list judges at once as it was changed", () => {
  const { source, set } = createSource(["一号"]);
  const live = new LiveWords(source, createLog("silent"));
  expect(live.judge("一号").severity).toBe("block");
  set(["二号"]);
  live.changed();
  expect(live.judge("一号").severity).toBeUndefined();
  expect(live.judge("二号").severity).toBe("block");
});

test("a long list is built beside other work; changes meanwhile are not lost", async () => {
  const { source, set } = createSource(["一号"]);
  const live = new LiveWords(source, createLog("silent"));
  set(many);
  live.changed();
  expect(live.judge("词19999号").severity).toBeUndefined();
  await setImmediate();
  set([...many, "最后一个"]);
  live.changed();
  let turns = 0;
  const ending = new AbortController();
  void live.settled().then(() => ending.abort());
  while (!ending.signal.aborted) {
    turns += 1;
    await setImmediate();
  }
  expect(turns).toBeGreaterThan(3);
  expect(live.judge("词19999号").severity).toBe("block");
  expect(live.judge("最后一个").severity).toBe("block");
  expect(live.judge("一号").severity).toBeUndefined();
});

test("closed, it builds no more", async () => {
  const { source, set } = createSource(["一号"]);
  const live = new LiveWords(source, createLog("silent"));
  set(many);
  live.changed();
  live.close();
  await live.settled();
  expect(live.judge("一号").severity).toBe("block");
});
