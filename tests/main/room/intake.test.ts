import { afterEach, describe, expect, test } from "vitest";
import { Intake, intakeLimits } from "../../../main/room/intake.ts";
import { noTotals } from "../../../main/ledger/postings.ts";
import type { RecordEvent } from "../../../preload/contract/gift.ts";
import { type Failure, fail, succeed } from "../../../preload/contract/result.ts";
import { giftEvent } from "../../fakes/room-events.ts";
import { waitUntil } from "../../fakes/wait-until.ts";

const gifts = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => giftEvent(from + index));

const intakes: Intake[] = [];
afterEach(() => {
  for (const intake of intakes.splice(0)) intake.close();
});

/** An intake over a ledger that can be told to fail, with all that it says. */
const setUp = () => {
  const told = {
    groups: [] as number[],
    shown: [] as number[],
    failures: [] as (Failure | null)[],
    contradictions: [] as Failure[],
    reading: [] as boolean[],
  };
  const ledger = {
    failure: null as Failure | null,
    record(_roomKey: string, events: readonly RecordEvent[]) {
      if (ledger.failure) return fail(ledger.failure.code);
      told.groups.push(events.length);
      return succeed({ events, totals: noTotals });
    },
  };
  const intake = new Intake({
    ledger,
    roomKey: "room",
    backOff: { firstMs: 2, longestMs: 5 },
    random: () => 1,
    onRecorded: (events) => told.shown.push(...events.map((event) => event.seq)),
    onLedgerFailure: (error) => told.failures.push(error),
    onContradiction: (error) => told.contradictions.push(error),
    setReading: (reading) => told.reading.push(reading),
  });
  intakes.push(intake);
  return { told, ledger, intake };
};

describe("Intake", () => {
  test("what waits is recorded in groups and shown in order", async () => {
    const { told, intake } = setUp();
    intake.accept(gifts(1, 100));
    intake.accept(gifts(101, 600));
    expect(told.shown).toEqual([]);
    await waitUntil("all shown", () => told.shown.length === 600);
    expect(told.groups).toEqual([256, 256, 88]);
    expect(told.shown).toEqual(gifts(1, 600).map((event) => event.seq));
    expect(told.reading).toEqual([]);
  });

  test("too much stops the reading, which goes on when half is done; nothing is dropped", async () => {
    const { told, intake } = setUp();
    intake.accept(gifts(1, intakeLimits.pauseAbove));
    expect(told.reading).toEqual([]);
    intake.accept(gifts(intakeLimits.pauseAbove + 1, intakeLimits.pauseAbove + 900));
    expect(told.reading).toEqual([false]);
    await waitUntil("reading again", () => told.reading.length === 2);
    expect(told.reading).toEqual([false, true]);
    expect(intake.waiting).toBeLessThan(intakeLimits.resumeBelow);
    await waitUntil("all shown", () => told.shown.length === intakeLimits.pauseAbove + 900);
  });

  test("while the ledger cannot be written nothing is shown, it is told once, and later nothing is lost", async () => {
    const { told, ledger, intake } = setUp();
    ledger.failure = { code: "ledger.unavailable" };
    intake.accept(gifts(1, 3));
    await waitUntil("told", () => told.failures.length === 1);
    intake.accept(gifts(4, intakeLimits.pauseAbove + 10));
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(told.shown).toEqual([]);
    expect(told.failures).toEqual([{ code: "ledger.unavailable" }]);
    expect(told.reading).toEqual([false]);
    ledger.failure = null;
    await waitUntil("all shown", () => told.shown.length === intakeLimits.pauseAbove + 10);
    expect(told.shown[0]).toBe(1);
    expect(told.failures).toEqual([{ code: "ledger.unavailable" }, null]);
    expect(told.reading).toEqual([false, true]);
  });

  test("an intake that is closed while the ledger cannot be written takes the warning back, once", async () => {
    const { told, ledger, intake } = setUp();
    ledger.failure = { code: "ledger.unavailable" };
    intake.accept(gifts(1, 3));
    await waitUntil("told", () => told.failures.length === 1);
    intake.close();
    intake.close();
    expect(told.failures).toEqual([{ code: "ledger.unavailable" }, null]);
  });

  test("a contradiction is told, and nothing of it is shown or tried again", async () => {
    const { told, ledger, intake } = setUp();
    ledger.failure = { code: "request.invalid" };
    intake.accept(gifts(1, 300));
    await waitUntil("told", () => told.contradictions.length === 1);
    ledger.failure = null;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(told.shown).toEqual([]);
    expect(intake.waiting).toBe(0);
  });

  test("a closed intake records nothing more", async () => {
    const { told, intake } = setUp();
    intake.accept(gifts(1, 300));
    intake.close();
    intake.close();
    intake.accept(gifts(301, 310));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(told.groups).toEqual([]);
  });
});
