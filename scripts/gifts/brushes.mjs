// What the gifts' animations have in common: one palette, one light from the upper left, glows instead of outlines.
import { clamp01, easeIn, easeOut, hump, mix, part, scatter } from "./motion.mjs";

export const palette = {
  rose: "#ff4f7b",
  blush: "#ffb3cb",
  ruby: "#e8274f",
  wine: "#9d0b35",
  gold: "#ffce47",
  honey: "#ff9f2e",
  cream: "#fff3c9",
  white: "#ffffff",
  sky: "#5cc6f7",
  azure: "#2d8bf2",
  violet: "#8a4bea",
  lilac: "#c9a2ff",
  mint: "#7fe8b8",
  ember: "#ff5a2e",
};

export const withAlpha = (colour, alpha) =>
  `${colour}${Math.round(clamp01(alpha) * 255)
    .toString(16)
    .padStart(2, "0")}`;

/** Runs with its own state of the context. */
export const scoped = (context, draw) => {
  context.save();
  draw();
  context.restore();
};

/** A soft round light. */
export const glow = (context, x, y, radius, colour, alpha = 1, core = 0) => {
  if (alpha <= 0.003 || radius <= 0.2) return;
  const light = context.createRadialGradient(x, y, 0, x, y, radius);
  light.addColorStop(0, withAlpha(colour, alpha));
  if (core > 0) light.addColorStop(core, withAlpha(colour, alpha * 0.8));
  light.addColorStop(core + (1 - core) * 0.35, withAlpha(colour, alpha * 0.36));
  light.addColorStop(core + (1 - core) * 0.7, withAlpha(colour, alpha * 0.08));
  light.addColorStop(1, withAlpha(colour, 0));
  context.fillStyle = light;
  context.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
};

/** A star of four points with a white heart. */
export const spark = (
  context,
  x,
  y,
  radius,
  colour,
  { alpha = 1, angle = 0, slim = 0.16 } = {},
) => {
  if (alpha <= 0.01 || radius <= 0.3) return;
  scoped(context, () => {
    context.globalAlpha *= alpha;
    glow(context, x, y, radius * 1.1, colour, 0.55);
    context.translate(x, y);
    context.rotate(angle);
    for (const [size, fill] of [
      [1, colour],
      [0.62, "#ffffff"],
    ]) {
      const far = radius * size;
      const near = far * slim;
      context.beginPath();
      for (let point = 0; point < 4; point += 1) {
        context.lineTo(far, 0);
        context.quadraticCurveTo(near, near, 0, far);
        context.rotate(Math.PI / 2);
      }
      context.closePath();
      context.fillStyle = fill;
      context.fill();
    }
  });
};

export const heartPath = (context, x, y, size) => {
  const s = size / 100;
  context.beginPath();
  context.moveTo(x, y + 42 * s);
  context.bezierCurveTo(x - 60 * s, y - 2 * s, x - 50 * s, y - 50 * s, x - 22 * s, y - 46 * s);
  context.bezierCurveTo(x - 10 * s, y - 45 * s, x - 3 * s, y - 38 * s, x, y - 30 * s);
  context.bezierCurveTo(x + 3 * s, y - 38 * s, x + 10 * s, y - 45 * s, x + 22 * s, y - 46 * s);
  context.bezierCurveTo(x + 50 * s, y - 50 * s, x + 60 * s, y - 2 * s, x, y + 42 * s);
  context.closePath();
};

/** A glossy heart. */
export const heart = (
  context,
  x,
  y,
  size,
  { alpha = 1, angle = 0, from = palette.blush, to = palette.ruby } = {},
) => {
  if (alpha <= 0.01 || size <= 0.5) return;
  scoped(context, () => {
    context.globalAlpha *= alpha;
    context.translate(x, y);
    context.rotate(angle);
    const fill = context.createRadialGradient(-size * 0.2, -size * 0.25, 0, 0, 0, size * 0.72);
    fill.addColorStop(0, from);
    fill.addColorStop(0.45, palette.rose);
    fill.addColorStop(1, to);
    heartPath(context, 0, 0, size);
    context.fillStyle = fill;
    context.fill();
    context.globalAlpha *= 0.8;
    context.fillStyle = "#ffffff";
    context.beginPath();
    context.ellipse(-size * 0.24, -size * 0.24, size * 0.11, size * 0.07, -0.7, 0, 7);
    context.fill();
  });
};

/** One curled petal. */
export const petal = (
  context,
  x,
  y,
  size,
  { alpha = 1, angle = 0, fold = 1, from = "#ffc2d2", to = "#e8274f" } = {},
) => {
  if (alpha <= 0.01) return;
  scoped(context, () => {
    context.globalAlpha *= alpha;
    context.translate(x, y);
    context.rotate(angle);
    context.scale(1, Math.max(0.12, Math.abs(fold)));
    const fill = context.createLinearGradient(-size, -size * 0.5, size, size * 0.5);
    fill.addColorStop(0, from);
    fill.addColorStop(1, to);
    context.fillStyle = fill;
    context.beginPath();
    context.moveTo(-size, 0);
    context.bezierCurveTo(-size * 0.6, -size * 0.8, size * 0.5, -size * 0.75, size, 0);
    context.bezierCurveTo(size * 0.5, size * 0.62, -size * 0.5, size * 0.66, -size, 0);
    context.fill();
  });
};

/** Shafts of light that turn around a point. */
export const rays = (
  context,
  x,
  y,
  radius,
  colour,
  { alpha = 1, angle = 0, count = 12, width = 0.5 } = {},
) => {
  if (alpha <= 0.01 || radius < 1) return;
  scoped(context, () => {
    context.globalAlpha *= alpha;
    context.translate(x, y);
    context.rotate(angle);
    const fill = context.createRadialGradient(0, 0, 0, 0, 0, radius);
    fill.addColorStop(0, withAlpha(colour, 0.75));
    fill.addColorStop(0.5, withAlpha(colour, 0.28));
    fill.addColorStop(1, withAlpha(colour, 0));
    context.fillStyle = fill;
    context.beginPath();
    for (let ray = 0; ray < count; ray += 1) {
      const middle = (ray / count) * Math.PI * 2;
      const half = ((Math.PI * width) / count) * mix(0.6, 1.15, scatter(ray, 41));
      context.moveTo(0, 0);
      context.arc(0, 0, radius, middle - half, middle + half);
      context.closePath();
    }
    context.fill();
  });
};

/** A ring that widens and thins. @param t from 0 to 1 */
export const shockwave = (context, x, y, radius, colour, t, { flat = 1, width = 0.16 } = {}) => {
  if (t <= 0 || t >= 1) return;
  scoped(context, () => {
    context.translate(x, y);
    context.scale(1, flat);
    const far = radius * easeOut(t);
    context.globalAlpha *= (1 - t) ** 1.4;
    context.strokeStyle = colour;
    context.lineWidth = Math.max(0.6, Math.min(11, radius * width) * (1 - t));
    context.beginPath();
    context.arc(0, 0, far, 0, 7);
    context.stroke();
    context.globalAlpha *= 0.5;
    context.lineWidth *= 2.4;
    context.stroke();
  });
};

/** Stars that fly from a point and fall. @param t from 0 to 1 */
export const burst = (
  context,
  x,
  y,
  reach,
  t,
  {
    count = 14,
    colours = [palette.gold, palette.cream, palette.rose],
    salt = 0,
    size = 0.1,
    fall = 0.25,
    flat = 1,
    draw = spark,
  } = {},
) => {
  if (t <= 0 || t >= 1) return;
  for (let index = 0; index < count; index += 1) {
    const angle = ((index + 0.7 * scatter(index, salt)) / count) * Math.PI * 2;
    const far = reach * mix(0.34, 1, easeOut(t)) * mix(0.62, 1, scatter(index, salt + 1));
    draw(
      context,
      x + Math.cos(angle) * far,
      y + Math.sin(angle) * far * flat + fall * reach * t * t,
      reach * size * mix(0.6, 1.3, scatter(index, salt + 2)) * (1 - easeIn(t)),
      colours[index % colours.length],
      { alpha: Math.min(1, 2.4 * (1 - t)), angle: scatter(index, salt + 3) * 0.8 + t },
    );
  }
};

/** Lights that twinkle around an ellipse for as long as the time runs. */
export const twinkles = (
  context,
  x,
  y,
  reachX,
  reachY,
  time,
  { count = 10, colours = [palette.cream, palette.gold], salt = 0, size = 9, alpha = 1 } = {},
) => {
  for (let index = 0; index < count; index += 1) {
    const period = mix(0.7, 1.3, scatter(index, salt + 11));
    const at = time / period + scatter(index, salt + 12);
    const round = Math.floor(at);
    const angle = scatter(index + 57 * round, salt + 13) * Math.PI * 2;
    const far = Math.sqrt(mix(0.12, 1, scatter(index + 57 * round, salt + 14)));
    spark(
      context,
      x + Math.cos(angle) * reachX * far,
      y + Math.sin(angle) * reachY * far,
      size * mix(0.6, 1.4, scatter(index, salt + 15)) * hump(at - round),
      colours[index % colours.length],
      { alpha },
    );
  }
};

/** A firework: a seed that climbs until `t` is 0.25, then opens, hangs and falls. @param t from 0 to 1 */
export const firework = (
  context,
  x,
  y,
  radius,
  colour,
  t,
  { from = 0, salt = 0, count = 26, second = palette.cream } = {},
) => {
  if (t <= 0 || t >= 1) return;
  const rise = part(t, 0, 0.25);
  if (t < 0.25) {
    const height = mix(from, y, easeOut(rise));
    for (let step = 0; step < 7; step += 1)
      glow(
        context,
        x + Math.sin(step * 1.7 + t * 40) * 1.2,
        height + step * radius * 0.05,
        radius * 0.06 * (1 - step / 8),
        palette.cream,
        0.9 - step * 0.12,
      );
    return;
  }
  const open = part(t, 0.25, 1);
  const far = easeOut(Math.min(1, open * 1.5));
  const fade = 1 - easeIn(open);
  glow(context, x, y, radius * 0.9 * far, colour, 0.34 * (1 - open) ** 1.5);
  glow(context, x, y, radius * 0.42, "#ffffff", 0.9 * (1 - part(open, 0, 0.2)));
  for (let index = 0; index < count; index += 1) {
    const angle = ((index + 0.5 * scatter(index, salt)) / count) * Math.PI * 2;
    const reach = radius * far * (index % 2 ? 1 : mix(0.5, 0.78, scatter(index, salt + 1)));
    const drop = radius * 0.34 * open * open;
    const tailStart = 0.62;
    context.lineCap = "round";
    const hue = index % 2 ? colour : second;
    const endX = x + Math.cos(angle) * reach;
    const endY = y + Math.sin(angle) * reach + drop;
    const beginX = x + Math.cos(angle) * reach * tailStart;
    const beginY = y + Math.sin(angle) * reach * tailStart + drop * 0.55;
    const trail = context.createLinearGradient(beginX, beginY, endX, endY);
    trail.addColorStop(0, withAlpha(hue, 0));
    trail.addColorStop(1, withAlpha(hue, 0.95 * fade));
    context.strokeStyle = trail;
    context.lineWidth = Math.max(0.8, radius * 0.028 * (1 - 0.5 * open));
    context.beginPath();
    context.moveTo(beginX, beginY);
    context.lineTo(endX, endY);
    context.stroke();
    const flicker = open > 0.45 ? 0.5 + 0.5 * Math.sin(index * 5 + t * 90) : 1;
    glow(context, endX, endY, radius * 0.075, hue, fade * flicker, 0.2);
    glow(context, endX, endY, radius * 0.03, "#ffffff", fade * flicker, 0.4);
  }
};
