import type { Person } from "../../preload/contract/chat.ts";
import { type FeedLine, senderOf } from "./feed-line.ts";

/** Which lines are shown. */
export interface FeedFilter {
  readonly word: string;
  /** Only what this person sent. */
  readonly person: Person | null;
  readonly giftsOnly: boolean;
}

export const noFilter: FeedFilter = { word: "", person: null, giftsOnly: false };

/** Full-width letters and capitals are found by plain ones. */
const plain = (text: string): string => text.normalize("NFKC").toLowerCase();

/** What of a line can be searched for. */
const wordsOfLine = (line: FeedLine): string => {
  const name = senderOf(line)?.nickname ?? "";
  switch (line.type) {
    case "chat":
      return `${name} ${line.message.text}`;
    case "gift":
      return `${name} ${line.giftName["zh-CN"]} ${line.giftName.en}`;
    case "event":
      return line.event.type === "tip" ? `${name} ${line.event.message}` : name;
    case "omitted":
      return "";
    default:
      return line satisfies never;
  }
};

const paid: ReadonlySet<string> = new Set(["tip", "guard", "order"]);

const isPaid = (line: FeedLine): boolean =>
  line.type === "gift" || (line.type === "event" && paid.has(line.event.type));

/** Undefined where all lines are shown. */
export const fitsFilter = (filter: FeedFilter): ((line: FeedLine) => boolean) | undefined => {
  const word = plain(filter.word.trim());
  const { person, giftsOnly } = filter;
  if (word === "" && !person && !giftsOnly) return undefined;
  return (line) =>
    (!giftsOnly || isPaid(line)) &&
    (!person || senderOf(line)?.viewerId === person.viewerId) &&
    (word === "" || plain(wordsOfLine(line)).includes(word));
};
