/** What is read of a key event. */
interface Key {
  readonly key: string;
  readonly keyCode: number;
  readonly nativeEvent: { readonly isComposing: boolean };
}

/**
 * Enter that ends the choice of a word in an input method is no Enter for us. Safari says so by the key code 229
 * only: https://bugs.webkit.org/show_bug.cgi?id=165004
 */
export const isPlainEnter = (event: Key): boolean =>
  event.key === "Enter" && !event.nativeEvent.isComposing && event.keyCode !== 229;
