/** Waits until `holds`; the limit is there to fail, not to measure. */
export const waitUntil = async (
  what: string,
  holds: () => boolean,
  limitMs = 15_000,
): Promise<void> => {
  const end = Date.now() + limitMs;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};
