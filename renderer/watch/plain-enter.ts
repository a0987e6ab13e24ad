import type { KeyboardEvent } from "react";

/** Enter that ends the choice of a word in an input method is no Enter for us. */
export const isPlainEnter = (event: KeyboardEvent): boolean =>
  // Safari says it by the key code 229 only: https://bugs.webkit.org/show_bug.cgi?id=165004
  // oxlint-disable-next-line typescript/no-deprecated
  event.key === "Enter" && !event.nativeEvent.isComposing && event.keyCode !== 229;
