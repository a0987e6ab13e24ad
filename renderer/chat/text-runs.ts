/** A piece of a message: plain, an address (shown, never opened), or the reader's own nickname. */
export interface TextRun {
  readonly kind: "text" | "link" | "mention";
  readonly text: string;
}

/** Addresses with a scheme or `www.`, and hosts with one of the usual endings. */
const address =
  /(?:https?:\/\/|www\.)[^\s\u3000-\u303f\uff00-\uffef]+|\b[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,4}\.(?:com|cn|net|org|io|tv|cc|top|xyz|vip|me|info|co|app|live|shop)\b(?:\/[^\s\u3000-\u303f\uff00-\uffef]*)?/giu;

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** Whether `text` calls the person `nickname` by an @. */
export const isMentioned = (text: string, nickname: string): boolean =>
  nickname !== "" && text.toLowerCase().includes(`@${nickname.toLowerCase()}`);

const splitBy = (
  runs: readonly TextRun[],
  pattern: RegExp,
  kind: Exclude<TextRun["kind"], "text">,
): TextRun[] =>
  runs.flatMap((run) => {
    if (run.kind !== "text") return [run];
    const pieces: TextRun[] = [];
    let at = 0;
    for (const { 0: text, index } of run.text.matchAll(pattern)) {
      if (index > at) pieces.push({ kind: "text", text: run.text.slice(at, index) });
      pieces.push({ kind, text });
      at = index + text.length;
    }
    if (at < run.text.length) pieces.push({ kind: "text", text: run.text.slice(at) });
    return pieces;
  });

/** The pieces of a message as somebody of that nickname reads it; together they are the message. */
export const textRuns = (text: string, nickname: string): readonly TextRun[] => {
  const plain: TextRun[] = text === "" ? [] : [{ kind: "text", text }];
  // Most messages have neither.
  const linked = text.includes(".") ? splitBy(plain, address, "link") : plain;
  return isMentioned(text, nickname)
    ? splitBy(linked, new RegExp(`@${escaped(nickname)}`, "giu"), "mention")
    : linked;
};
