import { glow, heart, palette, rays, scoped, spark } from "../brushes.mjs";
import { place } from "../art.mjs";
import {
  between,
  easeIn,
  easeInOut,
  easeOut,
  easeOutBack,
  hump,
  mix,
  part,
  scatter,
} from "../motion.mjs";
import { cloud, dusk, glitter, ribbon } from "../scenery.mjs";

const seconds = 6;
const [width, height] = [1024, 576];
const size = 1.5;

const poseOf = (t) => {
  const up = easeOut(part(t, 0.25, 2.3));
  const off = easeIn(part(t, 4.5, 5.8));
  return {
    x: 512 + 16 * Math.sin(t * 1.7) - 30 * (1 - up),
    y: mix(860, 236, up) + 9 * Math.sin(t * 2.1) - 560 * off + 16 * hump(part(t, 4.15, 4.6)),
    angle: 0.045 * Math.sin(t * 1.7 + 0.8),
  };
};
const nameY = (t) => poseOf(t).y + 236;
const unrolled = (t) => easeOutBack(part(t, 2.1, 2.6)) * (1 - easeIn(part(t, 4.2, 4.55)));

/** Others of its kind, behind. */
const others = [
  { x: 170, y: 210, scale: 0.46, from: 0.9, hue: 150 },
  { x: 858, y: 170, scale: 0.52, from: 0.7, hue: 210 },
  { x: 300, y: 340, scale: 0.3, from: 1.3, hue: 260 },
  { x: 742, y: 372, scale: 0.34, from: 1.2, hue: 40 },
  { x: 64, y: 400, scale: 0.26, from: 1.6, hue: 310 },
  { x: 952, y: 420, scale: 0.27, from: 1.5, hue: 95 },
];

export const design = {
  gift: "balloon",
  format: "vap",
  quality: 26,
  width,
  height,
  fps: 30,
  seconds,
  slots: [
    {
      id: "name",
      kind: "name",
      size: [300, 44],
      mask: [64, 16],
      colour: "#ffffff",
      at: (t) => {
        const seen = part(t, 2.35, 2.6) * (1 - part(t, 4.15, 4.3));
        if (seen <= 0) return null;
        return {
          rect: [poseOf(t).x - 150, nameY(t) - 24, 300, 44],
          mask: (context, w, h) => {
            context.fillStyle = `rgba(255,255,255,${seen})`;
            context.fillRect(0, 0, w, h);
          },
        };
      },
    },
  ],
  art: { balloon: ["balloon#balloon", 1.7] },
  draw(context, t, { balloon }) {
    const evening = easeOut(part(t, -0.05, 0.25)) * (1 - easeInOut(part(t, 5.1, 5.9)));
    dusk(context, width, height, {
      inner: "#ff9a6b",
      outer: "#8a3a86",
      alpha: 1 * evening,
    });
    // A low sun.
    glow(context, 512, 470, 420, "#ffcf7a", 0.5 * evening);
    const pose = poseOf(t);
    const met = part(t, 2, 2.6) * (1 - part(t, 4.2, 4.8));
    rays(context, pose.x, pose.y, 400 * easeOut(part(t, 2, 2.8)), palette.cream, {
      alpha: 0.6 * met,
      angle: t * 0.2,
      count: 14,
    });
    for (let index = 0; index < 6; index += 1)
      cloud(
        context,
        ((scatter(index, 31) * 1_300 + t * between(index, 32, 14, 34)) % 1_300) - 140,
        between(index, 33, 90, 520),
        between(index, 34, 70, 120),
        { alpha: 0.55 * evening, light: "#fff3e6", dark: "#e3a9c9", salt: index * 3 },
      );
    for (const [index, { x, y, scale, from, hue }] of others.entries()) {
      const up = easeOut(part(t, from, from + 1.7));
      if (up <= 0) continue;
      scoped(context, () => {
        context.filter = `hue-rotate(${hue}deg)`;
        place(
          context,
          balloon,
          x + 8 * Math.sin(t * 1.4 + index),
          mix(720, y, up) - 420 * easeIn(part(t, 4.7 + 0.08 * index, 5.9)),
          {
            scale,
            pivot: [128, 110],
            angle: 0.05 * Math.sin(t * 1.5 + index),
            alpha: 0.95 * evening,
          },
        );
      });
    }
    glow(context, pose.x, pose.y - 20, 270, palette.rose, 0.38 * part(t, 0.5, 1.5) * evening);
    // The flame of the burner lights the envelope from within, before it rises and before it leaves.
    const blow = Math.max(hump(part(t, 0.9, 1.6)), hump(part(t, 2.5, 3.1)), part(t, 4.2, 4.6));
    place(context, balloon, pose.x, pose.y, { scale: size, pivot: [128, 128], angle: pose.angle });
    scoped(context, () => {
      context.globalCompositeOperation = "lighter";
      glow(context, pose.x, pose.y + 0, 150 * size, "#ff9a3d", 0.3 * blow * evening);
      glow(context, pose.x, pose.y + 84, 34 * size, "#fff1a6", 0.9 * blow * evening, 0.2);
    });
    const open = unrolled(t);
    if (open > 0.02) {
      scoped(context, () => {
        context.strokeStyle = "#8a4a1f";
        context.lineWidth = 2.5;
        for (const side of [-1, 1]) {
          context.beginPath();
          context.moveTo(pose.x + side * 34, pose.y + 180);
          context.lineTo(pose.x + side * 120 * open, nameY(t) - 26);
          context.stroke();
        }
      });
      ribbon(context, pose.x, nameY(t), 380, 60, open, { from: "#ff7d5c", to: "#c2185b" });
    }
    for (let index = 0; index < 34; index += 1) {
      const begins = 1.5 + 0.1 * index;
      const life = part(t, begins, begins + 2);
      if (life <= 0 || life >= 1) continue;
      const x = between(index, 1, 60, 964) + 22 * Math.sin(life * 5 + index);
      const y = mix(620, between(index, 2, 40, 240), easeOut(life));
      heart(context, x, y, between(index, 3, 16, 38) * easeOutBack(Math.min(1, 3 * life)), {
        alpha: Math.min(1, 2.4 * (1 - life)) * evening,
        angle: 0.35 * Math.sin(life * 6 + index),
      });
    }
    for (let index = 0; index < 4; index += 1) {
      const pass = part(t, 0.5 + 0.5 * index, 2.6 + 0.5 * index);
      if (pass > 0 && pass < 1)
        cloud(
          context,
          [120, 900, 260, 800][index],
          mix(-60, 660, pass),
          [150, 160, 120, 130][index],
          { alpha: 0.85 * hump(pass), light: "#fffaf4", dark: "#ffb9a0", salt: 20 + index },
        );
    }
    if (met > 0.2)
      for (const side of [-1, 1])
        spark(
          context,
          pose.x + side * 216,
          nameY(t) - 4,
          24 * open * (0.8 + 0.2 * Math.sin(t * 8 + side)),
          palette.gold,
          { angle: t },
        );
    glitter(context, width, height, t, 2, { until: 5.9, count: 44, salt: 9 });
  },
};
