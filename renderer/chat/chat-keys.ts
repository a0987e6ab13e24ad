/** What a key does in a chat window. Those of `row` need a selected row. */
export const chatKeys = [
  { action: "next", key: "j", also: "ArrowDown", row: false },
  { action: "previous", key: "k", also: "ArrowUp", row: false },
  { action: "follow", key: "Escape", also: "End", row: false },
  { action: "write", key: "Enter", also: "i", row: false },
  { action: "search", key: "/", also: undefined, row: false },
  { action: "giftsOnly", key: "g", also: undefined, row: false },
  { action: "reply", key: "r", also: undefined, row: true },
  { action: "onlyPerson", key: "o", also: undefined, row: true },
  { action: "card", key: "c", also: undefined, row: true },
  { action: "deleteMessage", key: "d", also: "Delete", row: true },
  { action: "timeOut", key: "t", also: undefined, row: true },
  { action: "ban", key: "b", also: undefined, row: true },
  { action: "warn", key: "w", also: undefined, row: true },
  { action: "pin", key: "p", also: undefined, row: true },
  { action: "undo", key: "u", also: undefined, row: false },
  { action: "room", key: "m", also: undefined, row: false },
  { action: "held", key: "h", also: undefined, row: false },
  { action: "allow", key: "a", also: undefined, row: false },
  { action: "deny", key: "x", also: undefined, row: false },
  { action: "flag", key: "f", also: undefined, row: true },
  { action: "bigType", key: "v", also: undefined, row: false },
  { action: "onTop", key: "y", also: undefined, row: false },
  { action: "settings", key: ",", also: undefined, row: false },
  { action: "keys", key: "?", also: undefined, row: false },
] as const satisfies readonly {
  readonly action: string;
  readonly key: string;
  readonly also: string | undefined;
  readonly row: boolean;
}[];
export type ChatAction = (typeof chatKeys)[number]["action"];

interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly isComposing: boolean;
}

/** What is asked for by a key that was not pressed into an input. */
export const actionOfKey = (pressed: Pressed): ChatAction | undefined => {
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey || pressed.isComposing) return undefined;
  return chatKeys.find(({ key, also }) => pressed.key === key || pressed.key === also)?.action;
};
