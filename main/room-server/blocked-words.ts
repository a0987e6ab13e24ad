import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { BlockedWord, type WordSeverity } from "../../preload/contract/moderation.ts";
import { fail, succeed, type Result } from "../../preload/contract/result.ts";
import type { Handlers } from "./handlers.ts";
import { limits } from "./limits.ts";
import { LiveWords } from "./live-words.ts";
import type { Log } from "./log.ts";
import { moderate, type Decision } from "./moderate.ts";
import type { Room } from "./room.ts";

const WordRow = BlockedWord.extend({ word_key: z.string() });
const CountRow = z.object({ count: z.int().nonnegative() });
const pageLength = 1_000;

/** Two words that look alike (width, case) are one. */
const keyOf = (text: string): string => text.normalize("NFKC").toLowerCase();

/** Each once, the last of those that are one. */
const unique = <T>(values: readonly T[], word: (value: T) => string): Map<string, T> =>
  new Map(values.map((value) => [keyOf(word(value)), value]));

/** The room's list of words, and the filter over it. Writes belong into a transaction of `GroupCommit`. */
export const createBlockedWords = (db: DatabaseSync, log: Log) => {
  const selectPage = db.prepare(
    "SELECT word_key, word, severity FROM blocked_word WHERE word_key > ? ORDER BY word_key LIMIT ?",
  );
  const selectPageOf = db.prepare(
    "SELECT word_key, word, severity FROM blocked_word WHERE word_key > ? AND severity = ? ORDER BY word_key LIMIT ?",
  );
  const selectWord = db.prepare(
    "SELECT word_key, word, severity FROM blocked_word WHERE word_key = ?",
  );
  const upsertWord = db.prepare(
    `INSERT INTO blocked_word (word_key, word, severity) VALUES (?, ?, ?)
     ON CONFLICT (word_key) DO UPDATE SET word = excluded.word, severity = excluded.severity`,
  );
  const deleteWord = db.prepare("DELETE FROM blocked_word WHERE word_key = ?");
  const deleteAll = db.prepare("DELETE FROM blocked_word");
  const deleteOf = db.prepare("DELETE FROM blocked_word WHERE severity = ?");
  const countAll = db.prepare("SELECT count(*) AS count FROM blocked_word");
  const countOf = db.prepare("SELECT count(*) AS count FROM blocked_word WHERE severity = ?");

  const count = (severity: WordSeverity | null): number =>
    CountRow.parse(severity === null ? countAll.get() : countOf.get(severity)).count;
  const find = (key: string): BlockedWord | undefined => {
    const row = selectWord.get(key);
    if (!row) return undefined;
    const { word, severity } = WordRow.parse(row);
    return { word, severity };
  };

  const live = new LiveWords(
    {
      get size(): number {
        return count(null);
      },
      page: (afterKey) =>
        selectPage.all(afterKey, pageLength).map((row) => {
          const { word_key: key, word: text, severity } = WordRow.parse(row);
          return { key, text, severity };
        }),
    },
    log,
  );

  return {
    live,
    count,
    /** From the first after `after`. */
    list(after: string | null, limit: number, severity: WordSeverity | null): BlockedWord[] {
      const afterKey = after === null ? "" : keyOf(after);
      const rows =
        severity === null
          ? selectPage.all(afterKey, limit)
          : selectPageOf.all(afterKey, severity, limit);
      return rows.map((row) => {
        const { word, severity: of } = WordRow.parse(row);
        return { word, severity: of };
      });
    },
    /** What has to be taken out and put in, so that `add` are there as they are and `remove` are not. */
    difference(add: readonly BlockedWord[], remove: readonly string[]) {
      const added = new Map<string, BlockedWord>();
      const removed = new Map<string, BlockedWord>();
      for (const [key] of unique(remove, (word) => word)) {
        const known = find(key);
        if (known) removed.set(key, known);
      }
      for (const [key, word] of unique(add, (each) => each.word)) {
        const known = find(key);
        if (known?.severity === word.severity) {
          removed.delete(key);
          continue;
        }
        if (known) removed.set(key, known);
        added.set(key, word);
      }
      return { added: [...added.values()], removed: [...removed.values()] };
    },
    change(added: readonly BlockedWord[], removed: readonly BlockedWord[]): void {
      for (const { word } of removed) deleteWord.run(keyOf(word));
      for (const { word, severity } of added) upsertWord.run(keyOf(word), word, severity);
    },
    clear(severity: WordSeverity | null): void {
      if (severity === null) deleteAll.run();
      else deleteOf.run(severity);
    },
  };
};
export type BlockedWords = ReturnType<typeof createBlockedWords>;

/** The act of adding and removing words, where it changes anything. */
export const decideWords = (
  { blockedWords }: Room,
  add: readonly BlockedWord[],
  remove: readonly string[],
) => {
  const { added, removed } = blockedWords.difference(add, remove);
  if (!added.length && !removed.length) return fail("moderation.already_so");
  if (blockedWords.count(null) + added.length - removed.length > limits.blockedWords)
    return fail("request.too_large");
  return succeed({
    act: { kind: "changeBlockedWords" as const, added, removed },
    apply: () => blockedWords.change(added, removed),
    committed: () => blockedWords.live.changed(),
  });
};

const decideImport = (
  room: Room,
  words: readonly string[],
  severity: WordSeverity,
): Result<Decision> => {
  const change = decideWords(
    room,
    words.map((word) => ({ word, severity })),
    [],
  );
  if (!change.ok) return change;
  const { added, removed } = change.value.act;
  return succeed({
    ...change.value,
    act: {
      kind: "importBlockedWords",
      severity,
      added: added.length - removed.length,
      changed: removed.length,
    },
  });
};

export const blockedWordHandlers = {
  changeBlockedWords: {
    action: "words.change",
    handle: (room, connection, data) =>
      moderate(room, connection, "changeBlockedWords", data, () =>
        decideWords(room, data.add, data.remove),
      ),
  },

  importBlockedWords: {
    action: "words.change",
    handle: (room, connection, data) =>
      moderate(room, connection, "importBlockedWords", data, () =>
        decideImport(room, data.words, data.severity),
      ),
  },

  clearBlockedWords: {
    action: "words.change",
    handle: (room, connection, data) =>
      moderate(room, connection, "clearBlockedWords", data, () => {
        const { blockedWords } = room;
        const { severity } = data;
        const removed = blockedWords.count(severity);
        if (removed === 0) return fail("moderation.already_so");
        return succeed({
          act: { kind: "clearBlockedWords" as const, severity, removed },
          apply: () => blockedWords.clear(severity),
          committed: () => blockedWords.live.changed(),
        });
      }),
  },

  getBlockedWords: {
    action: "words.change",
    handle: (room, _connection, { after, limit, severity }) =>
      succeed({
        words: room.blockedWords.list(after, limit, severity),
        total: room.blockedWords.count(severity),
      }),
  },
} satisfies Handlers<
  "changeBlockedWords" | "importBlockedWords" | "clearBlockedWords" | "getBlockedWords"
>;
