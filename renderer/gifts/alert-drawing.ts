import { fontStack } from "../capture/kinds/text/text-picture.ts";
import { ellipsise } from "../capture/kinds/text/wrap-text.ts";
import type { AlertLook } from "./alert-look.ts";

type Context = OffscreenCanvasRenderingContext2D;

const contextOf = (canvas: OffscreenCanvas): Context => {
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("no 2d context");
  return context;
};

/** `#rrggbb` with an opacity from 0 to 1. */
const withAlpha = (colour: string, alpha: number): string =>
  `${colour}${Math.round(alpha * 255)
    .toString(16)
    .padStart(2, "0")}`;

const softShadow = (context: Context, blur: number, colour = "rgba(0, 0, 0, 0.55)"): void => {
  context.shadowColor = colour;
  context.shadowBlur = blur;
  context.shadowOffsetY = blur / 4;
};

const noShadow = (context: Context): void => {
  context.shadowColor = "transparent";
  context.shadowBlur = 0;
  context.shadowOffsetY = 0;
};

/** A wrapped box, for gifts without a picture of their own. */
const drawGiftBox = (context: Context, x: number, y: number, size: number, look: AlertLook): void => {
  const box = (left: number, top: number, width: number, height: number, radius: number) => {
    context.beginPath();
    context.roundRect(
      x + left * size,
      y + top * size,
      width * size,
      height * size,
      radius * size,
    );
    context.fill();
  };
  const body = context.createLinearGradient(x, y + size * 0.4, x, y + size);
  body.addColorStop(0, look.accent);
  body.addColorStop(1, "#a83a3a");
  context.fillStyle = body;
  box(0.16, 0.46, 0.68, 0.42, 0.06);
  context.fillStyle = look.accent;
  box(0.11, 0.34, 0.78, 0.17, 0.05);
  context.fillStyle = look.bright;
  box(0.44, 0.34, 0.12, 0.54, 0.01);
  context.strokeStyle = look.bright;
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

const drawHeart = (context: Context, x: number, y: number, size: number, look: AlertLook): void => {
  const at = (dx: number, dy: number) => [x + dx * size, y + dy * size] as const;
  context.beginPath();
  context.moveTo(...at(0.5, 0.86));
  context.bezierCurveTo(...at(-0.1, 0.42), ...at(0.16, 0.02), ...at(0.5, 0.3));
  context.bezierCurveTo(...at(0.84, 0.02), ...at(1.1, 0.42), ...at(0.5, 0.86));
  const fill = context.createLinearGradient(x, y, x, y + size);
  fill.addColorStop(0, look.bright);
  fill.addColorStop(1, look.accent);
  context.fillStyle = fill;
  context.fill();
};

/** What a card says. A gift without a picture of its own (null) is drawn as a box; one that still loads is left out. */
export interface CardContent {
  readonly sender: string;
  readonly line: string;
  readonly folded: string | null;
  readonly icon: { readonly type: "gift"; readonly picture: ImageBitmap | null | undefined } | { readonly type: "heart" };
}

/** A drawn card, and where on it the count belongs (its left middle). */
export interface DrawnCard {
  readonly canvas: OffscreenCanvas;
  readonly countX: number;
  readonly countY: number;
}

const drawIcon = (
  context: Context,
  content: CardContent,
  look: AlertLook,
  at: { readonly x: number; readonly y: number; readonly size: number },
): void => {
  softShadow(context, at.size * 0.1);
  if (content.icon.type === "heart") drawHeart(context, at.x, at.y, at.size, look);
  else if (content.icon.picture) {
    context.imageSmoothingQuality = "high";
    context.drawImage(content.icon.picture, at.x, at.y, at.size, at.size);
  } else if (content.icon.picture === null) drawGiftBox(context, at.x, at.y, at.size, look);
  noShadow(context);
};

const fillPanel = (
  context: Context,
  panel: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  look: AlertLook,
  u: number,
): void => {
  const radius = panel.height / 2;
  const path = () => {
    context.beginPath();
    context.roundRect(panel.x, panel.y, panel.width, panel.height, radius);
  };
  const fill = context.createLinearGradient(panel.x, 0, panel.x + panel.width, 0);
  fill.addColorStop(0, look.cardFrom);
  fill.addColorStop(1, look.cardTo);
  softShadow(context, 18 * u, "rgba(0, 0, 0, 0.45)");
  path();
  context.fillStyle = fill;
  context.fill();
  noShadow(context);
  const rim = context.createLinearGradient(panel.x, 0, panel.x + panel.width, 0);
  rim.addColorStop(0, withAlpha(look.accent, 0.95));
  rim.addColorStop(0.55, withAlpha(look.accent, 0.4));
  rim.addColorStop(1, withAlpha(look.bright, 0.75));
  path();
  context.strokeStyle = rim;
  context.lineWidth = Math.max(1, 2 * u);
  context.stroke();
};

/** How much was not shown one by one, on a small dark pill. */
const drawFolded = (
  context: Context,
  text: string,
  at: { readonly left: number; readonly middle: number; readonly pad: number; readonly font: string },
): void => {
  noShadow(context);
  context.font = at.font;
  context.textAlign = "left";
  const width = context.measureText(text).width;
  const height = at.pad * 2.6;
  context.fillStyle = "rgba(20, 14, 18, 0.7)";
  context.beginPath();
  context.roundRect(at.left, at.middle - height / 2, width + 2 * at.pad, height, height / 2);
  context.fill();
  context.fillStyle = "#ffffff";
  context.fillText(text, at.left + at.pad, at.middle);
};

const fonts = (look: AlertLook, u: number) => ({
  name: `600 ${look.nameSize * u}px ${fontStack}`,
  line: `400 ${look.lineSize * u}px ${fontStack}`,
  folded: `400 ${Math.max(13, look.lineSize * 0.72) * u}px ${fontStack}`,
});

/** Icon, then sender over what was sent, in a pill. @param u pixels a unit @param maxWidth pixels */
export const drawBanner = (
  content: CardContent,
  look: AlertLook,
  u: number,
  maxWidth: number,
): DrawnCard => {
  const margin = Math.ceil(26 * u);
  const font = fonts(look, u);
  const measuring = contextOf(new OffscreenCanvas(1, 1));
  const oneLine = content.icon.type === "heart";
  const iconLeft = look.cardHeight * (oneLine ? 0.26 : 0.1) * u;
  const iconSpace = iconLeft + (look.giftSize + look.cardHeight * 0.12) * u;
  const padEnd = look.cardHeight * 0.42 * u;
  const room = Math.min(look.maxCardWidth * u, maxWidth - 2 * margin) - iconSpace - padEnd;
  const measure = (text: string, of: string) => {
    measuring.font = of;
    return measuring.measureText(text).width;
  };
  const gap = 10 * u;
  const lineWidth = measure(content.line, font.line);
  const senderRoom = Math.max(look.nameSize * 3 * u, oneLine ? room - lineWidth - gap : room);
  const sender = ellipsise(content.sender, senderRoom, (text) => measure(text, font.name));
  const line = ellipsise(content.line, Math.max(look.lineSize * u, room), (text) =>
    measure(text, font.line),
  );
  const senderWidth = measure(sender, font.name);
  const folded = content.folded ?? "";
  const textWidth = oneLine
    ? senderWidth + gap + lineWidth
    : Math.max(senderWidth, measure(line, font.line));
  const cardWidth = Math.ceil(iconSpace + textWidth + padEnd);
  const overhang = Math.max(0, (look.giftSize - look.cardHeight) / 2) * u;
  const height = Math.ceil(look.cardHeight * u);
  const foldedSpace = folded ? look.lineSize * 1.9 * u : 0;
  const canvas = new OffscreenCanvas(
    cardWidth + 2 * margin,
    Math.ceil(height + 2 * (margin + overhang) + foldedSpace),
  );
  const context = contextOf(canvas);
  const panel = { x: margin, y: margin + overhang, width: cardWidth, height };
  fillPanel(context, panel, look, u);
  const iconSize = look.giftSize * u;
  drawIcon(context, content, look, {
    x: panel.x + iconLeft,
    y: panel.y + (height - iconSize) / 2,
    size: iconSize,
  });
  const textX = panel.x + iconSpace;
  const middle = panel.y + height / 2;
  context.textBaseline = "middle";
  softShadow(context, 4 * u);
  context.fillStyle = "#ffffff";
  context.font = font.name;
  context.fillText(sender, textX, oneLine ? middle : middle - look.lineSize * 0.68 * u);
  context.fillStyle = look.bright;
  context.font = font.line;
  if (oneLine) context.fillText(line, textX + senderWidth + gap, middle);
  else context.fillText(line, textX, middle + look.nameSize * 0.62 * u);
  if (folded)
    drawFolded(context, folded, {
      left: textX - look.lineSize * 0.5 * u,
      middle: panel.y + height + overhang + foldedSpace * 0.5,
      pad: look.lineSize * 0.5 * u,
      font: font.folded,
    });
  noShadow(context);
  return { canvas, countX: panel.x + panel.width + 10 * u, countY: middle };
};

/** The gift large, and a ribbon with the words below it. */
export const drawSpotlight = (
  content: CardContent,
  look: AlertLook,
  u: number,
  maxWidth: number,
): DrawnCard => {
  const margin = Math.ceil(24 * u);
  const font = fonts(look, u);
  const measuring = contextOf(new OffscreenCanvas(1, 1));
  const measure = (text: string, of: string) => {
    measuring.font = of;
    return measuring.measureText(text).width;
  };
  const pad = look.cardHeight * 0.5 * u;
  const room = Math.max(40 * u, Math.min(look.maxCardWidth * u, maxWidth - 2 * margin) - 2 * pad);
  const sender = ellipsise(content.sender, room, (text) => measure(text, font.name));
  const line = ellipsise(content.line, room, (text) => measure(text, font.line));
  const textWidth = Math.max(measure(sender, font.name), measure(line, font.line));
  const cardWidth = Math.ceil(Math.max(textWidth + 2 * pad, look.giftSize * u));
  const iconSize = look.giftSize * u;
  const cardTop = margin + iconSize * 0.94;
  const height = look.cardHeight * u;
  const foldedSpace = content.folded ? look.lineSize * 1.9 * u : 0;
  const canvas = new OffscreenCanvas(
    cardWidth + 2 * margin,
    Math.ceil(cardTop + height + foldedSpace + margin),
  );
  const context = contextOf(canvas);
  const centre = canvas.width / 2;
  fillPanel(context, { x: margin, y: cardTop, width: cardWidth, height }, look, u);
  drawIcon(context, content, look, { x: centre - iconSize / 2, y: margin, size: iconSize });
  context.textAlign = "center";
  context.textBaseline = "middle";
  softShadow(context, 5 * u);
  context.fillStyle = "#ffffff";
  context.font = font.name;
  context.fillText(sender, centre, cardTop + height * 0.36);
  context.fillStyle = look.bright;
  context.font = font.line;
  context.fillText(line, centre, cardTop + height * 0.7);
  if (content.folded) {
    const pad = look.lineSize * 0.5 * u;
    drawFolded(context, content.folded, {
      left: centre - measure(content.folded, font.folded) / 2 - pad,
      middle: cardTop + height + foldedSpace * 0.6,
      pad,
      font: font.folded,
    });
  }
  noShadow(context);
  return { canvas, countX: centre + iconSize * 0.4, countY: margin + iconSize * 0.62 };
};

/** `×12` in heavy italics; the whole canvas is the text with a margin. */
export const drawCount = (count: number, look: AlertLook, u: number): OffscreenCanvas => {
  const font = `italic 800 ${look.countSize * u}px ${fontStack}`;
  const small = `italic 800 ${look.countSize * 0.62 * u}px ${fontStack}`;
  const measuring = contextOf(new OffscreenCanvas(1, 1));
  const digits = String(count);
  measuring.font = small;
  const signWidth = measuring.measureText("×").width;
  measuring.font = font;
  const digitsWidth = measuring.measureText(digits).width;
  const margin = Math.ceil(look.countSize * 0.3 * u);
  const canvas = new OffscreenCanvas(
    Math.ceil(signWidth + digitsWidth + 2 * margin),
    Math.ceil(look.countSize * 1.1 * u + 2 * margin),
  );
  const context = contextOf(canvas);
  context.textBaseline = "middle";
  context.lineJoin = "round";
  const fill = context.createLinearGradient(0, margin, 0, canvas.height - margin);
  fill.addColorStop(0, "#ffffff");
  fill.addColorStop(0.45, look.bright);
  fill.addColorStop(1, look.accent);
  const middle = canvas.height / 2;
  for (const layer of ["outline", "face"] as const)
    for (const [text, x, y, of] of [
      ["×", margin, middle + look.countSize * 0.12 * u, small],
      [digits, margin + signWidth, middle, font],
    ] as const) {
      context.font = of;
      if (layer === "outline") {
        softShadow(context, look.countSize * 0.14 * u);
        context.strokeStyle = "rgba(38, 12, 8, 0.92)";
        context.lineWidth = look.countSize * 0.14 * u;
        context.strokeText(text, x, y);
        noShadow(context);
      } else {
        context.fillStyle = fill;
        context.fillText(text, x, y);
      }
    }
  return canvas;
};

/** A soft star, drawn once and placed many times. */
export const drawSpark = (look: AlertLook, size: number): OffscreenCanvas => {
  const canvas = new OffscreenCanvas(size, size);
  const context = contextOf(canvas);
  const middle = size / 2;
  const glow = context.createRadialGradient(middle, middle, 0, middle, middle, middle);
  glow.addColorStop(0, withAlpha(look.bright, 0.9));
  glow.addColorStop(0.25, withAlpha(look.accent, 0.35));
  glow.addColorStop(1, withAlpha(look.accent, 0));
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
  return canvas;
};

/** Rays and a glow behind a spotlight; square. */
export const drawRays = (look: AlertLook, size: number): OffscreenCanvas => {
  const canvas = new OffscreenCanvas(size, size);
  const context = contextOf(canvas);
  const middle = size / 2;
  const fade = context.createRadialGradient(middle, middle, size * 0.05, middle, middle, middle);
  fade.addColorStop(0, withAlpha(look.bright, 0.62));
  fade.addColorStop(0.45, withAlpha(look.accent, 0.26));
  fade.addColorStop(1, withAlpha(look.accent, 0));
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
  glow.addColorStop(0, withAlpha(look.accent, 0.5));
  glow.addColorStop(1, withAlpha(look.accent, 0));
  context.fillStyle = glow;
  context.fill();
  return canvas;
};
