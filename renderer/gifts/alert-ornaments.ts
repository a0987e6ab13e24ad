import type { AlertTone } from "../../preload/contract/alert-template.ts";
import { fontStack } from "../capture/kinds/text/text-picture.ts";
import {
  type Drawing,
  type DrawingContext,
  drawPixels,
  measuringContext,
} from "../compositor/drawing-board.ts";
import { noShadow, softShadow, withAlpha } from "./brush.ts";

/** A wrapped box, for gifts without a picture of their own. */
export const drawGiftBox = (
  context: DrawingContext,
  x: number,
  y: number,
  size: number,
  tone: AlertTone,
): void => {
  const box = (left: number, top: number, width: number, height: number, radius: number) => {
    context.beginPath();
    context.roundRect(x + left * size, y + top * size, width * size, height * size, radius * size);
    context.fill();
  };
  const body = context.createLinearGradient(x, y + size * 0.4, x, y + size);
  body.addColorStop(0, tone.accent);
  body.addColorStop(1, "#a83a3a");
  context.fillStyle = body;
  box(0.16, 0.46, 0.68, 0.42, 0.06);
  context.fillStyle = tone.accent;
  box(0.11, 0.34, 0.78, 0.17, 0.05);
  context.fillStyle = tone.bright;
  box(0.44, 0.34, 0.12, 0.54, 0.01);
  context.strokeStyle = tone.bright;
  context.lineWidth = size * 0.055;
  for (const side of [-1, 1]) {
    context.beginPath();
    context.ellipse(
      x + size * (0.5 + side * 0.13),
      y + size * 0.24,
      size * 0.14,
      size * 0.085,
      side * 0.5,
      0,
      Math.PI * 2,
    );
    context.stroke();
  }
};

/** From above to below, as light falls. */
const lit = (context: DrawingContext, y: number, size: number, tone: AlertTone): CanvasGradient => {
  const fill = context.createLinearGradient(0, y, 0, y + size);
  fill.addColorStop(0, tone.bright);
  fill.addColorStop(1, tone.accent);
  return fill;
};

export const drawHeart = (
  context: DrawingContext,
  x: number,
  y: number,
  size: number,
  tone: AlertTone,
): void => {
  const at = (dx: number, dy: number) => [x + dx * size, y + dy * size] as const;
  context.beginPath();
  context.moveTo(...at(0.5, 0.86));
  context.bezierCurveTo(...at(-0.1, 0.42), ...at(0.16, 0.02), ...at(0.5, 0.3));
  context.bezierCurveTo(...at(0.84, 0.02), ...at(1.1, 0.42), ...at(0.5, 0.86));
  context.fillStyle = lit(context, y, size, tone);
  context.fill();
};

/** Money: a round piece with the yuan's sign. */
export const drawCoin = (
  context: DrawingContext,
  x: number,
  y: number,
  size: number,
  tone: AlertTone,
): void => {
  const middle = size / 2;
  context.fillStyle = lit(context, y, size, tone);
  context.beginPath();
  context.arc(x + middle, y + middle, size * 0.42, 0, Math.PI * 2);
  context.fill();
  noShadow(context);
  context.strokeStyle = "rgba(38, 12, 8, 0.55)";
  context.lineWidth = size * 0.03;
  context.beginPath();
  context.arc(x + middle, y + middle, size * 0.34, 0, Math.PI * 2);
  context.stroke();
  context.save();
  context.fillStyle = "rgba(38, 12, 8, 0.8)";
  context.font = `800 ${size * 0.44}px ${fontStack}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText("¥", x + middle, y + size * 0.53);
  context.restore();
};

/** For those who guard the anchor. */
export const drawShield = (
  context: DrawingContext,
  x: number,
  y: number,
  size: number,
  tone: AlertTone,
): void => {
  const at = (dx: number, dy: number) => [x + dx * size, y + dy * size] as const;
  const path = (inset: number) => {
    context.beginPath();
    context.moveTo(...at(0.5, 0.08 + inset));
    context.lineTo(...at(0.84 - inset, 0.2 + inset));
    context.bezierCurveTo(
      ...at(0.86 - inset, 0.58),
      ...at(0.7, 0.8 - inset),
      ...at(0.5, 0.92 - inset),
    );
    context.bezierCurveTo(
      ...at(0.3, 0.8 - inset),
      ...at(0.14 + inset, 0.58),
      ...at(0.16 + inset, 0.2 + inset),
    );
    context.closePath();
  };
  context.fillStyle = lit(context, y, size, tone);
  path(0);
  context.fill();
  noShadow(context);
  context.strokeStyle = "rgba(38, 12, 8, 0.5)";
  context.lineWidth = size * 0.03;
  path(0.07);
  context.stroke();
};

/** No count is written larger than this; what is beyond has a plus. */
const mostCounted = 9_999;

/** `×12` in heavy italics; the whole picture is the text with a margin. */
export const drawCount = (count: number, tone: AlertTone, u: number): Drawing => {
  const font = `italic 800 ${tone.countSize * u}px ${fontStack}`;
  const small = `italic 800 ${tone.countSize * 0.62 * u}px ${fontStack}`;
  const measuring = measuringContext();
  const digits = count > mostCounted ? `${mostCounted}+` : String(count);
  measuring.font = small;
  const signWidth = measuring.measureText("×").width;
  measuring.font = font;
  const digitsWidth = measuring.measureText(digits).width;
  const margin = Math.ceil(tone.countSize * 0.3 * u);
  const width = Math.ceil(signWidth + digitsWidth + 2 * margin);
  const height = Math.ceil(tone.countSize * 1.1 * u + 2 * margin);
  return drawPixels(width, height, (context) => {
    context.textBaseline = "middle";
    context.lineJoin = "round";
    const fill = context.createLinearGradient(0, margin, 0, height - margin);
    fill.addColorStop(0, "#ffffff");
    fill.addColorStop(0.45, tone.bright);
    fill.addColorStop(1, tone.accent);
    const middle = height / 2;
    for (const layer of ["outline", "face"] as const)
      for (const [text, x, y, of] of [
        ["×", margin, middle + tone.countSize * 0.12 * u, small],
        [digits, margin + signWidth, middle, font],
      ] as const) {
        context.font = of;
        if (layer === "outline") {
          softShadow(context, tone.countSize * 0.14 * u);
          context.strokeStyle = "rgba(38, 12, 8, 0.92)";
          context.lineWidth = tone.countSize * 0.14 * u;
          context.strokeText(text, x, y);
          noShadow(context);
        } else {
          context.fillStyle = fill;
          context.fillText(text, x, y);
        }
      }
  });
};

/** A soft star, drawn once and placed many times. */
export const drawSpark = (tone: AlertTone, size: number): Drawing =>
  drawPixels(size, size, (context) => {
    const middle = size / 2;
    const glow = context.createRadialGradient(middle, middle, 0, middle, middle, middle);
    glow.addColorStop(0, withAlpha(tone.bright, 0.9));
    glow.addColorStop(0.25, withAlpha(tone.accent, 0.35));
    glow.addColorStop(1, withAlpha(tone.accent, 0));
    context.fillStyle = glow;
    context.fillRect(0, 0, size, size);
    context.fillStyle = "#ffffff";
    context.beginPath();
    for (let point = 0; point < 8; point += 1) {
      const radius = middle * (point % 2 ? 0.1 : 0.72);
      const angle = (point * Math.PI) / 4;
      context.lineTo(middle + radius * Math.sin(angle), middle - radius * Math.cos(angle));
    }
    context.fill();
  });

/** Rays and a glow behind a spotlight; square. */
export const drawRays = (tone: AlertTone, size: number): Drawing =>
  drawPixels(size, size, (context) => {
    const middle = size / 2;
    const fade = context.createRadialGradient(middle, middle, size * 0.05, middle, middle, middle);
    fade.addColorStop(0, withAlpha(tone.bright, 0.62));
    fade.addColorStop(0.45, withAlpha(tone.accent, 0.26));
    fade.addColorStop(1, withAlpha(tone.accent, 0));
    context.fillStyle = fade;
    const rays = 14;
    for (let ray = 0; ray < rays; ray += 1) {
      const angle = (ray * 2 * Math.PI) / rays;
      const spread = ray % 2 ? 0.075 : 0.13;
      context.beginPath();
      context.moveTo(middle, middle);
      context.arc(middle, middle, middle, angle - spread, angle + spread);
      context.fill();
    }
    context.beginPath();
    context.arc(middle, middle, middle * 0.7, 0, Math.PI * 2);
    const glow = context.createRadialGradient(middle, middle, 0, middle, middle, middle * 0.7);
    glow.addColorStop(0, withAlpha(tone.accent, 0.5));
    glow.addColorStop(1, withAlpha(tone.accent, 0));
    context.fillStyle = glow;
    context.fill();
  });
