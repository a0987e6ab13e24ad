import type { SourceOf } from "../../../../preload/contract/scene.ts";
import { type Drawing, drawPixels, measuringContext } from "../../../compositor/drawing-board.ts";
import { wrapText } from "./wrap-text.ts";

/** Faces with Chinese on each system, then whatever is there. */
export const fontStack =
  '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", system-ui, sans-serif';

const lineHeight = 1.35;
/** A text's picture is cut off beyond this height, and beyond its own `maxWidthPx` in width. */
const maxHeightPx = 8_192;

/** Draws a text source: as wide as its widest line, plus padding where it has a background. */
export const drawTextPicture = (source: SourceOf<"text">): Drawing => {
  const font = `${source.weight} ${source.sizePx}px ${fontStack}`;
  const measuring = measuringContext();
  measuring.font = font;
  const padX = source.background === null ? 0 : Math.round(source.sizePx * 0.45);
  const padY = source.background === null ? 0 : Math.round(source.sizePx * 0.18);
  const widthForText = Math.max(1, source.maxWidthPx - 2 * padX);
  const measure = (text: string) => measuring.measureText(text).width;
  const lineStep = Math.round(source.sizePx * lineHeight);
  const lines = wrapText(source.text, widthForText, measure).slice(
    0,
    Math.max(1, Math.floor((maxHeightPx - 2 * padY) / lineStep)),
  );
  const textWidth = Math.max(1, Math.ceil(Math.max(...lines.map(measure))));
  const width = textWidth + 2 * padX;
  const height = lines.length * lineStep + 2 * padY;
  return drawPixels(width, height, (context) => {
    if (source.background !== null) {
      context.fillStyle = source.background;
      context.beginPath();
      context.roundRect(0, 0, width, height, Math.round(source.sizePx * 0.25));
      context.fill();
    }
    context.font = font;
    context.fillStyle = source.colour;
    context.textBaseline = "alphabetic";
    context.textAlign = source.align;
    const x = { left: padX, center: width / 2, right: width - padX }[source.align];
    for (const [index, line] of lines.entries())
      context.fillText(line, x, padY + (index + 0.5) * lineStep + source.sizePx * 0.36);
  });
};
