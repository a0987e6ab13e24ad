import { burst, glow, palette, rays, scoped, shockwave, spark } from "../brushes.mjs";
import { place } from "../art.mjs";
import { between, easeIn, easeInOut, easeOut, easeOutBack, hump, mix, part } from "../motion.mjs";
import { cloud, dusk, fadeEdges, fire, glitter, ribbon, stars } from "../scenery.mjs";

const seconds = 6;
const [width, height] = [1024, 576];
const size = 1.42;
/** Of the window, in the ship's own coordinates. */
const [windowX, windowY, windowRadius] = [128, 92, 22];
const middleX = 512;

/** The ship's height: stands, sinks a little before it starts, climbs, hovers, shoots away. */
const heightOf = (t) => {
  const sink = 14 * hump(part(t, 0.95, 1.55));
  const climb = easeInOut(part(t, 1.35, 2.5));
  const hover = 6 * Math.sin((t - 2.5) * 3) * part(t, 2.4, 2.8);
  const gather = 34 * easeInOut(part(t, 4.2, 4.62));
  const off = 1_050 * easeIn(part(t, 4.6, 5.3));
  return mix(432, 238, climb) + sink + hover + gather - off;
};
const rumble = (t) => (part(t, 0.7, 1.4) * (1 - part(t, 1.9, 2.6)) + hump(part(t, 4.3, 5.1))) * 2.6;
const poseOf = (t) => {
  const come = easeOutBack(part(t, 0.05, 0.55));
  return {
    x: middleX + rumble(t) * Math.sin(t * 83),
    y: heightOf(t) + 260 * (1 - come) + rumble(t) * Math.cos(t * 71),
    scaleX: size * (1 - 0.07 * hump(part(t, 1.3, 1.9)) + 0.08 * hump(part(t, 4.2, 4.7))),
    scaleY:
      size *
      (1 +
        0.1 * hump(part(t, 1.3, 1.9)) -
        0.08 * hump(part(t, 4.2, 4.7)) +
        0.16 * part(t, 4.65, 4.9)),
    angle: 0.03 * Math.sin(t * 2.6) * part(t, 2.3, 2.9) * (1 - part(t, 4.1, 4.5)),
  };
};
const pivot = [128, 106];
const windowAt = (t) => {
  const { x, y, scaleX, scaleY, angle } = poseOf(t);
  const dx = (windowX - pivot[0]) * scaleX;
  const dy = (windowY - pivot[1]) * scaleY;
  return [
    x + dx * Math.cos(angle) - dy * Math.sin(angle),
    y + dx * Math.sin(angle) + dy * Math.cos(angle),
  ];
};
const nameY = 500;
const unrolled = (t) => easeOutBack(part(t, 2.7, 3.15)) * (1 - easeIn(part(t, 4.3, 4.65)));

export const design = {
  gift: "rocket",
  format: "vap",
  quality: 26,
  width,
  height,
  fps: 30,
  seconds,
  slots: [
    {
      id: "avatar",
      kind: "avatar",
      size: [62, 62],
      mask: [62, 62],
      at: (t) => {
        const [x, y] = windowAt(t);
        if (y < -30 || t < 0.1) return null;
        const side = 2 * windowRadius * size;
        return {
          rect: [x - side / 2, y - side / 2, side, side],
          mask: (context, w, h) => {
            context.fillStyle = "#ffffff";
            context.beginPath();
            context.arc(w / 2, h / 2, w / 2 - 1, 0, 7);
            context.fill();
            // The glass shines over the face.
            context.strokeStyle = "#000000a0";
            context.lineWidth = 4;
            context.lineCap = "round";
            context.beginPath();
            context.arc(w / 2, h / 2, w * 0.36, Math.PI * 1.02, Math.PI * 1.42);
            context.stroke();
          },
        };
      },
    },
    {
      id: "name",
      kind: "name",
      size: [320, 46],
      mask: [64, 16],
      colour: "#ffffff",
      at: (t) => {
        const seen = part(t, 2.95, 3.2) * (1 - part(t, 4.25, 4.4));
        if (seen <= 0) return null;
        return {
          rect: [middleX - 160, nameY - 26, 320, 46],
          mask: (context, w, h) => {
            context.fillStyle = `rgba(255,255,255,${seen})`;
            context.fillRect(0, 0, w, h);
          },
        };
      },
    },
  ],
  art: { hull: ["rocket#hull", 1.6] },
  draw(context, t, { hull }) {
    const night = easeOut(part(t, -0.05, 0.25)) * (1 - easeInOut(part(t, 5.1, 5.9)));
    const climbing = part(t, 1.5, 2.2);
    const speed = hump(part(t, 1.35, 2.7)) + 0.25 * part(t, 2.3, 2.7) + 1.6 * part(t, 4.55, 4.9);
    dusk(context, width, height, { inner: "#3a1c74", outer: "#0d0a33", alpha: night });
    const fall =
      0.7 * easeInOut(part(t, 1.35, 2.6)) +
      0.05 * Math.max(0, t - 2.4) +
      1.2 * easeIn(part(t, 4.5, 5.6));
    stars(context, width, height, t, {
      count: 54,
      fall,
      streak: 90 * Math.max(0, speed - 0.3),
      alpha: night,
    });
    // Where it is met: light behind the ship.
    const met = part(t, 2.45, 2.9) * (1 - part(t, 4.2, 4.7));
    rays(context, middleX, 238, 430 * easeOut(part(t, 2.45, 3.1)), palette.gold, {
      alpha: 0.85 * met,
      angle: t * 0.25,
      count: 16,
    });
    glow(context, middleX, 238, 330, palette.honey, 0.45 * met);
    const pose = poseOf(t);
    const thrust =
      part(t, 0.85, 1.4) * (0.85 + 0.15 * Math.sin(t * 61)) * (1 + 0.7 * part(t, 4.5, 4.8));
    const tailY = pose.y + 92 * pose.scaleY;
    // Smoke rolls over the ground until it is far below.
    for (let index = 0; index < 26; index += 1) {
      const begins = 0.8 + 0.06 * index;
      const life = part(t, begins, begins + 1.7);
      if (life <= 0 || life >= 1) continue;
      const side = index % 2 ? 1 : -1;
      glow(
        context,
        middleX + side * (20 + between(index, 1, 110, 380) * easeOut(life)),
        566 - 50 * life * between(index, 2, 0.3, 1) + 190 * climbing * life,
        (46 + 90 * life) * between(index, 3, 0.8, 1.2),
        ["#fff1e0", "#ffc8a0", "#d7c6ff"][index % 3],
        0.6 * (1 - life) * part(life, 0, 0.12),
        0.18,
      );
    }
    glow(context, pose.x, tailY + 40, 190 * thrust, palette.honey, 0.55 * thrust);
    fire(
      context,
      pose.x,
      tailY,
      (150 + 90 * climbing + 190 * part(t, 4.5, 4.8)) * thrust,
      86 * size * 0.7,
      t,
      { alpha: Math.min(1, 1.2 * thrust), count: 64 },
    );
    place(context, hull, pose.x, pose.y, { ...pose, pivot, alpha: part(t, 0.05, 0.15) });
    shockwave(context, middleX, 540, 460, palette.cream, part(t, 1.3, 2.1), { flat: 0.22 });
    shockwave(context, middleX, 238, 420, palette.cream, part(t, 2.5, 3.3), { width: 0.05 });
    burst(context, middleX, 238, 400, part(t, 2.5, 3.7), {
      count: 28,
      size: 0.045,
      salt: 3,
      flat: 0.72,
      colours: [palette.gold, palette.cream, palette.rose, palette.sky],
    });
    ribbon(context, middleX, nameY, 430, 62, unrolled(t));
    if (met > 0.3)
      for (const side of [-1, 1])
        spark(
          context,
          middleX + side * 240,
          nameY - 8,
          26 * unrolled(t) * (0.8 + 0.2 * Math.sin(t * 9)),
          palette.gold,
          { angle: t },
        );
    for (let index = 0; index < 5; index += 1) {
      const pass = part(t, 1.55 + 0.16 * index, 2.5 + 0.16 * index);
      if (pass > 0 && pass < 1)
        cloud(
          context,
          [150, 880, 330, 720, 90][index],
          mix(-80, 700, pass),
          [110, 130, 84, 96, 120][index],
          { alpha: 0.85 * hump(pass), light: "#e8e2ff", dark: "#8f86d6", salt: index },
        );
    }
    scoped(context, () => {
      const flash = part(t, 5.05, 5.5);
      if (flash > 0 && flash < 1) {
        spark(context, middleX, 60, 150 * hump(Math.sqrt(flash)), palette.cream, { slim: 0.06 });
        glow(context, middleX, 60, 240, palette.cream, 0.7 * hump(flash));
      }
    });
    glitter(context, width, height, t, 4.7, { until: 6.1, count: 34, salt: 3 });
    fadeEdges(context, width, height, { bottom: 44 });
  },
};
