/** More letters than this of a message are not shown in the picture, the sign that there are more included. */
export const mostMessageLetters = 60;

const breaks = /[\p{Cc}\p{Z}]+/gu;
/** What cannot be seen, or turns the direction of what can; what joins two pictures into one letter stays. */
const unseen =
  /(?!(?<=\p{Extended_Pictographic}\uFE0F?)\u200D\p{Extended_Pictographic})[\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu;
/** Marks over marks, which grow out of their line. */
const heapedMarks = /(\p{M}{2})\p{M}+/gu;
/** The same letter again and again. */
const longRun = /(\P{M})\1{4,}/gu;
const ends = "com|cn|net|org|io|tv|me|cc|co|top|xyz|shop|vip|link|live|app|info|site|club|ru";
/** Addresses, also without what begins them. */
const address = new RegExp(
  `(?:[a-z][a-z+.-]*://|www\\.)\\S*|[a-z0-9_-]+(?:\\.[a-z0-9_-]+)*\\.(?:${ends})(?![a-z0-9])(?:[:/?#]\\S*)?`,
  "giu",
);

const segmenter = new Intl.Segmenter("zh", { granularity: "grapheme" });

/** As a reader counts them. */
export const lettersOf = (text: string): readonly string[] =>
  Array.from(segmenter.segment(text), ({ segment }) => segment);

/** What a viewer wrote, as it may stand in the programme: one line of readable letters, no addresses, not too long. */
export const cleanMessage = (text: string): string => {
  let clean = text;
  // What is left may stand together like what was taken out.
  for (let before = ""; before !== clean;) {
    before = clean;
    clean = clean
      .replaceAll(breaks, " ")
      .replaceAll(unseen, "")
      .normalize("NFC")
      .replaceAll(heapedMarks, "$1")
      .replaceAll(longRun, "$1$1$1$1")
      .replaceAll(address, " ")
      .trim();
  }
  const letters = lettersOf(clean);
  if (letters.length <= mostMessageLetters) return clean;
  return `${letters
    .slice(0, mostMessageLetters - 1)
    .join("")
    .trimEnd()}…`;
};
