/**
 * Small values that outlive the page where the browser lets them (storage is refused in some private modes:
 * then they live as long as the page). `tab` values belong to one tab, `device` values to the browser.
 */
const scopes = {
  tab: () => window.sessionStorage,
  device: () => window.localStorage,
} as const;
type Scope = keyof typeof scopes;

const inMemory = new Map<string, string>();

const ifAllowed = <T>(touch: () => T, otherwise: T): T => {
  try {
    return touch();
  } catch (error) {
    if (error instanceof DOMException) return otherwise;
    throw error;
  }
};

export const readKept = (scope: Scope, key: string): string | null =>
  ifAllowed(() => scopes[scope]().getItem(`watch.${key}`), null) ?? inMemory.get(key) ?? null;

export const keep = (scope: Scope, key: string, value: string): void => {
  inMemory.set(key, value);
  ifAllowed(() => scopes[scope]().setItem(`watch.${key}`, value), undefined);
};
