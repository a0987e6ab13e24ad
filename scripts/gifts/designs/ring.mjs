import { burst, glow, heart, palette, rays, shockwave, spark, twinkles } from "../brushes.mjs";
import { place } from "../art.mjs";
import { between, easeIn, easeInOut, easeOut, easeOutBack, hump, part } from "../motion.mjs";

const seconds = 3.4;
const size = 0.92;

export const design = {
  gift: "ring",
  format: "avif",
  quality: 30,
  width: 380,
  height: 380,
  fps: 20,
  seconds,
  art: { ring: ["ring#ring", 1.2] },
  draw(context, t, { ring }) {
    const [x, y] = [190, 200];
    const come = easeOutBack(part(t, 0.1, 0.6));
    const leave = easeIn(part(t, 2.95, seconds));
    const away = 1 - part(t, 3, seconds);
    // Turns like a coin that comes to rest: face, edge, face.
    const turn = Math.cos(Math.PI * 4 * (1 - easeOut(part(t, 0.1, 1.35))));
    const shine = part(t, 1.3, 1.62) * (1 - part(t, 2.5, 3));
    const lift = 6 * Math.sin(t * 2.6);
    context.globalAlpha = away;
    rays(context, x, y - 62, 184 * easeOut(part(t, 1.28, 1.7)), palette.lilac, {
      alpha: 0.85 * shine,
      angle: t * 0.4,
      count: 10,
    });
    rays(context, x, y - 62, 150 * easeOut(part(t, 1.28, 1.7)), palette.cream, {
      alpha: 0.7 * shine,
      angle: -t * 0.3,
      count: 8,
      width: 0.35,
    });
    glow(context, x, y - 20, 168 * come, palette.rose, 0.3 * come);
    const scale = size * come * (1 + 0.1 * hump(part(t, 1.26, 1.6))) * (1 - 0.25 * leave);
    place(context, ring, x, y + lift - 12 * leave, {
      scaleX: scale * (Math.abs(turn) < 0.14 ? 0.14 : Math.abs(turn)),
      scaleY: scale,
      pivot: [128, 132],
      alpha: part(t, 0.1, 0.2),
    });
    // A streak of light runs over the stone, then the flash.
    const glint = part(t, 1.05, 1.35);
    if (glint > 0 && glint < 1)
      spark(context, x - 62 + 124 * glint, y - 86 + lift, 40 * hump(glint), "#ffffff", {
        angle: glint,
      });
    const flash = part(t, 1.28, 1.75);
    if (flash > 0 && flash < 1) {
      glow(context, x, y - 74, 150 * easeOut(flash), "#ffffff", 0.95 * (1 - flash), 0.15);
      spark(context, x, y - 74, 150 * hump(Math.sqrt(flash)), "#dff4ff", { slim: 0.05 });
    }
    shockwave(context, x, y - 40, 176, "#ffd9e6", part(t, 1.3, 1.95), { width: 0.08 });
    burst(context, x, y - 50, 168, part(t, 1.3, 2.1), {
      count: 18,
      colours: [palette.cream, palette.lilac, palette.sky],
      size: 0.075,
      salt: 2,
    });
    for (let index = 0; index < 14; index += 1) {
      const from = 1.35 + 0.07 * index;
      const life = part(t, from, from + 1.15);
      if (life <= 0 || life >= 1) continue;
      const angle = between(index, 1, 0, Math.PI * 2);
      const reach = between(index, 2, 84, 165) * easeOut(life);
      heart(
        context,
        x + Math.cos(angle) * reach,
        y - 10 + Math.sin(angle) * reach - 30 * life,
        between(index, 3, 13, 25) * easeOutBack(Math.min(1, 3 * life)),
        {
          alpha: Math.min(1, 2.6 * (1 - life)),
          angle: 0.4 * Math.sin(life * 6 + index),
        },
      );
    }
    twinkles(context, x, y - 30, 150, 140, t, {
      count: 9,
      size: 15 * easeInOut(part(t, 0.5, 1)),
      colours: [palette.cream, "#d7f2ff"],
      salt: 5,
    });
  },
};
