import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { BlockedWord } from "../../preload/contract/moderation.ts";
import { fail, succeed } from "../../preload/contract/result.ts";
import type { Handlers } from "./handlers.ts";
import { limits } from "./limits.ts";
import { moderate } from "./moderate.ts";
import type { Room } from "./room.ts";

const WordRow = z.object({ word_key: z.string(), word: BlockedWord.shape.word });

/** Two words that look alike (width, case) are one. */
const keyOf = (text: string): string => text.normalize("NFKC").toLowerCase();

/** The words that nobody but anchor and moderators may say. Writes belong into a transaction of `GroupCommit`. */
export const createBlockedWords = (db: DatabaseSync) => {
  const selectWords = db.prepare("SELECT word_key, word FROM blocked_word ORDER BY word_key");
  const insertWord = db.prepare("INSERT INTO blocked_word (word_key, word) VALUES (?, ?)");
  const deleteWord = db.prepare("DELETE FROM blocked_word WHERE word_key = ?");
  /** By key, in its order. */
  const read = (): Map<string, BlockedWord> =>
    new Map(
      selectWords
        .all()
        .map((row) => WordRow.parse(row))
        .map(({ word_key, word }) => [word_key, { word }]),
    );
  let words = read();
  return {
    get size(): number {
      return words.size;
    },
    isIn(text: string): boolean {
      const key = keyOf(text);
      for (const word of words.keys()) if (key.includes(word)) return true;
      return false;
    },
    /** From the first after `after`. */
    list: (after: string | null, limit: number): BlockedWord[] => {
      const afterKey = after === null ? "" : keyOf(after);
      return [...words]
        .filter(([key]) => key > afterKey)
        .slice(0, limit)
        .map(([, word]) => word);
    },
    /** Those of `candidates` that are not there yet, each once. */
    missing: (candidates: readonly BlockedWord[]): BlockedWord[] => [
      ...new Map(
        candidates
          .map((each) => [keyOf(each.word), each] as const)
          .filter(([key]) => !words.has(key)),
      ).values(),
    ],
    /** Those of `candidates` that are there, each once. */
    present: (candidates: readonly string[]): BlockedWord[] =>
      [...new Set(candidates.map(keyOf))].flatMap((key) => words.get(key) ?? []),
    change(added: readonly BlockedWord[], removed: readonly BlockedWord[]): void {
      for (const { word } of removed) deleteWord.run(keyOf(word));
      for (const { word } of added) insertWord.run(keyOf(word), word);
    },
    /** What was changed has been committed. */
    reload(): void {
      words = read();
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
  const added = blockedWords.missing(add);
  const removed = blockedWords.present(remove);
  if (!added.length && !removed.length) return fail("moderation.already_so");
  if (blockedWords.size + added.length > limits.blockedWords) return fail("request.too_large");
  return succeed({
    act: { kind: "changeBlockedWords" as const, added, removed },
    apply: () => blockedWords.change(added, removed),
    committed: () => blockedWords.reload(),
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

  getBlockedWords: {
    action: "words.change",
    handle: (room, _connection, { after, limit }) =>
      succeed({
        words: room.blockedWords.list(after, limit),
        total: room.blockedWords.size,
      }),
  },
} satisfies Handlers<"changeBlockedWords" | "getBlockedWords">;
