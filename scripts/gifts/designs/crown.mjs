import { between, easeIn, easeOut, easeOutBack, easeOutBounce, hump, part } from "../motion.mjs";

const seconds = 3.4;
const [middleX, middleY] = [210, 232];
const radius = 78;
const leave = (t) => easeIn(part(t, 3, seconds));
const alpha = (t) => part(t, 0, 0.12) * (1 - part(t, 3.02, seconds));
const landed = 1.02;
const come = (t) => easeOutBack(part(t, 0, 0.45));
const nod = (t) => 7 * hump(part(t, landed - 0.02, landed + 0.2));

const portrait = (t) => ({
  x: middleX,
  y: middleY + nod(t) + 12 * leave(t),
  scale: come(t) * (1 - 0.2 * leave(t)),
  alpha: alpha(t),
});
const circle = (r) =>
  `M${-r} 0C${-r} ${-0.5523 * r} ${-0.5523 * r} ${-r} 0 ${-r}C${0.5523 * r} ${-r} ${r} ${-0.5523 * r} ${r} 0C${r} ${0.5523 * r} ${0.5523 * r} ${r} 0 ${r}C${-0.5523 * r} ${r} ${-r} ${0.5523 * r} ${-r} 0Z`;
/** The same around the middle of a square that begins at 0. */
const circleIn = (r) =>
  `M0 ${r}C0 ${0.4477 * r} ${0.4477 * r} 0 ${r} 0C${1.5523 * r} 0 ${2 * r} ${0.4477 * r} ${2 * r} ${r}C${2 * r} ${1.5523 * r} ${1.5523 * r} ${2 * r} ${r} ${2 * r}C${0.4477 * r} ${2 * r} 0 ${1.5523 * r} 0 ${r}Z`;

const crownPose = (t) => {
  const fall = easeOutBounce(part(t, 0.62, 1.42));
  const base = portrait(t);
  return {
    x: middleX,
    y: base.y - (radius + 34) * base.scale - 190 * (1 - fall),
    scale: 0.62 * (1 + 0.08 * hump(part(t, 1.5, 1.9))) * (1 - 0.2 * leave(t)),
    angle: 0.22 * (1 - fall) + 0.03 * Math.sin(t * 4) * part(t, 1.5, 2),
    alpha: alpha(t) * part(t, 0.6, 0.7),
  };
};

const sparks = Array.from({ length: 16 }, (_, index) => ({
  art: "spark",
  at: (t) => {
    const flight = part(t, landed, landed + between(index, 4, 0.7, 1.1));
    if (flight <= 0 || flight >= 1) return null;
    const angle = (index / 16) * Math.PI * 2 + 0.1;
    const reach = 96 + between(index, 1, 50, 104) * easeOut(flight);
    return {
      x: middleX + Math.cos(angle) * reach,
      y: middleY - 30 + Math.sin(angle) * reach + 34 * flight * flight,
      scale: between(index, 2, 0.07, 0.15) * (1 - easeIn(flight)),
      angle: flight,
    };
  },
}));
const twinkling = Array.from({ length: 12 }, (_, index) => ({
  art: "spark",
  at: (t) => {
    const from = 1.4 + 0.12 * index;
    const life = part(t, from, from + 0.6);
    if (life <= 0 || life >= 1) return null;
    const angle = between(index, 6, 0, Math.PI * 2);
    return {
      x: middleX + Math.cos(angle) * between(index, 7, 100, 150),
      y: middleY - 40 + Math.sin(angle) * between(index, 8, 90, 150),
      scale: between(index, 9, 0.06, 0.13) * hump(life),
      angle: 0.5 * life,
      alpha: 1 - part(t, 2.9, 3.2),
    };
  },
}));
const confetti = Array.from({ length: 18 }, (_, index) => {
  const colour = [
    [1, 0.81, 0.28, 1],
    [1, 0.31, 0.48, 1],
    [0.36, 0.78, 0.97, 1],
    [0.79, 0.64, 1, 1],
  ][index % 4];
  return {
    art: `paper${index % 4}.vector`,
    pivot: [5, 3],
    shapes: () => [{ rect: [0, 0, 10, 6, 1.5], fill: colour }],
    at: (t) => {
      const age = t - landed - 0.02 * (index % 5);
      if (age <= 0 || age > 1.7) return null;
      const angle = between(index, 11, -2.8, -0.34);
      const speed = between(index, 12, 160, 330);
      const slow = (1 - Math.exp(-2.2 * age)) / 2.2;
      return {
        x: middleX + Math.cos(angle) * speed * slow * 1.3 + 8 * Math.sin(age * 6 + index),
        y: middleY - 60 + Math.sin(angle) * speed * slow + 90 * age * age,
        scaleX: 1.15,
        scaleY: 0.25 + Math.abs(Math.cos(age * between(index, 13, 6, 11))),
        angle: age * between(index, 14, -6, 6),
        alpha: Math.min(1, 3 * (1.7 - age)),
      };
    },
  };
});

export const design = {
  gift: "crown",
  format: "svga",
  width: 420,
  height: 420,
  fps: 30,
  seconds,
  svgaSlots: { "sender-avatar": "avatar", "sender-name": "name" },
  art: {
    crown: ["crown", 1],
    spark: ["parts/spark-gold", 0.3],
    glow: ["parts/glow-gold", 0.8],
    rays: ["parts/rays-gold", 1],
    ring: ["parts/ring-gold", 0.8],
  },
  parts: [
    {
      art: "glow",
      at: (t) => ({
        x: middleX,
        y: middleY - 20,
        scale: 1.55,
        alpha: 0.7 * part(t, 0.5, 1.1) * (1 - part(t, 2.7, 3.2)),
      }),
    },
    {
      art: "rays",
      at: (t) => ({
        x: middleX,
        y: middleY - 20,
        scale: 0.7 + 0.9 * easeOut(part(t, landed, 1.6)),
        angle: 0.35 * t,
        alpha: 0.9 * part(t, landed, 1.3) * (1 - part(t, 2.6, 3.1)),
      }),
    },
    ...confetti.slice(0, 9),
    {
      art: "disc.vector",
      at: portrait,
      pivot: [0, 0],
      shapes: () => [
        { path: circle(radius + 9), fill: [0.73, 0.4, 0.04, 1] },
        { path: circle(radius + 7), fill: [1, 0.83, 0.32, 1] },
        { path: circle(radius + 2), fill: [1, 0.96, 0.8, 1] },
        { path: circle(radius), fill: [0.36, 0.08, 0.2, 1] },
      ],
    },
    {
      art: "sender-avatar",
      at: portrait,
      pivot: [radius, radius],
      size: [2 * radius, 2 * radius],
      clip: circleIn(radius),
    },
    {
      art: "shine.vector",
      at: portrait,
      pivot: [0, 0],
      shapes: () => [
        {
          path: `M${-radius * 0.72} ${-radius * 0.3}C${-radius * 0.6} ${-radius * 0.6} ${-radius * 0.34} ${-radius * 0.74} ${-radius * 0.1} ${-radius * 0.8}`,
          stroke: [1, 1, 1, 0.6],
          strokeWidth: 5,
        },
      ],
    },
    {
      art: "ring",
      at: (t) => {
        const wave = part(t, landed, landed + 0.6);
        return wave <= 0 || wave >= 1
          ? null
          : {
              x: middleX,
              y: middleY - 20,
              scale: 0.7 + 0.9 * easeOut(wave),
              alpha: 0.9 * (1 - wave) ** 1.5,
            };
      },
    },
    { art: "crown", at: crownPose, pivot: [128, 160] },
    {
      art: "plate.vector",
      at: (t) => {
        const base = portrait(t);
        const unroll = easeOutBack(part(t, 1.3, 1.7));
        return unroll <= 0
          ? null
          : {
              x: middleX,
              y: base.y + (radius + 8) * base.scale,
              scaleX: unroll * base.scale,
              scaleY: base.scale,
              alpha: base.alpha,
            };
      },
      pivot: [0, 0],
      shapes: () => [
        { path: "M-118 -4L-142 22L-118 40H118L142 22L118 -4Z", fill: [0.56, 0.04, 0.2, 1] },
        {
          path: "M-112 -16C-40 -6 40 -6 112 -16V28C40 38 -40 38 -112 28Z",
          fill: [0.91, 0.15, 0.31, 1],
        },
        { path: "M-106 -8C-40 1 40 1 106 -8", stroke: [1, 0.83, 0.4, 1], strokeWidth: 3 },
        { path: "M-106 22C-40 31 40 31 106 22", stroke: [1, 0.83, 0.4, 1], strokeWidth: 3 },
      ],
    },
    {
      art: "sender-name",
      at: (t) => {
        const base = portrait(t);
        return {
          x: middleX,
          y: base.y + (radius + 19) * base.scale,
          scale: base.scale,
          alpha: base.alpha * part(t, 1.5, 1.7),
        };
      },
      pivot: [92, 17],
      size: [184, 34],
    },
    ...confetti.slice(9),
    ...sparks,
    ...twinkling,
  ],
};
