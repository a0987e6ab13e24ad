import { burst, palette, shockwave, twinkles } from "../brushes.mjs";
import { place } from "../art.mjs";
import { easeIn, easeInOut, easeOut, easeOutBack, easeOutElastic, hump, part } from "../motion.mjs";

const seconds = 1.7;
/** Of the SVG to the picture. */
const size = 0.62;

export const design = {
  gift: "lollipop",
  format: "apng",
  width: 240,
  height: 240,
  fps: 20,
  step: 12,
  seconds,
  art: {
    candy: ["lollipop#candy", 1],
    gloss: ["lollipop#gloss", 1],
    stick: ["lollipop#stick-part", 1],
    bow: ["lollipop#bow-part", 1],
  },
  draw(context, t, { candy, gloss, stick, bow }) {
    const enter = easeOutBack(part(t, 0, 0.35));
    const leave = easeIn(part(t, 1.4, seconds));
    const wind = -0.5 * hump(part(t, 0.3, 0.58));
    const spin = wind + Math.PI * 3.2 * easeInOut(part(t, 0.5, 1.25));
    const pulse = 1 + 0.12 * hump(part(t, 0.78, 1.06));
    const tilt =
      0.16 * Math.sin(t * 8) * (1 - part(t, 0, 0.5)) + 0.22 * hump(part(t, 0.3, 0.6)) - 0.2 * leave;
    const scale = size * enter * pulse * (1 - 0.4 * leave);
    context.globalAlpha = 1 - part(t, 1.45, seconds);
    shockwave(context, 120, 100, 116, palette.blush, part(t, 0.8, 1.3), { width: 0.09 });
    context.translate(120, 196);
    context.rotate(tilt);
    context.translate(-120, -196 + 8 * leave);
    const at = { scale, pivot: [128, 250] };
    place(context, stick, 120, 196, at);
    context.save();
    context.translate(120, 196 - (250 - 98) * scale);
    place(context, candy, 0, 0, { scale, angle: spin, pivot: [128, 98] });
    place(context, gloss, 0, 0, { scale, pivot: [128, 98] });
    context.restore();
    place(context, bow, 120, 196 - 56 * scale, {
      scaleX: scale * (1 + 0.1 * easeOutElastic(part(t, 0.3, 1)) * hump(part(t, 0.3, 1.2))),
      scaleY: scale,
      angle: 0.1 * Math.sin(spin * 1.3),
      pivot: [126, 194],
    });
    burst(context, 120, 100, 122, part(t, 0.82, 1.5), {
      count: 12,
      colours: [palette.gold, palette.blush, palette.sky],
      size: 0.11,
      salt: 3,
    });
    twinkles(context, 120, 104, 96, 90, t, {
      count: 5,
      size: 11 * easeOut(part(t, 0.2, 0.6)),
      salt: 5,
    });
  },
};
