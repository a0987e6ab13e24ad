import tsCharacters from "opencc-js/dict/TSCharacters";

/**
 * Traditional character -> its first simplified form, by code point: Open Chinese Convert's table of characters, without that of
 * phrases, since a phrase's length may change and positions have to map back. Both sides of a comparison go through it.
 */
export const simplified: ReadonlyMap<number, number> = new Map(
  tsCharacters.split("|").flatMap((pair): [number, number][] => {
    const [from, to] = pair.split(" ");
    const [fromCode, toCode] = [from?.codePointAt(0), to?.codePointAt(0)];
    return fromCode !== undefined && toCode !== undefined ? [[fromCode, toCode]] : [];
  }),
);
