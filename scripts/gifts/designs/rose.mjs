import { burst, glow, palette, petal, shockwave, twinkles } from "../brushes.mjs";
import { place } from "../art.mjs";
import { between, easeIn, easeInOut, easeOut, easeOutBack, hump, part } from "../motion.mjs";

const seconds = 2;
const size = 0.84;
/** Where the bloom sits on the stalk, in the SVG. */
const joint = [128, 160];

export const design = {
  gift: "rose",
  format: "webp",
  quality: 76,
  width: 320,
  height: 320,
  fps: 20,
  seconds,
  art: { stalk: ["rose#stalk", 1.2], bloom: ["rose#bloom", 1.2] },
  draw(context, t, { stalk, bloom }) {
    const grow = easeOutBack(part(t, 0, 0.42));
    const open = easeOutBack(part(t, 0.34, 0.78));
    const leave = easeInOut(part(t, 1.65, seconds));
    const sway = 0.05 * Math.sin(t * 5) * part(t, 0.5, 0.8) - 0.1 * hump(part(t, 0.2, 0.5));
    const breath = 1 + 0.1 * hump(part(t, 0.62, 0.95));
    context.globalAlpha = 1 - leave;
    glow(context, 160, 132, 150 * (0.4 + 0.6 * open), palette.rose, 0.42 * open);
    shockwave(context, 160, 130, 136, palette.blush, part(t, 0.62, 1.2), { width: 0.1 });
    const baseX = 160;
    const baseY = 276 + 6 * leave;
    context.save();
    context.translate(baseX, baseY);
    context.rotate(sway);
    place(context, stalk, 0, 0, {
      scaleX: size * grow,
      scaleY: size * grow,
      pivot: [128, 248],
      alpha: part(t, 0, 0.1),
    });
    const bud = 0.3 + 0.7 * open;
    place(context, bloom, 0, (joint[1] - 248) * size * grow, {
      scaleX: size * grow * bud * breath,
      scaleY: size * grow * (0.55 + 0.45 * open) * breath,
      pivot: joint,
      angle: 0.1 * Math.sin(t * 3.3) * part(t, 0.6, 1),
      alpha: part(t, 0.08, 0.2),
    });
    context.restore();
    for (let index = 0; index < 13; index += 1) {
      const begins = 0.62 + between(index, 1, 0, 0.3);
      const life = part(t, begins, begins + between(index, 2, 0.85, 1.15));
      if (life <= 0 || life >= 1) continue;
      const angle = between(index, 3, -2.9, -0.24);
      const reach = between(index, 4, 70, 140) * easeOut(life);
      petal(
        context,
        160 + Math.cos(angle) * reach + 10 * Math.sin(life * 7 + index),
        126 + Math.sin(angle) * reach * 0.8 + 120 * easeIn(life) + 26 * life,
        between(index, 5, 9, 15),
        {
          alpha: Math.min(1, 3 * (1 - life)),
          angle: life * between(index, 6, -5, 5) + index,
          fold: Math.cos(life * between(index, 7, 6, 11) + index),
        },
      );
    }
    burst(context, 160, 128, 140, part(t, 0.64, 1.25), {
      count: 10,
      size: 0.075,
      salt: 21,
      colours: [palette.cream, palette.blush],
    });
    twinkles(context, 160, 130, 118, 100, t, { count: 7, size: 12 * part(t, 0.6, 0.9), salt: 4 });
  },
};
