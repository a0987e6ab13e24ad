import { burst, glow, palette, rays, scoped, shockwave, spark } from "../brushes.mjs";
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
import { dusk, fire, glitter, ribbon } from "../scenery.mjs";

const seconds = 7;
const [width, height] = [1024, 576];
const middleX = 512;
const born = 1.5;

/** Beats of the wings: 1 up, -1 down. */
const flap = (t) =>
  Math.sin((t - born) * 5.2) *
  part(t, born + 0.2, born + 0.7) *
  (1 - 0.6 * hump(part(t, 3.1, 4.7)));
const spread = (t) => easeOutBack(part(t, born, born + 0.8));
const poseOf = (t) => {
  const rise = easeOut(part(t, born, born + 1.2));
  const off = easeIn(part(t, 5.3, 6.3));
  return {
    x: middleX + 10 * Math.sin(t * 1.6) * part(t, 2.4, 3),
    y: mix(430, 250, rise) - 14 * flap(t) * (1 - off) - 720 * off + 26 * hump(part(t, 4.9, 5.5)),
    scale:
      1.7 *
      mix(0.35, 1, easeOut(part(t, born, born + 0.9))) *
      (1 + 0.12 * hump(part(t, 3, 4.2))) *
      (1 - 0.35 * off),
  };
};
const nameY = 500;
const unrolled = (t) => easeOutBack(part(t, 3.2, 3.7)) * (1 - easeIn(part(t, 5, 5.35)));

/** One feather of light that sinks. */
const feather = (context, x, y, long, angle, alpha) =>
  scoped(context, () => {
    context.globalAlpha *= alpha;
    context.translate(x, y);
    context.rotate(angle);
    const fill = context.createLinearGradient(-long, 0, long, 0);
    fill.addColorStop(0, "#fff0a8");
    fill.addColorStop(0.5, "#ff8a2a");
    fill.addColorStop(1, "#e8274f");
    context.fillStyle = fill;
    context.beginPath();
    context.moveTo(-long, 0);
    context.quadraticCurveTo(0, -long * 0.34, long, 0);
    context.quadraticCurveTo(0, long * 0.22, -long, 0);
    context.fill();
    context.strokeStyle = "#fff6d6aa";
    context.lineWidth = 1.2;
    context.beginPath();
    context.moveTo(-long * 0.9, 0);
    context.lineTo(long * 0.8, -1);
    context.stroke();
  });

export const design = {
  gift: "phoenix",
  format: "vap",
  quality: 27,
  width,
  height,
  fps: 30,
  seconds,
  slots: [
    {
      id: "name",
      kind: "name",
      size: [340, 48],
      mask: [64, 16],
      colour: "#fff6d6",
      at: (t) => {
        const seen = part(t, 3.45, 3.75) * (1 - part(t, 4.95, 5.1));
        if (seen <= 0) return null;
        return {
          rect: [middleX - 170, nameY - 27, 340, 48],
          mask: (context, w, h) => {
            context.fillStyle = `rgba(255,255,255,${seen})`;
            context.fillRect(0, 0, w, h);
          },
        };
      },
    },
  ],
  art: { tail: ["phoenix#tail", 2], wing: ["phoenix#wing", 2], body: ["phoenix#body", 2] },
  draw(context, t, { tail, wing, body }) {
    const night = easeOut(part(t, -0.05, 0.25)) * (1 - easeInOut(part(t, 6.2, 6.95)));
    dusk(context, width, height, { inner: "#7d1a2e", outer: "#1c0626", alpha: night });
    // Embers gather from all sides into one point.
    const heat = part(t, 0.3, born) * (1 - part(t, born + 0.1, born + 0.9));
    for (let index = 0; index < 64; index += 1) {
      const begins = 0.1 + 0.013 * index;
      const life = part(t, begins, begins + 0.85);
      if (life <= 0 || life >= 1) continue;
      const angle = scatter(index, 1) * Math.PI * 2 + 2.4 * life;
      const reach = between(index, 2, 240, 520) * (1 - easeInOut(life));
      glow(
        context,
        middleX + Math.cos(angle) * reach,
        400 + Math.sin(angle) * reach * 0.62,
        between(index, 3, 6, 15),
        [palette.honey, palette.ember, palette.gold][index % 3],
        0.9 * hump(Math.sqrt(life)),
        0.2,
      );
    }
    glow(context, middleX, 400, 40 + 190 * heat, palette.ember, 0.8 * heat, 0.1);
    glow(context, middleX, 400, 20 + 80 * heat, palette.cream, heat, 0.25);
    fire(context, middleX, 470, 260 * heat, 150 * heat + 2, t, {
      angle: -Math.PI / 2,
      alpha: heat,
      count: 50,
    });
    const flash = part(t, born - 0.05, born + 0.7);
    if (flash > 0 && flash < 1) {
      glow(
        context,
        middleX,
        380,
        520 * easeOut(flash),
        palette.cream,
        0.95 * (1 - flash) ** 1.3,
        0.12,
      );
      shockwave(context, middleX, 380, 620, palette.honey, flash, { flat: 0.6 });
    }
    burst(context, middleX, 370, 460, part(t, born, born + 1.1), {
      count: 30,
      size: 0.045,
      flat: 0.75,
      colours: [palette.gold, palette.ember, palette.cream],
      salt: 5,
    });
    const pose = poseOf(t);
    const alive = part(t, born, born + 0.2);
    const shows = part(t, 2.9, 3.4) * (1 - part(t, 5, 5.5));
    rays(context, pose.x, pose.y, 520 * easeOut(part(t, 2.9, 3.6)), palette.gold, {
      alpha: 0.85 * shows,
      angle: t * 0.22,
      count: 18,
    });
    rays(context, pose.x, pose.y, 420 * easeOut(part(t, 2.9, 3.6)), palette.ember, {
      alpha: 0.7 * shows,
      angle: -t * 0.17,
      count: 14,
      width: 0.6,
    });
    glow(context, pose.x, pose.y, 340, palette.ember, 0.55 * alive * night);
    if (alive > 0 && pose.y > -260) {
      const { x, y, scale } = pose;
      // Behind the wings' edges and the tail it burns.
      for (const side of [-1, 1])
        for (let tongue = 0; tongue < 3; tongue += 1)
          fire(
            context,
            x + side * (58 + 46 * tongue) * scale * 0.62 * spread(t),
            y - (20 + 16 * tongue) * scale * 0.5 - 26 * flap(t),
            120 * scale * 0.7,
            56,
            t + tongue * 0.37 + side,
            { angle: Math.PI / 2 - side * (0.5 + 0.12 * tongue), alpha: 0.5 * alive, count: 22 },
          );
      fire(context, x, y + 70 * scale, 190 * scale * 0.7, 90, t, {
        alpha: 0.75 * alive,
        count: 46,
      });
      const beat = flap(t);
      const open = spread(t);
      const at = { scale, pivot: [128, 128], alpha: alive };
      place(context, tail, x, y + 40 * scale, {
        ...at,
        pivot: [128, 168],
        scaleY: scale * (1 + 0.14 * beat + 0.2 * part(t, 5.3, 5.7)),
        scaleX: scale * (0.5 + 0.5 * open),
        angle: 0.05 * Math.sin(t * 3.1),
      });
      for (const side of [-1, 1])
        scoped(context, () => {
          context.translate(x + side * 6 * scale, y);
          context.scale(side, 1);
          context.rotate(0.1 - 0.4 * beat + 0.8 * (1 - open));
          place(context, wing, 0, 0, {
            alpha: alive,
            scaleX: scale * (0.55 + 0.45 * open) * 1.3,
            scaleY: scale * (1 - 0.1 * Math.abs(beat)) * 1.3,
            pivot: [134, 128],
          });
        });
      place(context, body, x, y, at);
      glow(
        context,
        x + 8 * scale,
        y - 51 * scale,
        10 * scale,
        palette.cream,
        0.5 + 0.3 * Math.sin(t * 9),
      );
      for (let jewel = 0; jewel < 3; jewel += 1)
        spark(
          context,
          x + [-20, 2, 28][jewel] * scale,
          y + [-100, -114, -98][jewel] * scale,
          13 * scale * (0.55 + 0.45 * Math.sin(t * 7 + jewel * 2)),
          "#9ff6ff",
          { angle: t },
        );
    }
    for (let index = 0; index < 26; index += 1) {
      const begins = born + 0.5 + 0.15 * index;
      const life = part(t, begins, begins + 2.1);
      if (life <= 0 || life >= 1) continue;
      feather(
        context,
        between(index, 21, 120, 904) + 46 * Math.sin(life * 4 + index),
        mix(between(index, 22, 60, 260), between(index, 23, 380, 560), life),
        between(index, 24, 12, 26),
        Math.sin(life * 5 + index) * 0.9 + 0.7,
        Math.min(1, 6 * life, 2.4 * (1 - life)) * night,
      );
    }
    for (let index = 0; index < 50; index += 1) {
      const begins = born + 0.3 + 0.085 * index;
      const life = part(t, begins, begins + 1.4);
      if (life <= 0 || life >= 1) continue;
      glow(
        context,
        between(index, 31, 60, 964) + 20 * Math.sin(life * 6 + index),
        mix(590, between(index, 32, 20, 300), easeOut(life)),
        between(index, 33, 4, 9),
        [palette.gold, palette.ember, palette.honey][index % 3],
        hump(life) * night,
        0.2,
      );
    }
    shockwave(context, middleX, 250, 480, palette.cream, part(t, 3, 3.9), { width: 0.05 });
    ribbon(context, middleX, nameY, 460, 64, unrolled(t), { from: "#c2182f", to: "#6b0328" });
    if (unrolled(t) > 0.5)
      for (const side of [-1, 1])
        spark(
          context,
          middleX + side * 256,
          nameY - 4,
          27 * unrolled(t) * (0.8 + 0.2 * Math.sin(t * 8 + side)),
          palette.gold,
          { angle: t },
        );
    glitter(context, width, height, t, 5.2, {
      until: 6.95,
      count: 42,
      salt: 8,
      colours: [palette.gold, palette.honey, palette.cream],
    });
  },
};
