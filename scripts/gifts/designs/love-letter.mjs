import { between, easeIn, easeInOut, easeOut, easeOutBack, hump, part } from "../motion.mjs";

const seconds = 3;
const size = 0.92;
/** The envelope's place in the picture, by its SVG's middle. */
const [homeX, homeY] = [190, 236];
const middle = [128, 134];

const leave = (t) => easeIn(part(t, 2.6, seconds));
const whole = (t) => {
  const come = easeOutBack(part(t, 0, 0.4));
  return {
    x: homeX,
    y: homeY + 130 * (1 - come) - 12 * hump(part(t, 0.94, 1.3)) + 20 * leave(t),
    scale:
      size * (0.5 + 0.5 * come) * (1 + 0.05 * hump(part(t, 0.94, 1.24))) * (1 - 0.15 * leave(t)),
    angle: -0.14 * (1 - come) + 0.05 * Math.sin(t * 21) * hump(part(t, 0.44, 0.86)),
    alpha: part(t, 0, 0.12) * (1 - part(t, 2.66, seconds)),
  };
};
const opened = (t) => easeInOut(part(t, 0.84, 1.14));
const drawnOut = (t) => easeOutBack(part(t, 1.02, 1.5));
const sealAlpha = (t) => 1 - part(t, 0.86, 0.98);

/** The letter's sheet: a share of it is still in the envelope. */
const letter = { width: 208, height: 150 };
const letterPose = (t) => {
  const base = whole(t);
  return {
    x: base.x,
    y: base.y + (22 - 150 * drawnOut(t)) * base.scale,
    scale: base.scale * 0.92,
    angle: base.angle * 0.5,
    alpha: base.alpha * part(t, 0.9, 0.96),
  };
};
const rounded = (x, y, w, h, r) =>
  `M${x + r} ${y}H${x + w - r}C${x + w} ${y} ${x + w} ${y} ${x + w} ${y + r}V${y + h - r}C${x + w} ${y + h} ${x + w} ${y + h} ${x + w - r} ${y + h}H${x + r}C${x} ${y + h} ${x} ${y + h} ${x} ${y + h - r}V${y + r}C${x} ${y} ${x} ${y} ${x + r} ${y}Z`;
const { width: sheetWide, height: sheetHigh } = letter;
const sheetShapes = [
  { path: rounded(0, 0, sheetWide, sheetHigh, 14), fill: [1, 0.985, 0.955, 1] },
  {
    path: rounded(7, 7, sheetWide - 14, sheetHigh - 14, 10),
    stroke: [1, 0.62, 0.74, 1],
    strokeWidth: 2.5,
  },
  { path: rounded(16, 40, sheetWide - 32, 44, 22), fill: [0.93, 0.2, 0.42, 1] },
  { path: "M40 45H150", stroke: [1, 0.62, 0.74, 1], strokeWidth: 3 },
  { path: "M34 100H174M34 114H174M34 128H130", stroke: [0.98, 0.8, 0.85, 1], strokeWidth: 4 },
];

const hearts = Array.from({ length: 12 }, (_, index) => {
  const from = 1.16 + 0.05 * index;
  return {
    art: "small",
    at: (t) => {
      const life = part(t, from, from + 1.1);
      if (life <= 0 || life >= 1) return null;
      const angle = between(index, 1, -2.75, -0.39);
      const reach = between(index, 2, 110, 176) * (0.35 + 0.65 * easeOut(life));
      return {
        x: homeX + Math.cos(angle) * reach + 9 * Math.sin(life * 8 + index),
        y: homeY - 66 + Math.sin(angle) * reach * 0.85,
        scale: between(index, 3, 0.08, 0.18) * easeOutBack(Math.min(1, 3 * life)),
        angle: 0.4 * Math.sin(life * 6 + index * 2),
        alpha: Math.min(1, 3 * (1 - life)),
      };
    },
  };
});
const sparks = Array.from({ length: 9 }, (_, index) => ({
  art: "spark",
  at: (t) => {
    const from = 0.92 + 0.13 * index;
    const life = part(t, from, from + 0.6);
    if (life <= 0 || life >= 1) return null;
    const angle = between(index, 5, 0, Math.PI * 2);
    return {
      x: homeX + Math.cos(angle) * 150,
      y: homeY - 44 + Math.sin(angle) * 112,
      scale: between(index, 6, 0.06, 0.12) * hump(life),
      angle: life,
    };
  },
}));

const pivot = middle;
const flapHinge = [128, 56];
const flap = (t, isOpen) => {
  const turn = 1 - 2 * opened(t);
  if (turn > 0 === isOpen) return null;
  const base = whole(t);
  const up = (flapHinge[1] - middle[1]) * base.scale;
  return {
    ...base,
    x: base.x - Math.sin(base.angle) * up,
    y: base.y + Math.cos(base.angle) * up,
    scaleX: base.scale,
    scaleY: base.scale * (Math.abs(turn) < 0.06 ? 0.06 * (isOpen ? -1 : 1) : turn),
  };
};

export const design = {
  gift: "love-letter",
  format: "svga",
  width: 380,
  height: 360,
  fps: 30,
  seconds,
  /** As the catalogue tells the player. */
  svgaSlots: { "sender-name": "name" },
  art: {
    back: ["love-letter#back", 1],
    pocket: ["love-letter#pocket-part", 1],
    flap: ["love-letter#flap-part", 1],
    seal: ["love-letter#seal-part", 1],
    small: ["parts/mini-heart", 0.3],
    spark: ["parts/spark-gold", 0.3],
    glow: ["parts/glow-rose", 0.7],
  },
  parts: [
    {
      art: "glow",
      at: (t) => ({
        x: homeX,
        y: homeY - 50,
        scale: 1.25 * easeOut(part(t, 0.8, 1.3)) + 0.01,
        alpha: 0.62 * part(t, 0.8, 1.2) * (1 - part(t, 2.4, 2.9)),
      }),
    },
    { art: "back", at: whole, pivot },
    { art: "flap", at: (t) => flap(t, true), pivot: flapHinge },
    ...hearts,
    {
      art: "sheet.vector",
      at: letterPose,
      pivot: [sheetWide / 2, sheetHigh / 2],
      shapes: () => sheetShapes,
    },
    {
      art: "small",
      at: (t) => {
        const pose = letterPose(t);
        return {
          ...pose,
          y: pose.y - 55 * pose.scale,
          scale: 0.1 * (1 + 0.2 * hump(part(t, 1.4, 1.8))) * (pose.scale / size),
        };
      },
    },
    {
      art: "sender-name",
      at: (t) => {
        const pose = letterPose(t);
        return { ...pose, y: pose.y - 13 * pose.scale };
      },
      pivot: [80, 18],
      size: [160, 36],
    },
    { art: "pocket", at: whole, pivot },
    { art: "flap", at: (t) => flap(t, false), pivot: flapHinge },
    {
      art: "seal",
      at: (t) => {
        const base = whole(t);
        return {
          ...base,
          scale: base.scale * (1 + 0.22 * hump(part(t, 0.5, 0.84)) + 0.6 * part(t, 0.86, 0.98)),
          alpha: base.alpha * sealAlpha(t),
        };
      },
      pivot: [128, 142],
    },
    ...sparks,
  ],
};
