import { between, easeIn, easeOut, easeOutBack, easeOutElastic, hump, part } from "../motion.mjs";

const seconds = 2.4;
const size = 0.82;
const ground = 290;

/** The cup falls in, lands soft, is shaken, and pops at the climax. */
const landed = 0.34;
const shake = (t) => Math.sin((t - 0.75) * 34) * 0.11 * hump(part(t, 0.72, 1.24));
const squash = (t) =>
  1 -
  0.2 * hump(part(t, landed - 0.03, landed + 0.17)) +
  0.07 * hump(part(t, landed + 0.15, landed + 0.4)) -
  0.12 * hump(part(t, 1.14, 1.32)) +
  0.14 * hump(part(t, 1.3, 1.6));
const leave = (t) => easeIn(part(t, 2.02, seconds));
const alpha = (t) => part(t, 0, 0.08) * (1 - part(t, 2.08, seconds));
const cup = (t) => ({
  x: 160,
  y:
    ground -
    230 * (1 - easeIn(part(t, 0, landed))) * (t < landed ? 1 : 0) -
    26 * hump(part(t, 1.3, 1.62)) +
    10 * leave(t),
  scaleX: size * (2 - squash(t)) * (1 - 0.25 * leave(t)),
  scaleY: size * squash(t) * (1 - 0.25 * leave(t)),
  angle: shake(t),
  alpha: alpha(t),
});
const pivot = [128, 242];

const flung = (index) => {
  const angle = between(index, 1, -2.62, -0.52);
  const speed = between(index, 2, 190, 320);
  const from = 1.32 + 0.015 * (index % 4);
  return (t) => {
    const age = t - from;
    if (age <= 0 || age > 0.95) return null;
    return {
      x: 160 + Math.cos(angle) * speed * age,
      y: 124 + Math.sin(angle) * speed * age + 330 * age * age,
      angle: age * between(index, 3, -6, 6),
      life: age / 0.95,
    };
  };
};

const pearls = Array.from({ length: 9 }, (_, index) => {
  const way = flung(index);
  return {
    art: "pearl",
    at: (t) => {
      const pose = way(t);
      return (
        pose && {
          ...pose,
          scale: between(index, 4, 0.065, 0.1),
          alpha: Math.min(1, 4 * (1 - pose.life)),
        }
      );
    },
  };
});
const drops = Array.from({ length: 8 }, (_, index) => {
  const way = flung(index + 40);
  return {
    art: "drop",
    at: (t) => {
      const pose = way(t);
      return (
        pose && {
          ...pose,
          angle: Math.atan2(pose.x - 160, 60),
          scale: between(index, 5, 0.05, 0.1),
          alpha: Math.min(1, 3 * (1 - pose.life)),
        }
      );
    },
  };
});
const hearts = Array.from({ length: 4 }, (_, index) => ({
  art: "small",
  at: (t) => {
    const flight = part(t, 1.42 + 0.12 * index, 2.3);
    if (flight <= 0 || flight >= 1) return null;
    return {
      x: 160 + (index - 1.5) * 44 + 12 * Math.sin(flight * 6 + index),
      y: 118 - 86 * easeOut(flight),
      scale: between(index, 6, 0.1, 0.16) * easeOutBack(Math.min(1, flight * 3)),
      angle: 0.3 * Math.sin(flight * 7 + index),
      alpha: Math.min(1, 2.5 * (1 - flight)),
    };
  },
}));
const sparks = Array.from({ length: 7 }, (_, index) => ({
  art: "spark",
  at: (t) => {
    const flight = part(t, 1.3, 1.95);
    if (flight <= 0 || flight >= 1) return null;
    const angle = (index / 7) * Math.PI * 2 + 0.2;
    return {
      x: 160 + Math.cos(angle) * (70 + 74 * easeOut(flight)),
      y: 180 + Math.sin(angle) * (62 + 70 * easeOut(flight)),
      scale: between(index, 8, 0.07, 0.12) * hump(Math.sqrt(flight)),
      angle: flight,
    };
  },
}));

export const design = {
  gift: "milk-tea",
  format: "dotlottie",
  width: 320,
  height: 320,
  fps: 30,
  seconds,
  art: {
    straw: ["milk-tea#straw-part", 1],
    drink: ["milk-tea#drink", 1],
    heart: ["milk-tea#heart", 1],
    pearl: ["parts/pearl", 1],
    drop: ["parts/milk-drop", 1],
    small: ["parts/mini-heart", 1],
    spark: ["parts/spark-gold", 1],
    glow: ["parts/glow-gold", 1],
    ring: ["parts/ring-gold", 1],
  },
  parts: [
    {
      art: "glow",
      at: (t) => ({
        x: 160,
        y: 180,
        scale: 1.1 * easeOut(part(t, 1.2, 1.5)) + 0.001,
        alpha: 0.6 * hump(part(t, 1.15, 2.3)),
      }),
    },
    {
      art: "ring",
      at: (t) => {
        const wave = part(t, 1.3, 1.85);
        return wave <= 0 || wave >= 1
          ? null
          : { x: 160, y: 180, scale: 0.4 + 0.75 * easeOut(wave), alpha: 0.8 * (1 - wave) ** 1.6 };
      },
    },
    ...drops,
    {
      art: "straw",
      at: (t) => {
        const drop = easeOutElastic(part(t, 0.44, 1));
        const out = 30 * hump(part(t, 1.3, 1.62));
        const pose = cup(t);
        return {
          ...pose,
          y: pose.y - (1 - drop) * 120 * (t < 1 ? 1 : 0) - out,
          alpha: pose.alpha * part(t, 0.42, 0.48),
        };
      },
      pivot,
    },
    { art: "drink", at: cup, pivot },
    {
      art: "heart",
      at: (t) => {
        const pose = cup(t);
        const beat = 1 + 0.3 * hump(part(t, 0.5, 0.72)) + 0.4 * hump(part(t, 1.3, 1.62));
        const up = (242 - 128) * pose.scaleY;
        return {
          ...pose,
          x: pose.x + Math.sin(pose.angle) * up,
          y: pose.y - Math.cos(pose.angle) * up,
          scaleX: pose.scaleX * beat,
          scaleY: pose.scaleY * beat,
        };
      },
      pivot: [128, 128],
    },
    ...pearls,
    ...hearts,
    ...sparks,
  ],
};
