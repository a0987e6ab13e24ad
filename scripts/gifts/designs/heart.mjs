import { between, easeIn, easeInOut, easeOut, easeOutBack, hump, part } from "../motion.mjs";

const seconds = 1.7;
const beats = [0.42, 0.74];

/** Of the heart: in with a leap, twice a beat that gathers before it swells, out upwards. */
const size = (t) => {
  const swelled = beats.reduce((sum, at, index) => {
    const gather = -0.09 * hump(part(t, at - 0.12, at + 0.02));
    const swell =
      (index ? 0.26 : 0.17) *
      easeOut(part(t, at, at + 0.08)) *
      (1 - easeInOut(part(t, at + 0.08, at + 0.34)));
    return sum + gather + swell;
  }, 0);
  return easeOutBack(part(t, 0, 0.32)) * (1 + swelled) * (1 - 0.35 * easeIn(part(t, 1.3, seconds)));
};
const alpha = (t) => part(t, 0, 0.1) * (1 - part(t, 1.36, seconds));
const lift = (t) => -26 * easeIn(part(t, 1.2, seconds));

const flown = Array.from({ length: 9 }, (_, index) => {
  const angle = (index / 9) * Math.PI * 2 - Math.PI / 2 + between(index, 1, -0.2, 0.2);
  const reach = between(index, 2, 98, 132);
  return {
    art: "small",
    at: (t) => {
      const flight = part(t, beats[1] + 0.02 * (index % 3), 1.5);
      if (flight <= 0 || flight >= 1) return null;
      return {
        x: 160 + Math.cos(angle) * reach * easeOut(flight),
        y: 158 + Math.sin(angle) * reach * easeOut(flight) - 14 * flight,
        scale:
          between(index, 3, 0.09, 0.17) *
          easeOutBack(Math.min(1, 3 * flight)) *
          (1 - easeIn(flight)),
        angle: Math.sin(flight * 5 + index) * 0.35,
        alpha: Math.min(1, 3 * (1 - flight)),
      };
    },
  };
});

const sparks = Array.from({ length: 8 }, (_, index) => ({
  art: "spark",
  at: (t) => {
    const first = index % 2 === 0;
    const flight = part(t, beats[first ? 1 : 0] + 0.03, beats[first ? 1 : 0] + 0.62);
    if (flight <= 0 || flight >= 1) return null;
    const angle = (index / 8) * Math.PI * 2 + 0.4;
    const reach = between(index, 7, 88, 146) * easeOut(flight);
    return {
      x: 160 + Math.cos(angle) * reach,
      y: 156 + Math.sin(angle) * reach,
      scale: between(index, 8, 0.06, 0.12) * hump(Math.sqrt(flight)),
      angle: flight,
    };
  },
}));

export const design = {
  gift: "heart",
  format: "lottie",
  width: 320,
  height: 320,
  fps: 30,
  seconds,
  art: {
    heart: ["heart", 1],
    small: ["parts/mini-heart", 1],
    spark: ["parts/spark-rose", 1],
    glow: ["parts/glow-rose", 1],
    ring: ["parts/ring-light", 1],
  },
  parts: [
    {
      art: "glow",
      at: (t) => ({ x: 160, y: 158, scale: 1.02 * size(t), alpha: 0.75 * alpha(t) }),
    },
    ...beats.map((at, index) => ({
      art: "ring",
      at: (t) => {
        const wave = part(t, at, at + 0.5);
        return wave <= 0 || wave >= 1
          ? null
          : {
              x: 160,
              y: 158,
              scale: 0.35 + (index ? 0.95 : 0.6) * easeOut(wave),
              alpha: 0.85 * (1 - wave) ** 1.6,
            };
      },
    })),
    ...flown,
    {
      art: "heart",
      at: (t) => ({
        x: 160,
        y: 160 + lift(t),
        scale: 0.62 * size(t),
        angle: 0.12 * Math.sin(t * 9) * (1 - part(t, 0, 0.5)),
        alpha: alpha(t),
      }),
    },
    ...sparks,
  ],
};
