/** The part of a KeyboardEvent that decides. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** Keys by where they are, for layouts and modifiers that make something else of them. */
const byCode: Readonly<Record<string, string>> = {
  BracketLeft: "[",
  BracketRight: "]",
  Equal: "=",
  Minus: "-",
  NumpadAdd: "=",
  NumpadSubtract: "-",
  Comma: ",",
  Period: ".",
};

const named: Readonly<Record<string, string>> = {
  ArrowLeft: "Left",
  ArrowRight: "Right",
  ArrowUp: "Up",
  ArrowDown: "Down",
  Escape: "Esc",
  Delete: "Del",
};

const nameOf = ({ key, code }: KeyPress): string => {
  if (/^[a-z]$/i.test(key)) return key.toUpperCase();
  if (key === "?") return "?";
  const place =
    byCode[code] ?? /^(?:Key([A-Z])|(?:Digit|Numpad)(\d))$/.exec(code)?.slice(1).join("");
  return place ?? named[key] ?? key;
};

/** `Ctrl+Shift+A`, as menus and tooltips say it; the Command key counts as Ctrl. */
export const comboOf = (press: KeyPress): string => {
  const name = nameOf(press);
  const parts = [
    (press.ctrlKey || press.metaKey) && "Ctrl",
    press.altKey && "Alt",
    // Shift is part of the sign already.
    press.shiftKey && name !== "?" && "Shift",
    name,
  ];
  return parts.filter(Boolean).join("+");
};
