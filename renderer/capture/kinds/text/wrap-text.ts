const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });
/** Scripts that are wrapped between any two characters. */
const wrapsAnywhere =
  /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\u3000-\u303f\uff00-\uffef\p{Extended_Pictographic}]/u;
/** What does not begin a line (after JIS X 4051 and GB/T 15834, the common part). */
const clingsToLineBefore = /^[，。、；：？！）】》」』〉”’…—·～,.;:?!)\]}]/u;

/** Words with the blanks after them, and single characters of scripts without word spaces. */
const splitIntoPieces = (line: string): string[] => {
  const pieces: string[] = [];
  let word = "";
  const endWord = () => {
    if (word) pieces.push(word);
    word = "";
  };
  for (const { segment } of graphemes.segment(line)) {
    if (clingsToLineBefore.test(segment) && (word || pieces.length)) {
      if (word) word += segment;
      else pieces[pieces.length - 1] += segment;
    } else if (wrapsAnywhere.test(segment)) {
      endWord();
      pieces.push(segment);
    } else if (/^\s$/u.test(segment)) {
      if (word || !pieces.length) word += segment;
      else pieces[pieces.length - 1] += segment;
    } else {
      if (/\s$/u.test(word)) endWord();
      word += segment;
    }
  }
  endWord();
  return pieces;
};

/**
 * Breaks a text at its newlines and where a line would become wider than `maxWidth`. `measure` gives a text's width in
 * the same unit. A word that is wider than a line is broken between graphemes; one grapheme always fits.
 */
export const wrapText = (
  text: string,
  maxWidth: number,
  measure: (text: string) => number,
): string[] => {
  const lines: string[] = [];
  for (const paragraph of text.split(/\r\n|\r|\n/u)) {
    let line = "";
    for (const piece of splitIntoPieces(paragraph)) {
      if (line && measure((line + piece).trimEnd()) > maxWidth) {
        lines.push(line.trimEnd());
        line = "";
      }
      if (measure((line + piece).trimEnd()) <= maxWidth) {
        line += piece;
        continue;
      }
      for (const { segment } of graphemes.segment(piece)) {
        if (line && measure((line + segment).trimEnd()) > maxWidth) {
          lines.push(line.trimEnd());
          line = "";
        }
        line += segment;
      }
    }
    lines.push(line.trimEnd());
  }
  return lines;
};

/** The text itself where it fits, else as much of it as fits with an ellipsis. */
export const ellipsise = (
  text: string,
  maxWidth: number,
  measure: (text: string) => number,
): string => {
  if (measure(text) <= maxWidth) return text;
  const parts = [...graphemes.segment(text)].map(({ segment }) => segment);
  while (parts.length > 1 && measure(`${parts.join("").trimEnd()}…`) > maxWidth) parts.pop();
  return `${parts.join("").trimEnd()}…`;
};
