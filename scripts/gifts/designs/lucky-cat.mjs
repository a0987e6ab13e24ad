import { between, easeIn, easeOut, easeOutBack, hump, part } from "../motion.mjs";

const seconds = 2.8;
const size = 0.74;
const ground = 296;
const wave = (t) => Math.sin((t - 0.55) * 10.5) * part(t, 0.5, 0.7) * (1 - part(t, 1.95, 2.3));
const leave = (t) => easeIn(part(t, 2.42, seconds));
const bounce = (t) =>
  1 -
  0.16 * hump(part(t, 0.2, 0.4)) +
  0.06 * hump(part(t, 0.38, 0.6)) +
  0.035 * Math.abs(wave(t)) +
  0.08 * hump(part(t, 1.4, 1.75));
const whole = (t) => {
  const rise = easeOutBack(part(t, 0, 0.36));
  return {
    x: 160,
    y: ground + 90 * (1 - rise) + 14 * leave(t),
    scaleX: size * (2 - bounce(t)) * (0.4 + 0.6 * rise) * (1 - 0.2 * leave(t)),
    scaleY: size * bounce(t) * (0.4 + 0.6 * rise) * (1 - 0.2 * leave(t)),
    angle: 0.025 * wave(t),
    alpha: part(t, 0, 0.12) * (1 - part(t, 2.48, seconds)),
  };
};
const pivot = [128, 252];
/** A part that turns around a point of its own within the whole. */
const turning =
  (point, angle, beat = () => 1) =>
  (t) => {
    const base = whole(t);
    const dx = (point[0] - pivot[0]) * base.scaleX;
    const dy = (point[1] - pivot[1]) * base.scaleY;
    const [cos, sin] = [Math.cos(base.angle), Math.sin(base.angle)];
    return {
      ...base,
      x: base.x + dx * cos - dy * sin,
      y: base.y + dx * sin + dy * cos,
      angle: base.angle + angle(t),
      scaleX: base.scaleX * beat(t),
      scaleY: base.scaleY * beat(t),
    };
  };

const coins = Array.from({ length: 14 }, (_, index) => {
  const from = 0.62 + 0.085 * index;
  const side = index % 2 ? 1 : -1;
  return {
    art: "coin",
    at: (t) => {
      const age = t - from;
      if (age <= 0 || age > 1) return null;
      const speed = between(index, 1, 70, 150);
      return {
        x: 160 + side * (26 + speed * age),
        y: 150 - between(index, 2, 250, 330) * age + 330 * age * age,
        scaleX:
          0.11 *
          between(index, 3, 0.8, 1.25) *
          (0.25 + 0.75 * Math.abs(Math.cos(age * between(index, 4, 5, 9) + index))),
        scaleY: 0.11 * between(index, 3, 0.8, 1.25),
        angle: side * age * 0.8,
        alpha: Math.min(1, 8 * age) * Math.min(1, 4 * (1 - age)),
      };
    },
  };
});
const sparks = Array.from({ length: 10 }, (_, index) => ({
  art: "spark",
  at: (t) => {
    const from = 0.7 + 0.15 * index;
    const life = part(t, from, from + 0.5);
    if (life <= 0 || life >= 1) return null;
    const angle = between(index, 6, 0, Math.PI * 2);
    return {
      x: 160 + Math.cos(angle) * 118,
      y: 160 + Math.sin(angle) * 108,
      scale: between(index, 7, 0.06, 0.12) * hump(life),
      angle: life,
    };
  },
}));

export const design = {
  gift: "lucky-cat",
  format: "dotlottie",
  width: 320,
  height: 320,
  fps: 30,
  seconds,
  art: {
    body: ["lucky-cat#body", 1],
    coinPart: ["lucky-cat#coin", 1],
    head: ["lucky-cat#head", 1],
    collar: ["lucky-cat#collar", 1],
    paw: ["lucky-cat#paw", 1],
    coin: ["parts/coin", 1],
    spark: ["parts/spark-gold", 1],
    glow: ["parts/glow-gold", 1],
    rays: ["parts/rays-gold", 1],
  },
  parts: [
    {
      art: "glow",
      at: (t) => ({
        x: 160,
        y: 170,
        scale: 1.2,
        alpha: 0.6 * part(t, 0.4, 0.8) * (1 - part(t, 2.2, 2.6)),
      }),
    },
    {
      art: "rays",
      at: (t) => ({
        x: 160,
        y: 165,
        scale: 0.75 + 0.45 * easeOut(part(t, 0.5, 1)),
        angle: t * 0.5,
        alpha: 0.8 * part(t, 0.5, 0.9) * (1 - part(t, 2, 2.5)),
      }),
    },
    ...coins.filter((_, index) => index % 3 === 0),
    { art: "body", at: whole, pivot },
    { art: "paw", at: turning([192, 176], (t) => 0.3 * wave(t) - 0.12), pivot: [192, 176] },
    {
      art: "head",
      at: turning([124, 156], (t) => -0.07 * wave(t) + 0.09 * Math.sin(t * 3) * part(t, 0.5, 1)),
      pivot: [124, 156],
    },
    { art: "collar", at: whole, pivot },
    {
      art: "coinPart",
      at: turning(
        [119, 206],
        () => 0,
        (t) => 1 + 0.14 * hump(part(t, 1.4, 1.75)),
      ),
      pivot: [119, 206],
    },
    ...coins.filter((_, index) => index % 3 !== 0),
    ...sparks,
  ],
};
