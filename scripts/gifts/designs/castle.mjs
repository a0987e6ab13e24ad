import {
  burst,
  firework,
  glow,
  palette,
  rays,
  scoped,
  shockwave,
  spark,
  withAlpha,
} from "../brushes.mjs";
import { place } from "../art.mjs";
import {
  between,
  easeIn,
  easeInOut,
  easeOut,
  easeOutBack,
  easeOutElastic,
  hump,
  mix,
  part,
} from "../motion.mjs";
import { cloud, dusk, fadeEdges, glitter, stars } from "../scenery.mjs";

const seconds = 7;
const [width, height] = [1024, 576];
const size = 1.62;
const ground = 560;

const shots = [
  [170, 150, 130, palette.rose, 2.3],
  [860, 130, 140, palette.sky, 2.65],
  [330, 96, 110, palette.gold, 3.05],
  [700, 100, 120, palette.lilac, 3.35],
  [96, 250, 110, palette.mint, 3.8],
  [930, 260, 112, palette.honey, 4],
  [512, 92, 190, palette.rose, 4.35],
  [230, 170, 150, palette.sky, 4.6],
  [800, 170, 150, palette.gold, 4.7],
  [420, 130, 100, palette.lilac, 5.05],
  [620, 130, 100, palette.mint, 5.15],
];

/** The way of the star that opens the scene. @param p from 0 to 1 */
const starAt = (p) => [mix(-40, 512, p), 470 - 410 * 4 * p * (1 - p) * 0.62 - 40 * (1 - p)];

export const design = {
  gift: "castle",
  format: "mp4",
  quality: 27,
  width,
  height,
  fps: 30,
  seconds,
  art: { towers: ["castle#towers", 1.8] },
  draw(context, t, { towers }) {
    const night = easeOut(part(t, -0.05, 0.25)) * (1 - easeInOut(part(t, 6.2, 6.95)));
    dusk(context, width, height, { inner: "#6a35a8", outer: "#120b40", alpha: night });
    stars(context, width, height, t, { count: 50, alpha: night, fall: 0.01 * t });
    const away = 1 - easeInOut(part(t, 6.15, 6.8));
    const sink = 40 * easeIn(part(t, 6.1, 6.8));
    // A star crosses the sky; where it comes down the castle grows.
    const star = part(t, 0.25, 1.05);
    if (star > 0 && star < 1) {
      for (let ghost = 16; ghost > 0; ghost -= 1) {
        const [gx, gy] = starAt(Math.max(0, easeInOut(star) - 0.012 * ghost));
        glow(context, gx, gy, 26 - ghost, palette.cream, 0.5 * (1 - ghost / 17));
      }
      const [x, y] = starAt(easeInOut(star));
      spark(context, x, y, 44, palette.gold, { angle: t * 5 });
    }
    const flash = part(t, 1, 1.6);
    if (flash > 0 && flash < 1) {
      glow(context, 512, 470, 430 * easeOut(flash), palette.cream, 0.95 * (1 - flash), 0.1);
      shockwave(context, 512, 500, 520, palette.cream, flash, { flat: 0.34 });
    }
    burst(context, 512, 470, 420, part(t, 1.02, 1.9), {
      count: 26,
      size: 0.05,
      flat: 0.7,
      salt: 2,
    });
    const lit = part(t, 2, 2.5) * away;
    // Wider than high: gone before the edge above, which is seen on upright canvases.
    scoped(context, () => {
      context.translate(512, 360);
      context.scale(1.45, 1);
      rays(context, 0, 0, 356, palette.gold, { alpha: 0.65 * lit, angle: t * 0.12, count: 18 });
    });
    glow(context, 512, 390, 420, palette.rose, 0.42 * lit);
    // Grows with a swing, higher first, then wider.
    const tall = easeOutElastic(part(t, 1.05, 2.25));
    const wide = easeOutBack(part(t, 1.05, 1.7));
    const pulse = 1 + 0.02 * hump(part(t, 4.4, 4.9));
    if (tall > 0)
      place(context, towers, 512, ground - 18 + sink, {
        scaleX: size * wide * pulse,
        scaleY: size * tall * pulse,
        pivot: [128, 240],
        alpha: away * part(t, 1.05, 1.15),
      });
    // Light in the windows, one after another.
    const windows = [
      [128, 186],
      [86, 132],
      [170, 132],
      [86, 156],
      [170, 156],
      [128, 120],
      [44, 152],
      [212, 152],
      [73, 216],
      [183, 216],
      [128, 216],
    ];
    scoped(context, () => {
      context.globalCompositeOperation = "lighter";
      for (const [index, [wx, wy]] of windows.entries()) {
        const on = part(t, 1.9 + 0.07 * index, 2.05 + 0.07 * index) * away;
        glow(
          context,
          512 + (wx - 128) * size,
          ground - 18 + sink + (wy - 240) * size,
          34,
          palette.honey,
          on * (0.5 + 0.14 * Math.sin(t * 5 + index)),
        );
      }
    });
    for (const [index, [x, y, radius, colour, from]] of shots.entries())
      firework(context, x, y, radius, colour, part(t, from, from + 1.75), {
        from: 470,
        salt: index * 5,
        count: index === 6 ? 40 : 26,
      });
    // Beams of light from behind the walls.
    scoped(context, () => {
      for (let beam = 0; beam < 4; beam += 1) {
        const angle = -Math.PI / 2 + (beam - 1.5) * 0.34 + 0.16 * Math.sin(t * 1.3 + beam * 1.7);
        context.save();
        context.translate(512 + (beam - 1.5) * 150, 540);
        context.rotate(angle);
        const light = context.createLinearGradient(0, 0, 560, 0);
        const colour = [palette.sky, palette.blush, palette.lilac, palette.gold][beam];
        light.addColorStop(0, withAlpha(colour, 0.3 * lit));
        light.addColorStop(1, withAlpha(colour, 0));
        context.fillStyle = light;
        context.beginPath();
        context.moveTo(0, -5);
        context.lineTo(560, -46);
        context.lineTo(560, 46);
        context.lineTo(0, 5);
        context.fill();
        context.restore();
      }
    });
    const roll = easeOutBack(part(t, 0.5, 1.3));
    for (let index = 0; index < 11; index += 1) {
      const x = mix(120, 904, index / 10) + 10 * Math.sin(t * 1.2 + index);
      cloud(
        context,
        512 + (x - 512) * roll,
        ground + 14 + 60 * (1 - roll) + sink + 5 * Math.sin(t * 1.6 + index * 2),
        between(index, 7, 84, 122),
        {
          alpha: 0.97 * part(t, 0.5, 0.8) * away,
          light: "#ffffff",
          dark: "#b7b4f0",
          salt: index * 3,
        },
      );
    }
    glitter(context, width, height, t, 4.6, { until: 6.9, count: 54, salt: 4 });
    fadeEdges(context, width, height, { top: 60, bottom: 36 });
  },
};
