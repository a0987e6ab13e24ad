/**
 * How a document becomes another one. What both share is left out, so that a drag among many items hands the worker the
 * one that has moved. In what is not compared further the value is there as a whole.
 */
export type Change =
  | { readonly type: "value"; readonly value: unknown }
  /** Of a list of the same length, or of an object with the same fields. */
  | { readonly type: "parts"; readonly parts: readonly (readonly [key: string, change: Change])[] };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

const haveSameKeys = (before: object, after: object): boolean => {
  const keys = Object.keys(after);
  return (
    Array.isArray(before) === Array.isArray(after) &&
    keys.length === Object.keys(before).length &&
    keys.every((key) => Object.hasOwn(before, key))
  );
};

/** Of plain data; null where both are the same. What is the same object is taken to be unchanged. */
export const changeOf = (before: unknown, after: unknown): Change | null => {
  if (Object.is(before, after)) return null;
  if (!isObject(before) || !isObject(after) || !haveSameKeys(before, after))
    return { type: "value", value: after };
  const parts = Object.keys(after).flatMap((key) => {
    const change = changeOf(before[key], after[key]);
    return change ? [[key, change] as const] : [];
  });
  return parts.length > 0 ? { type: "parts", parts } : null;
};

/** What was `before` and is unchanged stays the same object. */
export const withChange = <T>(before: T, change: Change): T => {
  if (change.type === "value") return change.value as T;
  const after = (Array.isArray(before) ? [...before] : { ...before }) as Record<string, unknown>;
  for (const [key, part] of change.parts) after[key] = withChange(after[key], part);
  return after as T;
};
