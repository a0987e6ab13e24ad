import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import * as fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { Ledger } from "../../../main/ledger/ledger.ts";
import type { RecordEvent } from "../../../preload/contract/gift.ts";
import { ComboId } from "../../../preload/contract/ids.ts";
import { deletionEvent, followEvent, giftEvent, tipEvent } from "../../fakes/room-events.ts";
import { makeTemporaryDirectory } from "../../fakes/temporary-directory.ts";

const open: Ledger[] = [];
const openLedger = (path: string): Ledger => {
  const ledger = new Ledger(path);
  open.push(ledger);
  return ledger;
};
afterEach(() => {
  for (const ledger of open.splice(0)) ledger.close();
});
const newPath = () => join(makeTemporaryDirectory(), "ledger.sqlite");

/** Reads the file as it is, past the ledger. */
const query = (path: string, sql: string) => {
  const database = new DatabaseSync(path);
  try {
    return database.prepare(sql).all();
  } finally {
    database.close();
  }
};

describe("what is earned", () => {
  test("gifts count in coins, tips in fen, tests not at all", () => {
    const path = newPath();
    const ledger = openLedger(path);
    const recorded = ledger.record("room", [
      giftEvent(1, { count: 5 }),
      tipEvent(2, 880),
      followEvent(3),
      giftEvent(4, { count: 100, test: true }),
      tipEvent(5, 99, true),
      followEvent(6, true),
      giftEvent(7, { count: 0 }),
    ]);
    expect(recorded).toMatchObject({
      ok: true,
      value: { totals: { giftCoins: 15, giftCount: 5, tipFen: 880, follows: 1 } },
    });
    expect(
      query(path, "SELECT debit_account, credit_account, currency, amount FROM postings"),
    ).toEqual([
      { debit_account: "room:room", credit_account: "anchor", currency: "coins", amount: 15 },
      { debit_account: "room:room", credit_account: "anchor", currency: "fen", amount: 880 },
    ]);
  });

  test("how a room is governed is no business of the book, which only keeps its place", () => {
    const path = newPath();
    const ledger = openLedger(path);
    const deletion = deletionEvent(2, "message-1");
    const events = [giftEvent(1), deletion, giftEvent(3)];
    expect(ledger.record("room", events.slice(0, 2))).toMatchObject({
      ok: true,
      value: { events: [{ seq: 1 }, { seq: 2 }], totals: { giftCount: 1 } },
    });
    expect(ledger.cursor("room")).toEqual({ seq: 2, eventId: deletion.eventId });
    expect(ledger.record("room", events)).toMatchObject({
      ok: true,
      value: { events: [{ seq: 3 }], totals: { giftCount: 2 } },
    });
    expect(query(path, "SELECT seq FROM entries")).toEqual([{ seq: 1 }, { seq: 3 }]);
    expect(ledger.recent("room", 10).map(({ type }) => type)).toEqual(["gift", "gift"]);
    expect(ledger.record("room", [deletionEvent(5, "message-2")])).toMatchObject({
      error: { code: "request.invalid" },
    });
  });

  test("each room has its own totals, cursor and events", () => {
    const ledger = openLedger(newPath());
    ledger.record("a", [giftEvent(1), giftEvent(2)]);
    ledger.record("b", [giftEvent(1, { prefix: "other-", count: 7 })]);
    expect(ledger.totals("a").giftCount).toBe(2);
    expect(ledger.totals("b").giftCount).toBe(7);
    expect(ledger.totals("c").giftCount).toBe(0);
    expect(ledger.cursor("a")).toEqual({ seq: 2, eventId: "event-2" });
    expect(ledger.recent("a", 1).map((event) => event.seq)).toEqual([2]);
    expect(ledger.recent("a", 9).map((event) => event.seq)).toEqual([1, 2]);
  });
});

describe("exactly once", () => {
  test("a replay is no event, also beside new ones", () => {
    const ledger = openLedger(newPath());
    ledger.record("room", [giftEvent(1), giftEvent(2)]);
    const again = ledger.record("room", [giftEvent(2), giftEvent(3)]);
    expect(again.ok && again.value.events.map((event) => event.seq)).toEqual([3]);
    expect(ledger.totals("room").giftCount).toBe(3);
  });

  test("a room reached by a second link counts once", () => {
    const ledger = openLedger(newPath());
    ledger.record("127.0.0.1:4443/main", [giftEvent(1), giftEvent(2)]);
    const again = ledger.record("localhost:4443/main", [giftEvent(1), giftEvent(2), giftEvent(3)]);
    expect(again.ok && again.value.events.map((event) => event.seq)).toEqual([3]);
    expect(ledger.cursor("localhost:4443/main").seq).toBe(3);
  });

  test.each([
    ["a gap", [giftEvent(4)]],
    ["another event under a number that is taken", [giftEvent(2, { prefix: "other-" })]],
    ["an id that was another event", [tipEvent(1, 5)]],
    ["an id that was of another amount", [giftEvent(1, { count: 2 })]],
    ["an id that was no test", [giftEvent(1, { test: true })]],
    ["a gap after good ones", [giftEvent(3), giftEvent(5)]],
  ])("%s is refused as a whole", (_name, events: RecordEvent[]) => {
    const ledger = openLedger(newPath());
    ledger.record("room", [giftEvent(1), giftEvent(2)]);
    expect(ledger.record("room", events)).toMatchObject({
      ok: false,
      error: { code: "request.invalid" },
    });
    expect(ledger.cursor("room").seq).toBe(2);
    expect(ledger.recent("room", 10)).toHaveLength(2);
    expect(ledger.record("room", [giftEvent(3)]).ok).toBe(true);
  });

  test("a new epoch begins at 1 and adds to what was earned before", () => {
    const path = newPath();
    const ledger = openLedger(path);
    ledger.record("room", [giftEvent(1), giftEvent(2)]);
    expect(ledger.beginEpoch("room")).toEqual({ ok: true, value: { seq: 0, eventId: null } });
    ledger.close();
    const again = openLedger(path);
    expect(again.cursor("room").seq).toBe(0);
    expect(again.record("room", [giftEvent(1, { prefix: "new-" })]).ok).toBe(true);
    expect(again.totals("room").giftCount).toBe(3);
  });

  test("any order of groups, replays and restarts records each event once", () => {
    const step = fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({ back: fc.nat(6), ahead: fc.integer({ min: 1, max: 9 }) }),
      },
      { weight: 1, arbitrary: fc.constant("restart" as const) },
    );
    const kind = fc.record({
      type: fc.constantFrom("gift", "tip", "follow"),
      amount: fc.nat(1_000),
      test: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 1, maxLength: 15 }),
        fc.array(kind, { minLength: 1, maxLength: 60 }),
        (steps, kinds) => {
          const log = kinds.map(({ type, amount, test: isTest }, index) => {
            if (type === "gift") return giftEvent(index + 1, { count: amount, test: isTest });
            return type === "tip"
              ? tipEvent(index + 1, amount, isTest)
              : followEvent(index + 1, isTest);
          });
          const path = newPath();
          let ledger = new Ledger(path);
          for (const each of steps) {
            if (each === "restart") {
              ledger.close();
              ledger = new Ledger(path);
              continue;
            }
            const { seq } = ledger.cursor("room");
            const group = log.slice(Math.max(0, seq - each.back), seq + each.ahead);
            expect(ledger.record("room", group).ok).toBe(true);
          }
          const { seq } = ledger.cursor("room");
          const paid = log.slice(0, seq).filter((event) => !event.test);
          const sum = (read: (event: RecordEvent) => number) =>
            paid.reduce((total, event) => total + read(event), 0);
          expect(ledger.recent("room", 100)).toEqual(log.slice(0, seq));
          expect(ledger.totals("room")).toEqual({
            giftCoins: sum((event) => (event.type === "gift" ? event.totalCoins : 0)),
            giftCount: sum((event) => (event.type === "gift" ? event.count : 0)),
            tipFen: sum((event) => (event.type === "tip" ? event.amountFen : 0)),
            follows: sum((event) => (event.type === "follow" ? 1 : 0)),
          });
          const { giftCoins, tipFen } = ledger.totals("room");
          ledger.close();
          expect(
            query(
              path,
              "SELECT entry_id, sum(amount) FROM posting_legs GROUP BY entry_id, currency HAVING sum(amount) <> 0",
            ),
          ).toEqual([]);
          expect(
            query(
              path,
              "SELECT currency, sum(amount) AS amount FROM posting_legs WHERE account = 'anchor' GROUP BY currency ORDER BY currency",
            ),
          ).toEqual(
            [
              { currency: "coins", amount: giftCoins },
              { currency: "fen", amount: tipFen },
            ].filter(({ amount }) => amount > 0),
          );
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe("streaks", () => {
  /** A platform's streak as events of ours: what each adds, what it has come to, and a closing one that adds nothing. */
  const streakOf = (deltas: readonly number[]): RecordEvent[] => {
    let comboCount = 0;
    const grown = deltas.map((count, index) => {
      comboCount += count;
      return { ...giftEvent(index + 1, { count }), comboCount, final: false };
    });
    const closing = { ...giftEvent(deltas.length + 1, { count: 0 }), comboCount, final: true };
    return [...grown, closing].map((event) => ({ ...event, comboId: ComboId.parse("streak") }));
  };

  test("come to their last count, with or without the closing event, however they are replayed", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 30 }),
        fc.boolean(),
        fc.array(fc.record({ back: fc.nat(9), ahead: fc.integer({ min: 1, max: 9 }) }), {
          maxLength: 9,
        }),
        (deltas, closes, steps) => {
          const events = streakOf(deltas).slice(0, closes ? undefined : -1);
          const ledger = new Ledger(newPath());
          for (const { back, ahead } of [...steps, { back: 30, ahead: 31 }]) {
            const { seq } = ledger.cursor("room");
            const group = events.slice(Math.max(0, seq - back), seq + ahead);
            expect(ledger.record("room", group).ok).toBe(true);
          }
          const totals = ledger.totals("room");
          ledger.close();
          const last = events.at(-1);
          const count = last?.type === "gift" ? last.comboCount : 0;
          expect(totals).toMatchObject({ giftCount: count, giftCoins: 3 * count });
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe("the book", () => {
  test.each([
    "UPDATE postings SET amount = 1",
    "DELETE FROM postings",
    "UPDATE entries SET test = 1",
    "DELETE FROM entries",
    "INSERT INTO postings (entry_id, debit_account, credit_account, currency, amount) VALUES (1, 'a', 'b', 'coins', -5)",
    "INSERT INTO postings (entry_id, debit_account, credit_account, currency, amount) VALUES (99, 'a', 'b', 'coins', 5)",
  ])("refuses %s", (sql) => {
    const path = newPath();
    openLedger(path).record("room", [giftEvent(1)]);
    const database = new DatabaseSync(path);
    expect(() => database.exec(sql)).toThrow(/never|constraint/);
    database.close();
  });

  test("a locked file is told and loses nothing", () => {
    const path = newPath();
    const ledger = openLedger(path);
    const other = new DatabaseSync(path);
    other.exec("PRAGMA busy_timeout = 0; BEGIN IMMEDIATE");
    expect(ledger.record("room", [giftEvent(1)])).toMatchObject({
      ok: false,
      error: { code: "ledger.unavailable" },
    });
    expect(ledger.cursor("room").seq).toBe(0);
    other.exec("ROLLBACK");
    other.close();
    expect(ledger.record("room", [giftEvent(1)]).ok).toBe(true);
  });

  test("a file of a newer version is not touched", () => {
    const path = newPath();
    openLedger(path).close();
    const database = new DatabaseSync(path);
    database.exec("INSERT INTO migrations (name) VALUES ('2199-01-01-later')");
    database.close();
    expect(() => new Ledger(path)).toThrow("newer version");
  });

  test("a file that is no ledger is named, and left as it is", () => {
    const path = newPath();
    const text = "no database, whatever it is, and longer than the header of one would be".repeat(
      20,
    );
    writeFileSync(path, text);
    expect(() => new Ledger(path)).toThrow(`The ledger ${path} cannot be opened`);
    expect(readFileSync(path, "utf8")).toBe(text);
  });
});
