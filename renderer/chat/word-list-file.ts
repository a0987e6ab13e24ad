import { BlockedWord, importBounds, WordSeverity } from "../../preload/contract/moderation.ts";

/**
 * A list of words as a file: one word a line, or CSV (RFC 4180) of word and severity. A line that begins with `#`, an empty
 * one, and a first line `word,severity` say nothing.
 */

export type LineProblem = "word" | "severity";

export interface WordListFile {
  /** Each word once, as its last line says. */
  readonly words: readonly BlockedWord[];
  readonly problems: readonly { readonly line: number; readonly problem: LineProblem }[];
}

const severities: Readonly<Record<string, WordSeverity>> = {
  ...Object.fromEntries(WordSeverity.options.map((severity) => [severity, severity])),
  拦截: "block",
  审核: "hold",
  打星: "star",
  放行: "allow",
};

/** The fields of one line; a quoted one may hold commas, and quotes in pairs. */
const fieldsOf = (line: string): string[] =>
  Array.from(line.matchAll(/(?:^|[,，\t])(?:\s*"((?:[^"]|"")*)"\s*|([^,，\t]*))/g), (match) =>
    match[1] === undefined ? (match[2] ?? "").trim() : match[1].replaceAll('""', '"'),
  );

/** `severity` is that of lines that name none. */
export const parseWordList = (text: string, severity: WordSeverity): WordListFile => {
  const words = new Map<string, BlockedWord>();
  const problems: { line: number; problem: LineProblem }[] = [];
  const lines = text.replace(/^\ufeff/, "").split(/\r\n|\r|\n/);
  for (const [index, line] of lines.entries()) {
    if (line.trim() === "" || line.startsWith("#")) continue;
    const [word = "", named = ""] = fieldsOf(line);
    if (index === 0 && word === "word" && named === "severity") continue;
    const wanted = named === "" ? severity : severities[named.toLowerCase()];
    const parsed = BlockedWord.shape.word.safeParse(word);
    if (wanted === undefined) problems.push({ line: index + 1, problem: "severity" });
    else if (!parsed.success) problems.push({ line: index + 1, problem: "word" });
    else words.set(parsed.data, { word: parsed.data, severity: wanted });
  }
  return { words: [...words.values()], problems };
};

/** What `parseWordList` makes the same words of; with a byte order mark, as spreadsheets want it. */
export const formatWordList = (words: readonly BlockedWord[]): string =>
  `\ufeffword,severity\n${words
    .map(({ word, severity }) => {
      const isPlain = !/[",，\t]/.test(word) && !word.startsWith("#");
      return `${isPlain ? word : `"${word.replaceAll('"', '""')}"`},${severity}\n`;
    })
    .join("")}`;

/** Words of one severity, as many as one request may bring. */
export function* importParts(
  words: readonly BlockedWord[],
): Generator<{ readonly severity: WordSeverity; readonly words: string[] }, void, void> {
  for (const severity of WordSeverity.options) {
    let part: string[] = [];
    let letters = 0;
    for (const each of words) {
      if (each.severity !== severity) continue;
      if (part.length === importBounds.words || letters + each.word.length > importBounds.letters) {
        yield { severity, words: part };
        part = [];
        letters = 0;
      }
      part.push(each.word);
      letters += each.word.length;
    }
    if (part.length) yield { severity, words: part };
  }
}
