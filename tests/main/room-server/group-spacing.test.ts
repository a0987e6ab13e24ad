import type { DatabaseSync } from "node:sqlite";
import * as fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { GroupCommit } from "../../../main/room-server/group-commit.ts";
import { limits } from "../../../main/room-server/limits.ts";
import { createLog } from "../../../main/room-server/log.ts";
import { createLogStore } from "../../../main/room-server/log-store.ts";
import { openDatabase } from "../../../main/room-server/database.ts";
import { succeed } from "../../../preload/contract/result.ts";
import { makeTemporaryDirectory } from "../../fakes/temporary-directory.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** When each group was written, and when each piece of work had its answer. */
const openCommits = (db: DatabaseSync) => {
  const writtenMs: number[] = [];
  const commits = new GroupCommit({
    db,
    store: createLogStore(db),
    log: createLog("silent"),
    settled: () => writtenMs.push(performance.now()),
  });
  return { commits, writtenMs };
};

test("groups are apart, and nothing waits longer than that", async () => {
  const db = openDatabase(makeTemporaryDirectory());
  const gaps = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(gaps, async (gapsMs) => {
      const { commits, writtenMs } = openCommits(db);
      const waits: number[] = [];
      for (const gapMs of gapsMs) {
        await vi.advanceTimersByTimeAsync(gapMs);
        const fromMs = performance.now();
        void commits
          .submit(() => succeed(undefined))
          .then(() => waits.push(performance.now() - fromMs));
      }
      await vi.advanceTimersByTimeAsync(limits.commitIntervalMs + 1);
      expect(waits).toHaveLength(gapsMs.length);
      for (const waitMs of waits) expect(waitMs).toBeLessThanOrEqual(limits.commitIntervalMs + 1);
      const apartMs = writtenMs.slice(1).map((atMs, index) => atMs - (writtenMs[index] ?? 0));
      for (const betweenMs of apartMs)
        expect(betweenMs).toBeGreaterThanOrEqual(limits.commitIntervalMs - 1);
      commits.close();
    }),
    { numRuns: 50 },
  );
});

test("what comes after a rest is written at once, and so is a full group", async () => {
  const { commits, writtenMs } = openCommits(openDatabase(makeTemporaryDirectory()));
  await vi.advanceTimersByTimeAsync(1_000);
  const beganMs = performance.now();
  void commits.submit(() => succeed(undefined));
  await vi.advanceTimersByTimeAsync(0);
  expect(writtenMs).toEqual([beganMs]);

  const submit = () => void commits.submit(() => succeed(undefined));
  for (let count = 1; count < limits.commitAtOnce; count += 1) submit();
  await vi.advanceTimersByTimeAsync(1);
  expect(writtenMs).toHaveLength(1);
  submit();
  await vi.advanceTimersByTimeAsync(0);
  expect(writtenMs).toEqual([beganMs, beganMs + 1]);
  // The timer of those that were to wait does not write an empty group.
  await vi.advanceTimersByTimeAsync(2 * limits.commitIntervalMs);
  expect(writtenMs).toHaveLength(2);
  commits.close();
});

test("what waits is written when it closes", async () => {
  const { commits, writtenMs } = openCommits(openDatabase(makeTemporaryDirectory()));
  void commits.submit(() => succeed(undefined));
  await vi.advanceTimersByTimeAsync(0);
  const waiting = commits.submit(() => succeed("kept"));
  commits.close();
  expect(await waiting).toEqual(succeed("kept"));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(writtenMs).toHaveLength(2);
});
