import {
  classes,
  classOf,
  codeOf,
  disguiseOf,
  expansion,
  foldOf,
  type Fold,
} from "./character-fold.ts";

/**
 * A text as the filter compares it: its letters, digits and signs in order, without what stands between them. Of symbol `i`,
 * `text.slice(starts[i], ends[i])` is what was written for it, with the marks on it; no two ends cut a character in two.
 * Arrays with one entry more than symbols are running counts: `marks[j] - marks[i]` counts those of the symbols i to j - 1.
 */
export interface Reading {
  readonly codes: readonly number[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** As written, one of `classes`. */
  readonly kinds: readonly number[];
  /** Before the symbol: 0 nothing, else `classes.noise` or `classes.pause`. */
  readonly gaps: readonly number[];
  readonly gapCounts: readonly number[];
  readonly pauseCounts: readonly number[];
  /** Symbols that disguise another, or stand for a repetition. */
  readonly marks: readonly number[];
  readonly digits: readonly number[];
  readonly signs: readonly number[];
}

interface Unit {
  readonly fold: Fold;
  readonly start: number;
  end: number;
}

interface Symbol {
  code: number;
  start: number;
  end: number;
  kind: number;
  gap: number;
  marked: boolean;
}

const unitsOf = (text: string): Unit[] => {
  const units: Unit[] = [];
  for (let start = 0; start < text.length;) {
    const code = text.codePointAt(start) ?? 0;
    const end = start + (code > 0xff_ff ? 2 : 1);
    const fold = foldOf(code);
    const characterClass = classOf(fold);
    if (characterClass === classes.attached) {
      for (let last = units.length - 1; last >= 0 && units[last]?.end === start; last -= 1)
        (units[last] as Unit).end = end;
    } else if (characterClass === classes.several) {
      for (const part of expansion(fold))
        if (classOf(part) !== classes.attached) units.push({ fold: part, start, end });
    } else units.push({ fold, start, end });
    start = end;
  }
  return units;
};

const isGap = (characterClass: number): boolean =>
  characterClass === classes.noise || characterClass === classes.pause;

const isEdgeSign = (code: number): boolean => code === 0x21 || code === 0x7c || code === 0x2b;

const isLatinLike = ({ fold }: Unit): boolean => {
  const characterClass = classOf(fold);
  return (
    characterClass === classes.letter ||
    characterClass === classes.digit ||
    (isGap(characterClass) && disguiseOf(fold) !== 0)
  );
};

/** For each unit whether it stands in a run of letters, digits and signs like `@` that holds a letter: there these are letters. */
const disguisedUnits = (units: readonly Unit[]): boolean[] => {
  const disguised = Array.from(units, () => false);
  for (let first = 0; first < units.length; first += 1) {
    if (!isLatinLike(units[first] as Unit)) continue;
    let after = first;
    let hasLetter = false;
    for (; after < units.length; after += 1) {
      const unit = units[after] as Unit;
      if (!isLatinLike(unit)) break;
      hasLetter ||= classOf(unit.fold) === classes.letter;
    }
    const next = after;
    if (hasLetter) {
      // Exclamation marks, bars and pluses are letters only between others: `sh!t`, but `shit!`.
      while (isEdgeSign(codeOf((units[after - 1] as Unit).fold))) after -= 1;
      while (isEdgeSign(codeOf((units[first] as Unit).fold))) first += 1;
      for (let index = first; index < after; index += 1)
        disguised[index] = classOf((units[index] as Unit).fold) !== classes.letter;
    }
    first = next;
  }
  return disguised;
};

const letterL = 0x6c;
const letterI = 0x69;

/** Without what stands between symbols; with `skeleton` disguises are taken off and an l is an i, since 1 is either. */
const symbolsOf = (units: readonly Unit[], skeleton: boolean): Symbol[] => {
  const disguised = skeleton ? disguisedUnits(units) : undefined;
  const symbols: Symbol[] = [];
  let gap = 0;
  for (const [index, { fold, start, end }] of units.entries()) {
    const kind = classOf(fold);
    const isDisguise = disguised !== undefined && (disguised[index] || kind === classes.numeral);
    if (isGap(kind) && !isDisguise) {
      gap = Math.max(gap, kind);
      continue;
    }
    const code = isDisguise ? disguiseOf(fold) || codeOf(fold) : codeOf(fold);
    symbols.push({
      code: skeleton && code === letterL ? letterI : code,
      start,
      end,
      kind,
      gap,
      marked: isDisguise && disguiseOf(fold) !== 0,
    });
    gap = 0;
  }
  return symbols;
};

/** How many equal symbols follow each other at `first`, with nothing between them. */
const runLength = (symbols: readonly Symbol[], first: number): number => {
  const code = symbols[first]?.code;
  let after = first + 1;
  while (after < symbols.length && symbols[after]?.code === code && symbols[after]?.gap === 0)
    after += 1;
  return after - first;
};

/** Doubled letters are usual (`good`), tripled ones are not; digits mean something as often as they stand there. */
const isStretched = ({ kind }: Symbol, length: number, keep: 1 | 2): boolean => {
  if (kind === classes.digit || kind === classes.numeral) return false;
  return length >= (kind === classes.sign ? keep + 1 : 3);
};

/** Stretched runs are cut to `keep` symbols, the last of which stands for the rest. */
const shorten = (symbols: readonly Symbol[], keep: 1 | 2): Symbol[] => {
  const short: Symbol[] = [];
  for (let first = 0; first < symbols.length;) {
    const length = runLength(symbols, first);
    const symbol = symbols[first] as Symbol;
    const run = symbols.slice(first, first + length);
    first += length;
    if (!isStretched(symbol, length, keep)) {
      short.push(...run);
      continue;
    }
    const kept = run.slice(0, keep);
    const last = kept.pop() as Symbol;
    short.push(...kept, { ...last, end: run.at(-1)?.end ?? last.end, marked: true });
  }
  return short;
};

const measure = (symbols: readonly Symbol[]): Reading => {
  const count = (holds: (symbol: Symbol) => boolean): number[] => {
    const counts = [0];
    let total = 0;
    for (const symbol of symbols) counts.push(holds(symbol) ? (total += 1) : total);
    return counts;
  };
  return {
    codes: symbols.map(({ code }) => code),
    starts: symbols.map(({ start }) => start),
    ends: symbols.map(({ end }) => end),
    kinds: symbols.map(({ kind }) => kind),
    gaps: symbols.map(({ gap }) => gap),
    gapCounts: count(({ gap }) => gap !== 0),
    pauseCounts: count(({ gap }) => gap === classes.pause),
    marks: count(({ marked }) => marked),
    digits: count(({ kind }) => kind === classes.digit),
    signs: count(({ kind }) => kind === classes.sign),
  };
};

/** How a word is written in the list: as it is, and with its disguises taken off. */
export const readWord = (text: string): { readonly plain: Reading; readonly skeleton: Reading } => {
  const units = unitsOf(text);
  return { plain: measure(symbolsOf(units, false)), skeleton: measure(symbolsOf(units, true)) };
};

/**
 * How a message is read: as it is, and where anything in it may be a disguise or a repetition, one or two times without
 * these. Time and space are linear in its length.
 */
export const readMessage = (
  text: string,
): { readonly plain: Reading; readonly skeletons: readonly Reading[] } => {
  const units = unitsOf(text);
  const plain = measure(symbolsOf(units, false));
  const bare = symbolsOf(units, true);
  const short = shorten(bare, 1);
  const hasMarks = short.some(({ marked }) => marked);
  const mixes = (plain.digits.at(-1) ?? 0) > 0 && (plain.signs.at(-1) ?? 0) > 0;
  if (!hasMarks && !mixes) return { plain, skeletons: [] };
  const longer = shorten(bare, 2);
  const differs = longer.length !== short.length;
  return { plain, skeletons: differs ? [measure(short), measure(longer)] : [measure(short)] };
};
