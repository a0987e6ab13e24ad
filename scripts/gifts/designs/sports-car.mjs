import { burst, glow, palette, scoped, spark, twinkles, withAlpha } from "../brushes.mjs";
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

const seconds = 4;
const size = 1.3;
const ground = 292;

/** Comes from the left, brakes in the middle, waits a moment, leaves to the right. */
const wayOf = (t) => {
  if (t < 1) return mix(-330, 330, easeOut(part(t, 0.1, 1)));
  if (t < 2.5) return 330 - 26 * easeInOut(part(t, 2.1, 2.5));
  return mix(304, 1_060, easeIn(part(t, 2.5, 3.35)));
};
const speedOf = (t) => (wayOf(t + 0.01) - wayOf(t - 0.01)) / 0.02;

const smoke = (context, t, from, until, x, salt) => {
  for (let index = 0; index < 16; index += 1) {
    const begins = mix(from, until, index / 16);
    const life = part(t, begins, begins + 0.9);
    if (life <= 0 || life >= 1) continue;
    glow(
      context,
      x(begins) - between(index, salt, 20, 90) * easeOut(life),
      ground - 6 - 38 * life * between(index, salt + 1, 0.5, 1),
      (22 + 44 * life) * between(index, salt + 2, 0.8, 1.2),
      scatter(index, salt + 3) > 0.5 ? "#fff1f5" : "#ffd3e0",
      0.62 * (1 - life),
      0.15,
    );
  }
};

export const design = {
  gift: "sports-car",
  format: "mp4",
  quality: 24,
  width: 640,
  height: 368,
  fps: 30,
  seconds,
  art: { body: ["sports-car#body", 1.5], wheel: ["sports-car#wheel", 1.5] },
  draw(context, t, { body, wheel }) {
    const x = wayOf(t);
    const speed = speedOf(t);
    const fast = Math.min(1, Math.abs(speed) / 900);
    const stands = part(t, 0.95, 1.1) * (1 - part(t, 2.45, 2.6));
    // The road: a streak of light under the car.
    scoped(context, () => {
      context.translate(Math.min(560, Math.max(80, x)), ground + 4);
      context.scale(1, 0.1);
      glow(context, 0, 0, 250, palette.rose, 0.85 * part(t, 0.1, 0.5) * (1 - part(t, 3.1, 3.6)));
    });
    for (let index = 0; index < 26; index += 1) {
      const y = between(index, 1, 92, ground - 4);
      const phase = (t * between(index, 2, 1.5, 2.6) + scatter(index, 3)) % 1;
      const long = between(index, 4, 60, 190) * fast;
      const left = mix(680, -240, phase);
      const streak = context.createLinearGradient(left, 0, left + long, 0);
      const colour = [palette.cream, palette.blush, palette.gold][index % 3];
      streak.addColorStop(0, withAlpha(colour, 0));
      streak.addColorStop(0.5, withAlpha(colour, 0.75 * fast));
      streak.addColorStop(1, withAlpha(colour, 0));
      context.fillStyle = streak;
      context.fillRect(left, y, long, between(index, 5, 1.5, 4));
    }
    smoke(context, t, 0.62, 1.05, (at) => wayOf(at) - 130, 11);
    smoke(context, t, 2.3, 2.85, (at) => Math.min(420, wayOf(at)) - 120, 31);
    // Nose down as it brakes, up as it goes.
    const pitch =
      0.06 * hump(part(t, 0.68, 1.22)) -
      0.035 * hump(part(t, 1.12, 1.5)) -
      0.075 * hump(part(t, 2.3, 2.95));
    const bounce = -3 * hump(part(t, 1, 1.3)) + 0.9 * Math.sin(t * 70) * fast;
    const turn = x / (32 * size);
    const ghosts = Math.round(4 * fast);
    for (let ghost = ghosts; ghost >= 0; ghost -= 1) {
      const gx = x - ghost * speed * 0.011;
      scoped(context, () => {
        context.globalAlpha = ghost === 0 ? 1 : 0.13;
        context.translate(gx, ground + bounce);
        context.rotate(pitch);
        place(context, body, 0, 0, { scale: size, pivot: [130, 212] });
        for (const wheelX of [66, 196])
          place(context, wheel, (wheelX - 130) * size, (180 - 212) * size, {
            scale: size,
            angle: turn,
            pivot: [0, 0],
          });
      });
    }
    // Lights: two greetings, then full.
    const blink = Math.max(
      hump(part(t, 1.2, 1.42)),
      hump(part(t, 1.5, 1.72)),
      part(t, 1.95, 2.15) * (1 - part(t, 3.1, 3.4)),
    );
    if (blink > 0.01) {
      const [lx, ly] = [x + 96 * size, ground - 73 * size];
      scoped(context, () => {
        const beam = context.createLinearGradient(lx, 0, lx + 300, 0);
        beam.addColorStop(0, withAlpha("#fff6c4", 0.8 * blink));
        beam.addColorStop(1, withAlpha("#fff6c4", 0));
        context.fillStyle = beam;
        context.beginPath();
        context.moveTo(lx, ly - 4);
        context.lineTo(lx + 310, ly - 46);
        context.lineTo(lx + 310, ly + 96);
        context.lineTo(lx, ly + 9);
        context.fill();
      });
      glow(context, lx, ly, 54, "#fffbe3", blink, 0.12);
      spark(context, lx, ly, 64 * blink, palette.cream, { angle: t });
    }
    // A sheen runs over the paint while it stands.
    const sheen = part(t, 1.05, 1.6);
    if (sheen > 0 && sheen < 1)
      spark(
        context,
        x - 150 + 300 * sheen,
        ground - 128 - 24 * hump(sheen),
        46 * hump(sheen),
        "#ffffff",
      );
    burst(context, x, ground - 90, 200, part(t, 1.5, 2.35), {
      count: 20,
      flat: 0.75,
      size: 0.065,
      salt: 4,
      colours: [palette.gold, palette.blush, palette.cream],
    });
    twinkles(context, x, ground - 90, 220, 120, t, {
      count: 9,
      size: 15 * stands * easeOutBack(part(t, 1, 1.4)),
      salt: 9,
    });
    // What is left glitters and goes out.
    for (let index = 0; index < 22; index += 1) {
      const begins = 2.75 + 0.025 * index;
      const life = part(t, begins, begins + 0.75);
      if (life <= 0 || life >= 1) continue;
      spark(
        context,
        mix(300, 640, index / 22),
        ground - 40 - between(index, 6, 0, 110) - 16 * life,
        between(index, 7, 7, 16) * hump(life),
        [palette.gold, palette.blush][index % 2],
        { angle: life * 2 },
      );
    }
  },
};
