import { WordSeverity } from "../../../preload/contract/moderation.ts";
import { buildAutomaton } from "./automaton.ts";
import { classes } from "./character-fold.ts";
import { readMessage, readWord, type Reading } from "./reading.ts";

/** The strongest first; what lies within an allowed word is no find. */
const wordSeverities = WordSeverity.options;
export type BadSeverity = Exclude<WordSeverity, "allow">;

export interface FilterWord {
  /** As the moderator wrote it. A word of Latin letters and digits fits whole words only, unless a `*` before or after it says more. */
  readonly text: string;
  readonly severity: WordSeverity;
}

export interface WordVerdict {
  /** The strongest of what was found. */
  readonly severity: BadSeverity | undefined;
  /** Words of the list that were found, the strongest first, at most `mostNamed`. */
  readonly words: readonly string[];
  /** The text with one star for each character in a find of severity `star`. */
  readonly text: string;
  /** Counted as in `Automaton.scan`; at most a multiple of the text's length. */
  readonly steps: number;
}

export interface WordFilter {
  readonly words: number;
  /** Of the typed arrays. */
  readonly bytes: number;
  judge(text: string): WordVerdict;
}

const mostNamed = 5;
/** Longer words are cut here: the automaton's finds for one place in a text are at most this many. */
export const mostSymbols = 64;

/** What a pattern is, as bits beside its severity. */
const bits = { plain: 4, skeleton: 8, latin: 16, openBefore: 32, openAfter: 64 } as const;
const severityOf = (flags: number): number => flags & 3;

interface Place {
  readonly start: number;
  readonly end: number;
}
interface Find extends Place {
  readonly severity: BadSeverity;
  readonly word: number;
  readonly reading: Reading;
  readonly from: number;
  readonly to: number;
}

const between = (counts: readonly number[], from: number, to: number): number =>
  (counts[to] ?? 0) - (counts[from] ?? 0);

const isLatin = (kind: number | undefined): boolean =>
  kind === classes.letter || kind === classes.digit;
/** Letters and digits end at each other: `shit666`. A sign like `$` inside a word counts as a letter. */
const isDigit = (kind: number | undefined): boolean => kind === classes.digit;

const endsWord = ({ gaps, kinds }: Reading, before: number, after: number): boolean =>
  gaps[after] !== 0 ||
  !isLatin(kinds[before]) ||
  !isLatin(kinds[after]) ||
  isDigit(kinds[before]) !== isDigit(kinds[after]);

/** Whether the symbols `from` to `to` - 1 are the word that the automaton takes them for, and not parts of others. */
const isWord = (reading: Reading, flags: number, from: number, to: number): boolean => {
  const { codes, gapCounts, pauseCounts } = reading;
  const gaps = between(gapCounts, from + 1, to);
  const pauses = between(pauseCounts, from + 1, to);
  const isFirst = from === 0;
  const isLast = to === codes.length;
  if (flags & bits.latin) {
    const begins = isFirst || endsWord(reading, from - 1, from);
    const ends = isLast || endsWord(reading, to - 1, to);
    // Spelled out (`s h i t`), not the end of one word and the beginning of another (`push it`).
    if (pauses > 0 && gaps < to - from - 1) return false;
    const isOpen = gaps === 0;
    return (
      (begins || (isOpen && (flags & bits.openBefore) !== 0)) &&
      (ends || (isOpen && (flags & bits.openAfter) !== 0))
    );
  }
  // Chinese has no word ends; what reaches over a pause must at least begin or end at one.
  return pauses === 0 || isFirst || isLast || reading.gaps[from] !== 0 || reading.gaps[to] !== 0;
};

/** A find without the disguises counts only where there was one, also `1夜情` for `一夜情`. */
const isDisguised = ({ marks, digits, signs }: Reading, from: number, to: number): boolean =>
  between(marks, from, to) > 0 || (between(digits, from, to) > 0 && between(signs, from, to) > 0);

const graphemes = new Intl.Segmenter();
const unseen = /[\p{Cf}\p{Cc}\p{Default_Ignorable_Code_Point}]/gu;
const countCharacters = (text: string): number =>
  Math.max(1, Array.from(graphemes.segment(text.replace(unseen, ""))).length);
/** Vowel signs and the like, which would stand on the star. */
const marksAfter = /\p{M}*/uy;

const starOut = (text: string, finds: readonly Find[]): string => {
  const covered = new Map<number, number>();
  for (const { reading, from, to } of finds)
    for (let index = from; index < to; index += 1) {
      const start = reading.starts[index] ?? 0;
      covered.set(start, Math.max(covered.get(start) ?? 0, reading.ends[index] ?? 0));
    }
  let starred = "";
  let at = 0;
  for (const [start, end] of [...covered].toSorted(([one], [other]) => one - other)) {
    if (end <= at) continue;
    const first = Math.max(at, start);
    starred += text.slice(at, first) + "*".repeat(countCharacters(text.slice(first, end)));
    marksAfter.lastIndex = end;
    at = end + (marksAfter.exec(text)?.[0].length ?? 0);
  }
  return starred + text.slice(at);
};

/** Finds that lie in none of `places`. */
const outside = (finds: readonly Find[], places: readonly Place[]): readonly Find[] => {
  if (!places.length) return finds;
  const sorted = [
    ...finds.map((find) => ({ ...find, find })),
    ...places.map((place) => ({ ...place, find: undefined })),
  ].toSorted(
    (one, other) =>
      one.start - other.start || Number(one.find !== undefined) - Number(other.find !== undefined),
  );
  let reach = 0;
  return sorted.flatMap(({ end, find }) => {
    if (find) return end <= reach ? [] : [find];
    reach = Math.max(reach, end);
    return [];
  });
};

/** The word without its stars at the ends, and what they say. */
const parseWord = (text: string) => {
  const bare = text.replace(/^[*＊\s]+/, "").replace(/[*＊\s]+$/, "");
  return {
    bare,
    before: /^\s*[*＊]/.test(text) ? bits.openBefore : 0,
    after: /[*＊]\s*$/.test(text) ? bits.openAfter : 0,
  };
};

/** Whether the filter has anything to compare: a word of punctuation or emoji alone has not. */
export const isComparable = (word: string): boolean =>
  readWord(parseWord(word).bare).plain.codes.length > 0;

/**
 * Takes work off in pieces (a yield after each); words that are not comparable are passed over. Of words that the filter
 * cannot tell apart the strongest counts.
 */
export function* buildWordFilter(words: readonly FilterWord[]): Generator<void, WordFilter, void> {
  let symbols = new Int32Array(1_024);
  let length = 0;
  const offsets = [0];
  const flagsOf: number[] = [];
  const wordOf: number[] = [];
  const known = new Map<string, number>();
  const add = (word: number, codes: readonly number[], flags: number): void => {
    const key = `${String.fromCodePoint(...codes)} ${flags & ~3}`;
    const isAllowed = severityOf(flags) === 3;
    const same = known.get(isAllowed ? `${key} allow` : key);
    if (same !== undefined) {
      if (severityOf(flags) >= severityOf(flagsOf[same] ?? 0)) return;
      flagsOf[same] = flags;
      wordOf[same] = word;
      return;
    }
    known.set(isAllowed ? `${key} allow` : key, flagsOf.length);
    flagsOf.push(flags);
    wordOf.push(word);
    if (length + codes.length > symbols.length) {
      const larger = new Int32Array((length + codes.length) * 2);
      larger.set(symbols);
      symbols = larger;
    }
    symbols.set(codes, length);
    length += codes.length;
    offsets.push(length);
  };

  for (const [index, { text, severity }] of words.entries()) {
    const { bare, before, after } = parseWord(text);
    const { plain, skeleton } = readWord(bare);
    const codes = plain.codes.slice(0, mostSymbols);
    if (!codes.length) continue;
    const latin = plain.kinds.every(isLatin) ? bits.latin | before | after : 0;
    const flags = wordSeverities.indexOf(severity) | latin;
    const skeletonCodes = skeleton.codes.slice(0, mostSymbols);
    if (codes.join() === skeletonCodes.join())
      add(index, codes, flags | bits.plain | bits.skeleton);
    else {
      add(index, codes, flags | bits.plain);
      add(index, skeletonCodes, flags | bits.skeleton);
    }
    if (index % 256 === 255) yield;
  }
  known.clear();
  const automaton = yield* buildAutomaton({
    codes: symbols.subarray(0, length),
    offsets: Int32Array.from(offsets),
  });
  const flagsOfPattern = Uint8Array.from(flagsOf);
  const wordOfPattern = Int32Array.from(wordOf);
  const offsetsOfPatterns = Int32Array.from(offsets);
  const allow = wordSeverities.indexOf("allow");

  const findIn = (reading: Reading, kind: number, finds: Find[], allowed: Place[]): number =>
    automaton.scan(reading.codes, (pattern, to) => {
      const flags = flagsOfPattern[pattern] ?? 0;
      if ((flags & kind) === 0) return;
      const from = to - (offsetsOfPatterns[pattern + 1] ?? 0) + (offsetsOfPatterns[pattern] ?? 0);
      if (kind === bits.skeleton && !isDisguised(reading, from, to)) return;
      if (!isWord(reading, flags, from, to)) return;
      const start = reading.starts[from] ?? 0;
      const end = reading.ends[to - 1] ?? 0;
      if (severityOf(flags) === allow) allowed.push({ start, end });
      else
        finds.push({
          start,
          end,
          severity: wordSeverities[severityOf(flags)] as BadSeverity,
          word: wordOfPattern[pattern] ?? 0,
          reading,
          from,
          to,
        });
    });

  return {
    words: words.length,
    bytes:
      automaton.bytes +
      flagsOfPattern.byteLength +
      wordOfPattern.byteLength +
      offsetsOfPatterns.byteLength,
    judge(text) {
      const { plain, skeletons } = readMessage(text);
      const all: Find[] = [];
      const allowed: Place[] = [];
      let steps = findIn(plain, bits.plain, all, allowed);
      for (const reading of skeletons) steps += findIn(reading, bits.skeleton, all, allowed);
      const finds = outside(all, allowed);
      if (!finds.length) return { severity: undefined, words: [], text, steps };
      const strongest = finds.toSorted(
        (one, other) =>
          wordSeverities.indexOf(one.severity) - wordSeverities.indexOf(other.severity),
      );
      const named = new Set(strongest.map(({ word }) => words[word]?.text ?? ""));
      return {
        severity: strongest[0]?.severity,
        words: [...named].slice(0, mostNamed),
        text: starOut(
          text,
          finds.filter(({ severity }) => severity === "star"),
        ),
        steps,
      };
    },
  };
}

/** At once: at a start, and for lists that are short. */
export const makeWordFilter = (words: readonly FilterWord[]): WordFilter => {
  const building = buildWordFilter(words);
  for (;;) {
    const step = building.next();
    if (step.done) return step.value;
  }
};
