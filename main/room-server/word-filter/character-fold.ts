import { chineseDigits, leetLetters, lookAlikes } from "./look-alikes.ts";
import { simplified } from "./simplified.ts";

/**
 * What one code point means to the word filter, as one integer: bits 0-20 a code, bits 21-23 its class, bits 24-29 what it
 * may disguise (1-26 a letter, 27-36 a digit). Of the class `several` the code is an index into `expansion`.
 */
export type Fold = number;

export const classes = {
  /** Nobody sees it, or it is drawn on the character before: part of that one. */
  attached: 0,
  /** Signs that nobody puts between two clauses. */
  noise: 1,
  /** White space, clause marks, emoji: what may stand between two clauses. */
  pause: 2,
  /** a to z. */
  letter: 3,
  /** 0 to 9. */
  digit: 4,
  /** A letter of another script, such as a Chinese character, in its simplified form. */
  sign: 5,
  /** A Chinese digit. */
  numeral: 6,
  several: 7,
} as const;
export type CharacterClass = (typeof classes)[keyof typeof classes];

export const codeOf = (fold: Fold): number => fold & 0x1f_ff_ff;
export const classOf = (fold: Fold): number => (fold >>> 21) & 7;
/** The code point of the letter or digit that it may stand for, or 0. */
export const disguiseOf = (fold: Fold): number => {
  const disguise = fold >>> 24;
  if (disguise === 0) return 0;
  return disguise <= 26 ? 0x60 + disguise : 0x30 + disguise - 27;
};

const pack = (characterClass: CharacterClass, code: number, disguise = 0): Fold =>
  code | (characterClass << 21) | (disguise << 24);

const leetOf = (character: string): number => {
  const letter = leetLetters[character];
  return letter === undefined ? 0 : letter.charCodeAt(0) - 0x60;
};

const isAttached = /^[\p{Cf}\p{Default_Ignorable_Code_Point}\p{Cc}]$/u;
/** Marks for any letter (Unicode's blocks of combining diacritical marks); those of a script are letters of it. */
const isGeneralMark = /^[\p{Script=Inherited}&&\p{M}]$/v;
const isPause = /^[\s\p{Z}\u2800\p{Extended_Pictographic}\p{Emoji_Modifier},、。!?;:]$/u;
const isLetter = /^[\p{L}\p{M}\p{N}]$/u;
const isDigit = /^\p{Nd}$/u;
const isMarkedByDiacritics = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]$/u;

/** Unicode's decimal digits come in tens: 0 to 9 in order. */
const digitOf = (code: number): number => {
  let first = code;
  while (isDigit.test(String.fromCodePoint(first - 1))) first -= 1;
  return (code - first) % 10;
};

const classify = (character: string): Fold => {
  const code = character.codePointAt(0) ?? 0;
  if (/^\s$/u.test(character)) return pack(classes.pause, code);
  if (isAttached.test(character) || isGeneralMark.test(character))
    return pack(classes.attached, code);
  if (code >= 0x61 && code <= 0x7a) return pack(classes.letter, code);
  if (isDigit.test(character)) {
    const digit = String(digitOf(code));
    return pack(classes.digit, digit.charCodeAt(0), leetOf(digit));
  }
  if (isPause.test(character)) return pack(classes.pause, code, leetOf(character));
  const simple = simplified.get(code) ?? code;
  const digit = chineseDigits[String.fromCodePoint(simple)];
  if (digit !== undefined) return pack(classes.numeral, simple, 27 + digit);
  if (isLetter.test(character)) return pack(classes.sign, simple);
  return pack(classes.noise, code, leetOf(character));
};

/** Full width, circles, mathematical letters, ligatures, capitals and accents are gone in what it answers. */
const plainForm = (code: number): string => {
  const alike = lookAlikes.get(code);
  if (alike !== undefined) return String.fromCodePoint(alike);
  let plain = "";
  for (const character of String.fromCodePoint(code).normalize("NFKC").toLowerCase()) {
    const bare = isMarkedByDiacritics.test(character)
      ? (character.normalize("NFD")[0] ?? character)
      : character;
    const other = lookAlikes.get(bare.codePointAt(0) ?? 0);
    plain += other === undefined ? bare : String.fromCodePoint(other);
  }
  return plain;
};

const expansions: (readonly Fold[])[] = [];
/** The folds that one code point of the class `several` stands for. */
export const expansion = (fold: Fold): readonly Fold[] => expansions[codeOf(fold)] ?? [];

const ellipsis = 0x2026;

const computeFold = (code: number): Fold => {
  if (code === ellipsis) return pack(classes.pause, code);
  const folds = Array.from(plainForm(code), classify);
  const [only] = folds;
  if (folds.length === 1 && only !== undefined) return only;
  return pack(classes.several, expansions.push(folds) - 1);
};

/** Pages of 256 code points, each made when it is first needed: 4 MB if somebody writes in all of Unicode. */
const pages: (Int32Array | undefined)[] = [];
const pageOf = (number: number): Int32Array => {
  const page = new Int32Array(256);
  for (let low = 0; low < 256; low += 1) page[low] = computeFold(number * 256 + low);
  pages[number] = page;
  return page;
};

export const foldOf = (code: number): Fold =>
  (pages[code >> 8] ?? pageOf(code >> 8))[code & 255] ?? 0;
