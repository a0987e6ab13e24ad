import type { AlertCard, AlertLine, AlertTone } from "../../preload/contract/alert-template.ts";
import { fontStack } from "../capture/kinds/text/text-picture.ts";
import {
  type Drawing,
  type DrawingContext,
  drawPixels,
  measuringContext,
} from "../compositor/drawing-board.ts";
import type { Rect } from "../compositor/picture.ts";
import { drawCoin, drawGiftBox, drawHeart, drawShield } from "./alert-ornaments.ts";
import { isDark, noShadow, softShadow, withAlpha } from "./brush.ts";
import { layOutText, type TextBlock } from "./card-text.ts";
import { drawLetterAvatar } from "./letter-avatar.ts";

/** What a card says. A gift without a picture of its own (null) is drawn as a box; one that still loads is left out. */
export interface CardContent {
  readonly sender: string;
  /** With their placeholders filled. */
  readonly lines: readonly AlertLine[];
  /** Fills the panel; left out while it loads (undefined). */
  readonly picture: ImageBitmap | null | undefined;
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
  readonly drawing: Drawing;
  /** Null where the card has none. */
  readonly icon: Rect | null;
  readonly countX: number;
  readonly countY: number;
  readonly top: number;
  readonly bottom: number;
}

/** How a card is drawn. */
interface CardStyle {
  readonly card: AlertCard;
  readonly tone: AlertTone;
  /** Pixels a unit. */
  readonly u: number;
  /** In pixels, with the shadows around it. */
  readonly maxWidth: number;
}

const shadowUnits = 26;
const barUnits = 7;
/** Shares of the card's height: of the sender's picture, and of the room that is left beside things. */
const avatarShare = 0.72;
const gapShare = 0.12;

const drawIcon = (
  context: DrawingContext,
  { icon }: CardContent,
  tone: AlertTone,
  { x, y, width: size }: Rect,
): void => {
  if (icon.type === "moving") return;
  softShadow(context, size * 0.1);
  switch (icon.type) {
    case "gift":
      if (icon.picture) {
        context.imageSmoothingQuality = "high";
        context.drawImage(icon.picture, x, y, size, size);
      } else if (icon.picture === null) drawGiftBox(context, x, y, size, tone);
      break;
    case "heart":
      drawHeart(context, x, y, size, tone);
      break;
    case "coin":
      drawCoin(context, x, y, size, tone);
      break;
    case "shield":
      drawShield(context, x, y, size, tone);
      break;
    default:
      icon satisfies never;
  }
  noShadow(context);
};

/** The sender's letter, round, with a rim. */
const drawAvatar = (
  context: DrawingContext,
  sender: string,
  { tone, u }: CardStyle,
  { x, y, width: size }: Rect,
): void => {
  const circle = () => {
    context.beginPath();
    context.arc(x + size / 2, y + size / 2, size / 2, 0, Math.PI * 2);
  };
  context.save();
  circle();
  context.clip();
  context.translate(x, y);
  drawLetterAvatar(context, sender, size, size);
  context.restore();
  circle();
  context.strokeStyle = tone.accent;
  context.lineWidth = Math.max(1, 2 * u);
  context.stroke();
};

/** The accent's light, around the panel only. */
const shine = (context: DrawingContext, path: () => void, { card, tone, u }: CardStyle): void => {
  const { width, height } = context.canvas;
  context.save();
  path();
  context.rect(0, 0, width, height);
  context.clip("evenodd");
  context.shadowColor = withAlpha(tone.accent, 0.9);
  context.shadowBlur = card.glow * u;
  context.fillStyle = tone.accent;
  path();
  context.fill();
  context.fill();
  context.restore();
};

const drawFrame = (
  context: DrawingContext,
  panel: Rect,
  radius: number,
  { card, tone, u }: CardStyle,
): void => {
  const rim = context.createLinearGradient(panel.x, 0, panel.x + panel.width, 0);
  rim.addColorStop(0, withAlpha(tone.accent, 0.95));
  rim.addColorStop(0.55, withAlpha(tone.accent, card.frame === "double" ? 0.8 : 0.4));
  rim.addColorStop(1, withAlpha(tone.bright, 0.75));
  const stroke = (inset: number, widthPx: number) => {
    context.beginPath();
    context.roundRect(
      panel.x + inset,
      panel.y + inset,
      panel.width - 2 * inset,
      panel.height - 2 * inset,
      Math.max(0, radius - inset),
    );
    context.lineWidth = widthPx;
    context.stroke();
  };
  context.strokeStyle = rim;
  switch (card.frame) {
    case "none":
      return;
    case "line":
      stroke(0, Math.max(1, 2 * u));
      return;
    case "double":
      stroke(0, Math.max(1, 3 * u));
      stroke(6 * u, Math.max(1, 1.2 * u));
      return;
    case "bar": {
      context.save();
      context.beginPath();
      context.roundRect(panel.x, panel.y, panel.width, panel.height, radius);
      context.clip();
      context.fillStyle = tone.accent;
      if (card.layout === "above") context.fillRect(panel.x, panel.y, panel.width, 6 * u);
      else context.fillRect(panel.x, panel.y, barUnits * u, panel.height);
      context.restore();
      return;
    }
    default:
      card.frame satisfies never;
  }
};

/** As small as fills the panel, its middle in the middle. */
const drawPicture = (context: DrawingContext, picture: ImageBitmap, panel: Rect): void => {
  const fill = Math.max(panel.width / picture.width, panel.height / picture.height);
  const [width, height] = [picture.width * fill, picture.height * fill];
  context.save();
  context.clip();
  context.imageSmoothingQuality = "high";
  context.drawImage(
    picture,
    panel.x + (panel.width - width) / 2,
    panel.y + (panel.height - height) / 2,
    width,
    height,
  );
  context.restore();
};

const drawPanel = (
  context: DrawingContext,
  panel: Rect,
  { picture }: CardContent,
  style: CardStyle,
): void => {
  const { card, tone, u } = style;
  const radius = Math.min(panel.height, tone.height * u) * 0.5 * card.corner;
  const path = () => {
    context.beginPath();
    context.roundRect(panel.x, panel.y, panel.width, panel.height, radius);
  };
  const fill = context.createLinearGradient(panel.x, 0, panel.x + panel.width, 0);
  fill.addColorStop(0, tone.panelFrom);
  fill.addColorStop(1, tone.panelTo);
  if (card.glow > 0) shine(context, path, style);
  else softShadow(context, 18 * u, "rgba(0, 0, 0, 0.45)");
  path();
  context.fillStyle = fill;
  context.fill();
  noShadow(context);
  if (picture) {
    path();
    drawPicture(context, picture, panel);
  }
  drawFrame(context, panel, radius, style);
};

/** @param at the block's left edge, or its middle where it is centred, and its middle */
const drawText = (
  context: DrawingContext,
  { texts }: TextBlock,
  { tone, u }: CardStyle,
  at: { readonly x: number; readonly y: number; readonly centred: boolean },
): void => {
  context.textBaseline = "middle";
  context.textAlign = at.centred ? "center" : "start";
  for (const { text, font, colour, x, y } of texts) {
    // A shadow lifts what is light off the picture; under what is dark it is dirt.
    if (!isDark(colour)) softShadow(context, (tone.textSize > 38 ? 5 : 4) * u);
    context.fillStyle = colour;
    context.font = font;
    context.fillText(text, at.x + x, at.y + y);
    noShadow(context);
  }
};

const marginOf = ({ card, u }: CardStyle): number =>
  Math.ceil(Math.max(shadowUnits, card.glow * 1.3) * u);

/** All in one panel: the sender's picture, the gift, the words, or the gift behind the words. */
const drawBeside = (content: CardContent, style: CardStyle): DrawnCard => {
  const { card, tone, u, maxWidth } = style;
  const margin = marginOf(style);
  const least = tone.height * u;
  const gap = gapShare * least;
  const giftSize = tone.giftSize * u;
  const avatarSize = card.avatar ? avatarShare * least : 0;
  const roundEnd = (0.24 + 0.18 * card.corner) * least;
  let left: number;
  if (card.avatar) left = 0.16 * least;
  else if (card.gift === "start") left = (tone.inline ? 0.26 : 0.1) * least;
  else left = roundEnd;
  if (card.frame === "bar") left += barUnits * u;
  const giftLeft = left + (card.avatar ? avatarSize + gap : 0);
  const textLeft = giftLeft + (card.gift === "start" ? giftSize + gap : 0);
  const right = card.gift === "end" ? gap + giftSize + 0.14 * least : roundEnd;
  const text = layOutText(content.lines, {
    card,
    tone,
    u,
    room: Math.min(tone.maxWidth * u, maxWidth - 2 * margin) - textLeft - right,
  });
  const width = Math.ceil(textLeft + text.width + right);
  const height = Math.ceil(Math.max(least, text.height + 0.22 * least));
  const overhang = card.gift === "none" ? 0 : Math.max(0, (giftSize - height) / 2);
  const fullHeight = Math.ceil(height + 2 * (margin + overhang));
  const panel = { x: margin, y: margin + overhang, width, height };
  const middle = panel.y + height / 2;
  const squareAt = (x: number, size: number): Rect => ({
    x: panel.x + x,
    y: middle - size / 2,
    width: size,
    height: size,
  });
  const icon =
    card.gift === "none"
      ? null
      : squareAt(card.gift === "start" ? giftLeft : width - right + gap, giftSize);
  const drawing = drawPixels(width + 2 * margin, fullHeight, (context) => {
    drawPanel(context, panel, content, style);
    if (card.avatar) drawAvatar(context, content.sender, style, squareAt(left, avatarSize));
    if (icon) drawIcon(context, content, tone, icon);
    drawText(context, text, style, { x: panel.x + textLeft, y: middle, centred: false });
  });
  return {
    drawing,
    icon,
    countX: panel.x + panel.width - 4 * u,
    countY: middle,
    top: margin,
    bottom: fullHeight - margin,
  };
};

/** The gift large, and a panel with the words below it. */
const drawAbove = (content: CardContent, style: CardStyle): DrawnCard => {
  const { card, tone, u, maxWidth } = style;
  const margin = marginOf(style);
  const least = tone.height * u;
  const pad = 0.5 * least;
  const giftSize = card.gift === "none" ? 0 : tone.giftSize * u;
  const avatarSize = card.avatar ? avatarShare * least : 0;
  const avatarSpace = card.avatar ? avatarSize + gapShare * least : 0;
  const text = layOutText(content.lines, {
    card,
    tone,
    u,
    room: Math.min(tone.maxWidth * u, maxWidth - 2 * margin) - 2 * pad - avatarSpace,
  });
  const width = Math.ceil(Math.max(avatarSpace + text.width + 2 * pad, giftSize));
  const height = Math.ceil(Math.max(least, text.height + 0.24 * least));
  const top = margin + giftSize * 0.94;
  const fullWidth = width + 2 * margin;
  const fullHeight = Math.ceil(top + height + margin);
  const centre = fullWidth / 2;
  const middle = top + height / 2;
  const icon =
    card.gift === "none"
      ? null
      : { x: centre - giftSize / 2, y: margin, width: giftSize, height: giftSize };
  const drawing = drawPixels(fullWidth, fullHeight, (context) => {
    drawPanel(context, { x: margin, y: top, width, height }, content, style);
    if (icon) drawIcon(context, content, tone, icon);
    if (card.avatar)
      drawAvatar(context, content.sender, style, {
        x: centre - (avatarSpace + text.width) / 2,
        y: middle - avatarSize / 2,
        width: avatarSize,
        height: avatarSize,
      });
    // Lines beside each other are one block; else each is centred by itself.
    if (tone.inline)
      drawText(context, text, style, {
        x: centre + avatarSpace / 2 - text.width / 2,
        y: middle,
        centred: false,
      });
    else drawText(context, text, style, { x: centre + avatarSpace / 2, y: middle, centred: true });
  });
  return {
    drawing,
    icon,
    countX: icon ? centre + giftSize * 0.4 : margin + width - 4 * u,
    countY: icon ? margin + giftSize * 0.62 : middle,
    top: margin,
    bottom: fullHeight - margin,
  };
};

export const drawCard = (content: CardContent, style: CardStyle): DrawnCard => {
  switch (style.card.layout) {
    case "beside":
      return drawBeside(content, style);
    case "above":
      return drawAbove(content, style);
    default:
      return style.card.layout satisfies never;
  }
};

/** How much was not shown one by one, on a small pill; the whole picture is the pill. @param u pixels a unit */
export const drawFolded = (
  text: string,
  { panelFrom, bright, accent }: AlertTone,
  u: number,
): Drawing => {
  const font = `400 ${18 * u}px ${fontStack}`;
  const pad = 13 * u;
  const measuring = measuringContext();
  measuring.font = font;
  const width = Math.ceil(measuring.measureText(text).width + 2 * pad);
  const height = Math.ceil(34 * u);
  return drawPixels(width, height, (context) => {
    context.fillStyle = panelFrom;
    context.beginPath();
    context.roundRect(0, 0, width, height, height / 2);
    context.fill();
    context.font = font;
    context.textBaseline = "middle";
    context.fillStyle = isDark(panelFrom) ? bright : accent;
    context.fillText(text, pad, height / 2);
  });
};
