// What full-picture animations stand in: light of the sky, fire, clouds, and a ribbon for the sender's name.
import { glow, palette, spark, withAlpha } from "./brushes.mjs";
import { between, hump, mix, part, scatter } from "./motion.mjs";

/** A dark ground with soft edges, so that what shines stands out on any programme and in any picture's shape. */
export const dusk = (context, width, height, { inner, outer, alpha }) => {
  if (alpha <= 0.004) return;
  context.save();
  context.translate(width / 2, height / 2);
  context.scale(1, height / width);
  const fill = context.createRadialGradient(0, 0, 0, 0, 0, width * 0.56);
  for (const [stop, colour, share] of [
    [0, inner, 0.5],
    [0.5, outer, 0.6],
    [0.72, outer, 0.52],
    [0.88, outer, 0.24],
    [1, outer, 0],
  ])
    fill.addColorStop(stop, withAlpha(colour, share * alpha));
  context.fillStyle = fill;
  context.fillRect(-width / 2, -width / 2, width, width);
  context.restore();
};

/** Lets what lies on the upper and the lower edge fade: on upright canvases these are in the middle of the picture. */
export const fadeEdges = (context, width, height, { top = 0, bottom = 0 }) => {
  context.save();
  context.globalCompositeOperation = "destination-out";
  for (const [from, to] of [
    [0, top],
    [height, height - bottom],
  ]) {
    if (from === to) continue;
    const fill = context.createLinearGradient(0, from, 0, to);
    fill.addColorStop(0, "#000000ff");
    fill.addColorStop(0.5, "#00000060");
    fill.addColorStop(1, "#00000000");
    context.fillStyle = fill;
    context.fillRect(0, Math.min(from, to), width, Math.abs(to - from));
  }
  context.restore();
};

/** Stars that pass downwards by `fall` of the height, and twinkle. */
export const stars = (
  context,
  width,
  height,
  time,
  { count = 46, fall = 0, streak = 0, alpha = 1 } = {},
) => {
  for (let index = 0; index < count; index += 1) {
    const depth = between(index, 91, 0.35, 1);
    const x = scatter(index, 92) * width;
    const y = ((scatter(index, 93) + fall * depth) % 1) * (height + 60) - 30;
    const light = alpha * depth * (0.55 + 0.45 * Math.sin(time * between(index, 94, 2, 6) + index));
    if (streak > 2) {
      const long = streak * depth;
      const trail = context.createLinearGradient(0, y - long, 0, y);
      trail.addColorStop(0, withAlpha(palette.cream, 0));
      trail.addColorStop(1, withAlpha(palette.cream, 0.8 * light));
      context.fillStyle = trail;
      context.fillRect(x - depth, y - long, 2 * depth, long);
    } else glow(context, x, y, 4 + 4 * depth, palette.cream, light, 0.2);
  }
};

/** Fire that streams from a point along `angle`, as many round lights. */
export const fire = (
  context,
  x,
  y,
  length,
  width,
  time,
  {
    angle = Math.PI / 2,
    alpha = 1,
    colours = ["#ff3d2e", "#ff8a1f", "#ffd23d", "#fff6d6"],
    count = 60,
  } = {},
) => {
  if (alpha <= 0.01 || length < 2) return;
  context.save();
  context.globalCompositeOperation = "lighter";
  for (let index = 0; index < count; index += 1) {
    const cycle = time * between(index, 81, 2.2, 3.8) + scatter(index, 82);
    const life = cycle - Math.floor(cycle);
    const side = (scatter(index + 17 * Math.floor(cycle), 83) - 0.5) * 2;
    const along = length * life;
    const across =
      side * width * 0.5 * (1 - 0.75 * life) + Math.sin(life * 9 + index) * width * 0.06;
    const hue = colours[Math.min(colours.length - 1, Math.floor((1 - life) * colours.length))];
    glow(
      context,
      x + Math.cos(angle) * along - Math.sin(angle) * across,
      y + Math.sin(angle) * along + Math.cos(angle) * across,
      width * mix(0.62, 0.14, life) * between(index, 84, 0.75, 1.2),
      hue,
      alpha * 0.34 * (1 - life) ** 0.7,
      0.15,
    );
  }
  context.restore();
};

/** A heap of round clouds with a soft lower edge, lit from above; its middle is at the place. */
export const cloud = (
  context,
  x,
  y,
  size,
  { alpha = 1, light = "#ffffff", dark = "#c3d3ff", salt = 0 } = {},
) => {
  if (alpha <= 0.01) return;
  const heaps = Array.from({ length: 6 }, (_, index) => {
    const side = (index - 2.5) / 2.5;
    const radius =
      size * mix(0.46, 0.2, Math.abs(side) ** 1.3) * between(index, salt + 5, 0.8, 1.2);
    return { x: x + side * size * 0.86, y: y - radius * 0.62, radius };
  });
  const silhouette = () => {
    context.beginPath();
    for (const heap of heaps) {
      context.moveTo(heap.x + heap.radius, heap.y);
      context.arc(heap.x, heap.y, heap.radius, 0, 7);
    }
    context.roundRect(x - size * 1.02, y - size * 0.22, size * 2.04, size * 0.3, size * 0.15);
  };
  context.save();
  context.globalAlpha *= alpha;
  const body = context.createLinearGradient(0, y - size * 0.8, 0, y + size * 0.1);
  body.addColorStop(0, light);
  body.addColorStop(0.55, light);
  body.addColorStop(1, dark);
  silhouette();
  context.fillStyle = body;
  context.fill();
  context.clip();
  // Each heap is brighter on its upper left.
  for (const heap of heaps) {
    glow(
      context,
      heap.x + heap.radius * 0.55,
      heap.y + heap.radius * 0.75,
      heap.radius * 0.95,
      dark,
      0.55,
    );
    glow(
      context,
      heap.x - heap.radius * 0.3,
      heap.y - heap.radius * 0.35,
      heap.radius * 0.9,
      light,
      0.9,
    );
  }
  context.restore();
};

/** A ribbon with room for a name; unrolls by `open` from 0 to 1. Its middle is at the place. */
export const ribbon = (
  context,
  x,
  y,
  width,
  height,
  open,
  { from = "#ff5c86", to = "#b80f48", edge = palette.gold, alpha = 1 } = {},
) => {
  if (open <= 0.01 || alpha <= 0.01) return;
  const half = (width / 2) * open;
  const high = height / 2;
  context.save();
  context.globalAlpha *= alpha;
  context.translate(x, y);
  for (const side of [-1, 1]) {
    context.fillStyle = "#7d0636";
    context.beginPath();
    context.moveTo(side * (half - 26), -high + 9);
    context.lineTo(side * (half + 34 * open), -high + 9);
    context.lineTo(side * (half + 18 * open), 9);
    context.lineTo(side * (half + 34 * open), high + 9);
    context.lineTo(side * (half - 26), high + 9);
    context.fill();
  }
  const bend = height * 0.14;
  const path = (inset) => {
    context.beginPath();
    context.moveTo(-half + inset, -high + inset);
    context.quadraticCurveTo(0, -high + inset - bend, half - inset, -high + inset);
    context.lineTo(half - inset, high - inset);
    context.quadraticCurveTo(0, high - inset - bend, -half + inset, high - inset);
    context.closePath();
  };
  const fill = context.createLinearGradient(0, -high, 0, high);
  fill.addColorStop(0, from);
  fill.addColorStop(1, to);
  path(0);
  context.fillStyle = fill;
  context.fill();
  path(5);
  context.strokeStyle = edge;
  context.lineWidth = 2.5;
  context.stroke();
  context.restore();
};

/** Light that rains down slowly over the whole picture. */
export const glitter = (
  context,
  width,
  height,
  time,
  from,
  {
    count = 40,
    until = from + 3,
    colours = [palette.gold, palette.cream, palette.blush],
    salt = 0,
  } = {},
) => {
  for (let index = 0; index < count; index += 1) {
    const begins = mix(from, until - 1.4, scatter(index, salt + 71));
    const life = part(time, begins, begins + between(index, salt + 72, 1, 1.7));
    if (life <= 0 || life >= 1) continue;
    spark(
      context,
      scatter(index, salt + 73) * width + 16 * Math.sin(life * 5 + index),
      mix(-0.04, 0.86, scatter(index, salt + 74)) * height + 0.22 * height * life,
      between(index, salt + 75, 6, 15) * hump(life),
      colours[index % colours.length],
      { angle: life * 1.4 },
    );
  }
};
