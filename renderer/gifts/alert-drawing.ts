import { fontStack } from "../capture/kinds/text/text-picture.ts";
import { ellipsise } from "../capture/kinds/text/wrap-text.ts";
import { contextOf } from "../compositor/canvas-context.ts";
import type { Rect } from "../compositor/picture.ts";
import type { AlertLook } from "./alert-look.ts";
import { drawCoin, drawGiftBox, drawHeart, drawShield } from "./alert-ornaments.ts";
import { type Context, noShadow, softShadow, withAlpha } from "./brush.ts";

/** What a card says. A gift without a picture of its own (null) is drawn as a box; one that still loads is left out. */
export interface CardContent {
  readonly sender: string;
  readonly line: string;
  /** The line stands beside the sender instead of below. */
  readonly oneLine: boolean;
  readonly icon:
    | { readonly type: "gift"; readonly picture: ImageBitmap | null | undefined }
    /** Something that moves is shown in its place. */
    | { readonly type: "moving" }
    | { readonly type: "heart" }
    | { readonly type: "coin" }
    | { readonly type: "shield" };
}

/**
 * A drawn card, where on it the icon and the count (its left middle) belong, and how far up and down what is seen of it
 * reaches; around that are shadows.
 */
export interface DrawnCard {
  readonly canvas: OffscreenCanvas;
  readonly icon: Rect;
  readonly countX: number;
  readonly countY: number;
  readonly top: number;
  readonly bottom: number;
}

const drawIcon = (
  context: Context,
  content: CardContent,
  look: AlertLook,
  at: { readonly x: number; readonly y: number; readonly size: number },
): void => {
  const { icon } = content;
  const { x, y, size } = at;
  if (icon.type === "moving") return;
  softShadow(context, size * 0.1);
  switch (icon.type) {
    case "gift":
      if (icon.picture) {
        context.imageSmoothingQuality = "high";
        context.drawImage(icon.picture, x, y, size, size);
      } else if (icon.picture === null) drawGiftBox(context, x, y, size, look);
      break;
    case "heart":
      drawHeart(context, x, y, size, look);
      break;
    case "coin":
      drawCoin(context, x, y, size, look);
      break;
    case "shield":
      drawShield(context, x, y, size, look);
      break;
    default:
      icon satisfies never;
  }
  noShadow(context);
};

const fillPanel = (
  context: Context,
  panel: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  },
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

/** How much was not shown one by one, on a small dark pill; the whole canvas is the pill. @param u pixels a unit */
export const drawFolded = (text: string, u: number): OffscreenCanvas => {
  const font = `400 ${18 * u}px ${fontStack}`;
  const pad = 13 * u;
  const measuring = contextOf(new OffscreenCanvas(1, 1));
  measuring.font = font;
  const canvas = new OffscreenCanvas(
    Math.ceil(measuring.measureText(text).width + 2 * pad),
    Math.ceil(34 * u),
  );
  const context = contextOf(canvas);
  context.fillStyle = "rgba(20, 14, 18, 0.7)";
  context.beginPath();
  context.roundRect(0, 0, canvas.width, canvas.height, canvas.height / 2);
  context.fill();
  context.font = font;
  context.textBaseline = "middle";
  context.fillStyle = "#ffffff";
  context.fillText(text, pad, canvas.height / 2);
  return canvas;
};

const fonts = (look: AlertLook, u: number) => ({
  name: `600 ${look.nameSize * u}px ${fontStack}`,
  line: `400 ${look.lineSize * u}px ${fontStack}`,
});

/** So many letters of a name are written in any case; a card that gets too wide by them is made smaller as a whole. */
const leastLetters = 6.5;

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
  const { oneLine } = content;
  const iconLeft = look.cardHeight * (oneLine ? 0.26 : 0.1) * u;
  const iconSpace = iconLeft + (look.giftSize + look.cardHeight * 0.12) * u;
  const padEnd = look.cardHeight * 0.42 * u;
  const room = Math.max(
    look.nameSize * leastLetters * u,
    Math.min(look.maxCardWidth * u, maxWidth - 2 * margin) - iconSpace - padEnd,
  );
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
  const textWidth = oneLine
    ? senderWidth + gap + lineWidth
    : Math.max(senderWidth, measure(line, font.line));
  const cardWidth = Math.ceil(iconSpace + textWidth + padEnd);
  const overhang = Math.max(0, (look.giftSize - look.cardHeight) / 2) * u;
  const height = Math.ceil(look.cardHeight * u);
  const canvas = new OffscreenCanvas(
    cardWidth + 2 * margin,
    Math.ceil(height + 2 * (margin + overhang)),
  );
  const context = contextOf(canvas);
  const panel = { x: margin, y: margin + overhang, width: cardWidth, height };
  fillPanel(context, panel, look, u);
  const iconSize = look.giftSize * u;
  const iconAt = { x: panel.x + iconLeft, y: panel.y + (height - iconSize) / 2, size: iconSize };
  drawIcon(context, content, look, iconAt);
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
  noShadow(context);
  return {
    canvas,
    icon: { x: iconAt.x, y: iconAt.y, width: iconSize, height: iconSize },
    countX: panel.x + panel.width - 4 * u,
    countY: middle,
    top: margin,
    bottom: canvas.height - margin,
  };
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
  const iconSize = look.giftSize * u;
  const cardWidth = Math.ceil(Math.max(textWidth + 2 * pad, look.giftSize * u));
  const cardTop = margin + iconSize * 0.94;
  const height = look.cardHeight * u;
  const canvas = new OffscreenCanvas(cardWidth + 2 * margin, Math.ceil(cardTop + height + margin));
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
  noShadow(context);
  return {
    canvas,
    icon: { x: centre - iconSize / 2, y: margin, width: iconSize, height: iconSize },
    countX: centre + iconSize * 0.4,
    countY: margin + iconSize * 0.62,
    top: margin,
    bottom: canvas.height - margin,
  };
};
