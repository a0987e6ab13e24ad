import { glow, palette, spark, twinkles } from "../brushes.mjs";
import { place } from "../art.mjs";
import {
  between,
  easeIn,
  easeInOut,
  easeOut,
  easeOutBack,
  hump,
  part,
  scatter,
} from "../motion.mjs";

const seconds = 3.6;
const lit = (t) => part(t, 0.55, 1.1) * (0.9 + 0.1 * Math.sin(t * 23) * Math.sin(t * 7));

/** Those behind, small and out of reach. */
const far = Array.from({ length: 6 }, (_, index) => ({
  x: [52, 368, 112, 318, 24, 396][index],
  scale: [0.3, 0.34, 0.22, 0.24, 0.19, 0.2][index],
  from: [0.7, 0.9, 1.1, 1.25, 1.4, 1.5][index],
  speed: [150, 165, 120, 130, 110, 115][index],
}));

const hang = (context, { body, tassel }, x, y, scale, sway, light, alpha) => {
  context.save();
  context.translate(x, y);
  context.rotate(sway);
  glow(context, 0, 112 * scale, 190 * scale, palette.honey, 0.5 * light * alpha);
  place(context, body, 0, 0, { scale, pivot: [128, 10], alpha });
  context.globalCompositeOperation = "lighter";
  glow(context, 0, 102 * scale, 84 * scale, "#ffb54a", 0.4 * light * alpha);
  context.globalCompositeOperation = "source-over";
  place(context, tassel, 0, 194 * scale, { scale, pivot: [128, 204], angle: -1.6 * sway, alpha });
  context.restore();
};

export const design = {
  gift: "lantern",
  format: "avif",
  quality: 30,
  width: 420,
  height: 420,
  fps: 20,
  seconds,
  art: { body: ["lantern#body", 1.1], tassel: ["lantern#tassel-part", 1.1] },
  draw(context, t, art) {
    const leave = easeIn(part(t, 3, seconds));
    const away = 1 - part(t, 3.05, seconds);
    const come = easeOutBack(part(t, 0, 0.6));
    glow(context, 210, 210, 205, palette.ember, 0.26 * lit(t) * away);
    for (const { x, scale, from, speed } of far) {
      const age = t - from;
      if (age <= 0) continue;
      const y = 380 - speed * easeOut(Math.min(1, age / 2.2)) * 1.35;
      hang(
        context,
        art,
        x + 8 * Math.sin(t * 2 + x),
        y - 60 * scale,
        scale,
        0.08 * Math.sin(t * 2.4 + x),
        0.9,
        part(age, 0, 0.3) * away * 0.92,
      );
    }
    const sway = 0.32 * Math.sin(t * 4.2 + 0.4) * Math.exp(-1.2 * t) + 0.04 * Math.sin(t * 2.2);
    const swell = 1 + 0.07 * hump(part(t, 1.25, 1.75));
    hang(context, art, 210, 58 - 250 * (1 - come) - 50 * leave, 1.08 * swell, sway, lit(t), away);
    // Sparks of the flame rise through the light.
    for (let index = 0; index < 26; index += 1) {
      const from = 0.8 + 0.085 * index;
      const life = part(t, from, from + 1.1);
      if (life <= 0 || life >= 1) continue;
      const x = 210 + between(index, 1, -150, 150) + 14 * Math.sin(life * 5 + index);
      const y = 360 - 320 * easeInOut(life) * between(index, 2, 0.6, 1);
      glow(context, x, y, between(index, 3, 4, 8), palette.gold, hump(life) * away, 0.2);
      if (scatter(index, 4) > 0.6)
        spark(context, x, y, 9 * hump(life), palette.cream, { alpha: away });
    }
    twinkles(context, 210, 190, 170, 150, t, {
      count: 9,
      size: 14 * part(t, 1.2, 1.6),
      alpha: away,
      salt: 8,
    });
  },
};
