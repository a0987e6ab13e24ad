/** The first name of a number that none has yet, from how many there are on. */
export const freeName = (names: readonly string[], nameOf: (n: number) => string): string => {
  let n = names.length + 1;
  while (names.includes(nameOf(n))) n += 1;
  return nameOf(n);
};
