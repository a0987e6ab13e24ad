import { burst, glow, palette, petal, rays, shockwave, twinkles } from "../brushes.mjs";
import { place } from "../art.mjs";
import { between, easeIn, easeInOut, easeOut, hump, mix, part } from "../motion.mjs";

const seconds = 3.6;
const surface = 330;
const middle = 220;
/** Up quickly, slow at the top, down quickly. */
const way = (t) => {
  const p = part(t, 0.62, 2.5);
  const u = 2 * p - 1;
  return 0.5 + 0.5 * (0.55 * u + 0.45 * u ** 3 * 1);
};
const at = (p) => [mix(70, 370, p), surface + 60 - 232 * 4 * p * (1 - p)];

const drops = (context, x, t, from, salt, strength) => {
  for (let index = 0; index < 22; index += 1) {
    const age = t - from - 0.012 * (index % 5);
    if (age <= 0 || age > 0.95) continue;
    const angle = between(index, salt, -2.5, -0.64);
    const speed = between(index, salt + 1, 120, 320) * strength;
    const px = x + Math.cos(angle) * speed * age * 0.8;
    const py = surface + Math.sin(angle) * speed * age + 380 * age * age;
    if (py > surface + 12) continue;
    const radius = between(index, salt + 2, 2.5, 8) * (1 - 0.5 * age);
    const fill = context.createRadialGradient(
      px - radius * 0.3,
      py - radius * 0.4,
      0,
      px,
      py,
      radius,
    );
    fill.addColorStop(0, "#ffffff");
    fill.addColorStop(0.5, "#8fdcff");
    fill.addColorStop(1, "#2d8bf2");
    context.fillStyle = fill;
    context.globalAlpha = Math.min(1, 4 * (0.95 - age));
    context.beginPath();
    context.ellipse(px, py, radius * 0.8, radius * 1.1, angle + Math.PI / 2, 0, 7);
    context.fill();
  }
  context.globalAlpha = 1;
};

/** A crown of water around the place where the fish breaks through. */
const crown = (context, x, t, from) => {
  const p = part(t, from, from + 0.7);
  if (p <= 0 || p >= 1) return;
  const high = 78 * hump(Math.sqrt(p));
  const wide = 34 + 58 * easeOut(p);
  const fill = context.createLinearGradient(0, surface - high, 0, surface + 14);
  fill.addColorStop(0, "#ffffffee");
  fill.addColorStop(0.4, "#7fd4fbcc");
  fill.addColorStop(1, "#2d8bf299");
  context.globalAlpha = 1 - easeIn(p);
  context.fillStyle = fill;
  context.beginPath();
  context.moveTo(x - wide, surface + 8);
  const teeth = 5;
  for (let tooth = 0; tooth < teeth; tooth += 1) {
    const left = x - wide + (2 * wide * tooth) / teeth;
    const step = (2 * wide) / teeth;
    const tall = high * between(tooth, 71, 0.6, 1.05);
    const lean = (tooth - 2) * 9 * p;
    context.quadraticCurveTo(
      left + step * 0.12,
      surface - tall * 0.5,
      left + step / 2 + lean,
      surface - tall,
    );
    context.quadraticCurveTo(left + step * 0.88, surface - tall * 0.5, left + step, surface + 4);
  }
  context.quadraticCurveTo(x, surface + 26, x - wide, surface + 8);
  context.fill();
  context.globalAlpha = 1;
};

export const design = {
  gift: "koi",
  format: "mp4",
  quality: 24,
  width: 432,
  height: 432,
  fps: 30,
  seconds,
  art: { fish: ["koi#fish", 1.3] },
  draw(context, t, { fish }) {
    const away = 1 - easeInOut(part(t, 3.1, seconds));
    const pond = easeOut(part(t, 0, 0.5)) * away;
    const top = hump(part(t, 0.9, 2.3));
    const p = way(t);
    const [x, y] = at(p);
    context.save();
    context.globalAlpha = away;
    rays(context, middle, 176, 214 * easeOut(part(t, 1.1, 1.6)), palette.gold, {
      alpha: 0.8 * top,
      angle: t * 0.35,
      count: 12,
    });
    glow(context, middle, 176, 190, palette.honey, 0.4 * top);
    context.restore();
    // The pond: a lens of light with rings that run outwards.
    context.save();
    context.globalAlpha = pond;
    context.translate(middle, surface + 26);
    context.scale(1, 0.27);
    const water = context.createRadialGradient(0, 0, 0, 0, 0, 206);
    water.addColorStop(0, "#bdeeffdd");
    water.addColorStop(0.45, "#4fb4f4cc");
    water.addColorStop(0.8, "#1f74d8aa");
    water.addColorStop(1, "#1a63c900");
    context.fillStyle = water;
    context.beginPath();
    context.arc(0, 0, 206 * easeOut(part(t, 0, 0.6)), 0, 7);
    context.fill();
    for (let ring = 0; ring < 3; ring += 1) {
      const wave = (t * 0.8 + ring / 3) % 1;
      context.strokeStyle = `rgba(255,255,255,${0.5 * (1 - wave)})`;
      context.lineWidth = 5;
      context.beginPath();
      context.arc(0, 0, 30 + 160 * wave, 0, 7);
      context.stroke();
    }
    context.restore();
    // Something stirs below before it leaps.
    const stir = hump(part(t, 0.18, 0.66));
    glow(context, 110, surface + 20, 62 * stir, "#ff8a4a", 0.5 * stir * pond);
    const [beforeX, beforeY] = at(Math.max(0, p - 0.02));
    const angle = Math.atan2(y - beforeY, x - beforeX) + 0.6;
    const wriggle = Math.sin(t * 15) * 0.09;
    context.save();
    context.beginPath();
    context.moveTo(-20, -40);
    context.lineTo(452, -40);
    context.lineTo(452, surface + 22);
    context.quadraticCurveTo(middle, surface + 34, -20, surface + 22);
    context.clip();
    if (t > 0.62 && t < 2.5) {
      for (let ghost = 5; ghost > 0; ghost -= 1) {
        const [gx, gy] = at(Math.max(0, p - 0.026 * ghost));
        glow(context, gx, gy, 58 - 6 * ghost, palette.gold, 0.2 * (1 - ghost / 6));
      }
      context.translate(x, y);
      context.rotate(angle + wriggle);
      context.transform(1, wriggle * 0.8, -wriggle * 0.6, 1, 0, 0);
      place(context, fish, 0, 0, { scale: 0.98 + 0.14 * top, pivot: [140, 128] });
    }
    context.restore();
    crown(context, 96, t, 0.66);
    drops(context, 96, t, 0.68, 11, 1);
    crown(context, 344, t, 2.26);
    drops(context, 344, t, 2.28, 31, 1.15);
    shockwave(context, 96, surface + 14, 110, "#e4fbff", part(t, 0.68, 1.4), { flat: 0.3 });
    shockwave(context, 344, surface + 14, 130, "#e4fbff", part(t, 2.28, 3.1), { flat: 0.3 });
    for (let index = 0; index < 14; index += 1) {
      const life = part(t, 1.25 + 0.05 * index, 2.7 + 0.05 * index);
      if (life <= 0 || life >= 1) continue;
      petal(
        context,
        between(index, 3, 40, 400) + 24 * Math.sin(life * 5 + index),
        between(index, 4, 10, 130) + 200 * life,
        between(index, 5, 7, 12),
        {
          alpha: Math.min(1, 5 * life, 3 * (1 - life)) * away,
          angle: life * 4 + index,
          fold: Math.cos(life * 8 + index),
          from: "#fff0f4",
          to: "#ff8fb0",
        },
      );
    }
    burst(context, middle, 130, 190, part(t, 1.42, 2.3), { count: 18, size: 0.075, salt: 61 });
    twinkles(context, middle, 160, 180, 130, t, { count: 9, size: 14 * top, salt: 7 });
  },
};
