import { burst, glow, palette, twinkles } from "../brushes.mjs";
import { place } from "../art.mjs";
import {
  between,
  easeIn,
  easeOut,
  easeOutBack,
  easeOutBounce,
  hump,
  part,
  scatter,
} from "../motion.mjs";

const seconds = 2.6;
const size = 0.9;

export const design = {
  gift: "hot-pot",
  format: "webp",
  quality: 74,
  width: 320,
  height: 320,
  fps: 20,
  seconds,
  art: {
    fire: ["hot-pot#fire", 1.1],
    pot: ["hot-pot#pot-part", 1.1],
    soup: ["hot-pot#soup", 1.1],
    food: ["hot-pot#food", 1.1],
    sticks: ["hot-pot#sticks", 1.1],
  },
  draw(context, t, { fire, pot, soup, food, sticks }) {
    const drop = easeOutBounce(part(t, 0, 0.5));
    const leave = easeIn(part(t, 2.2, seconds));
    const boil = part(t, 0.55, 0.95) * (1 - part(t, 2.1, 2.4));
    const rattle = 1.6 * Math.sin(t * 58) * boil * (1 - part(t, 1.9, 2.3));
    context.globalAlpha = part(t, 0, 0.1) * (1 - part(t, 2.25, seconds));
    const [x, y] = [160 + rattle, 296 - 210 * (1 - drop) + 10 * leave];
    const at = {
      scale: size * (1 - 0.2 * leave),
      pivot: [128, 240],
      angle: 0.006 * Math.sin(t * 47) * boil,
    };
    // Lengths of the SVG to the picture.
    const sx = (value) => x + (value - 128) * at.scale;
    const sy = (value) => y + (value - 240) * at.scale;
    glow(context, sx(128), sy(170), 150 * boil, palette.honey, 0.42 * boil);
    const lick = 1 + 0.12 * Math.sin(t * 19) + 0.08 * Math.sin(t * 31);
    place(context, fire, x, sy(252), {
      ...at,
      scaleY: at.scale * lick * part(t, 0.55, 0.85),
      scaleX: at.scale,
      pivot: [128, 252],
    });
    place(context, pot, x, y, at);
    place(context, soup, x, y, at);
    for (let index = 0; index < 16; index += 1) {
      const cycle = t * between(index, 1, 1.6, 2.6) + scatter(index, 2);
      const life = cycle - Math.floor(cycle);
      const angle = scatter(index + 31 * Math.floor(cycle), 3) * Math.PI * 2;
      const far = Math.sqrt(scatter(index + 31 * Math.floor(cycle), 4)) * 0.86;
      const [bx, by] = [128 + Math.cos(angle) * 88 * far, 128 + Math.sin(angle) * 30 * far];
      const radius = between(index, 5, 3, 6.5) * hump(life) * boil * size * 1.5;
      if (radius < 0.4) continue;
      context.fillStyle = bx < 128 ? "#ffb27acc" : "#fffdf2dd";
      context.beginPath();
      context.ellipse(sx(bx), sy(by) - radius * 0.3, radius, radius * 0.8, 0, 0, 7);
      context.fill();
      context.strokeStyle = "#ffffffcc";
      context.lineWidth = 1;
      context.stroke();
    }
    place(context, food, sx(128), sy(124 + 3 * Math.sin(t * 9) * boil), {
      ...at,
      pivot: [128, 124],
      angle: 0.03 * Math.sin(t * 6) * boil,
    });
    // The chopsticks come, dip at the climax and lift.
    const come = easeOutBack(part(t, 0.75, 1.05));
    const dip = hump(part(t, 1.12, 1.5));
    if (come > 0)
      place(
        context,
        sticks,
        sx(160) + 90 * (1 - come),
        sy(120) - 70 * (1 - come) + 20 * dip - 26 * easeOut(part(t, 1.5, 1.8)),
        {
          ...at,
          pivot: [160, 120],
          angle: 0.12 * dip,
          alpha: part(t, 0.75, 0.85),
        },
      );
    for (let index = 0; index < 15; index += 1) {
      const from = 0.62 + index * 0.11;
      const life = part(t, from, from + 0.95);
      if (life <= 0 || life >= 1) continue;
      const wide = between(index, 7, -66, 66);
      glow(
        context,
        sx(128 + wide) + 20 * Math.sin(life * 4 + index) * life,
        sy(104) - 122 * easeOut(life),
        (26 + 44 * life) * between(index, 8, 0.8, 1.2),
        "#fff6ee",
        0.5 * hump(life) * boil ** 0.5,
        0.1,
      );
    }
    burst(context, sx(128), sy(118), 128, part(t, 1.3, 2), {
      count: 13,
      colours: [palette.honey, palette.ember, palette.cream],
      salt: 9,
      size: 0.07,
      flat: 0.8,
      fall: 0.4,
    });
    twinkles(context, 160, 170, 128, 110, t, { count: 5, size: 10 * boil, salt: 6 });
  },
};
