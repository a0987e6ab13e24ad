// Time and chance of the gifts' animations. Runs in the browser that draws them.

export const clamp01 = (value) => Math.min(1, Math.max(0, value));
export const mix = (from, to, share) => from + (to - from) * share;
/** How far a time has come between two others, from 0 to 1. */
export const part = (time, from, to) => clamp01((time - from) / (to - from));

export const easeIn = (t) => t ** 3;
export const easeOut = (t) => 1 - (1 - t) ** 3;
export const easeInOut = (t) => (t < 0.5 ? 4 * t ** 3 : 1 - (-2 * t + 2) ** 3 / 2);
/** Goes a little too far and comes back (Penner). */
export const easeOutBack = (t) => 1 + 2.7 * (t - 1) ** 3 + 1.7 * (t - 1) ** 2;
/** Swings around its end. */
export const easeOutElastic = (t) =>
  t === 0 || t === 1 ? t : 2 ** (-9 * t) * Math.sin((t * 10 - 0.75) * ((2 * Math.PI) / 3)) + 1;
export const easeOutBounce = (t) => {
  const n = 7.5625;
  if (t < 1 / 2.75) return n * t * t;
  if (t < 2 / 2.75) return n * (t - 1.5 / 2.75) ** 2 + 0.75;
  if (t < 2.5 / 2.75) return n * (t - 2.25 / 2.75) ** 2 + 0.9375;
  return n * (t - 2.625 / 2.75) ** 2 + 0.984375;
};

/** Up and down again: 0 at both ends, 1 in the middle. */
export const hump = (t) => Math.sin(Math.PI * clamp01(t));
/** The same number from 0 to 1 for the same index and salt. */
export const scatter = (index, salt = 0) => {
  let mixed = Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(salt + 1, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
};
export const between = (index, salt, from, to) => mix(from, to, scatter(index, salt));
