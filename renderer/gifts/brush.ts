import type { DrawingContext } from "../compositor/drawing-board.ts";

/** `#rrggbb` with an opacity from 0 to 1. */
export const withAlpha = (colour: string, alpha: number): string =>
  `${colour}${Math.round(alpha * 255)
    .toString(16)
    .padStart(2, "0")}`;

/** What is drawn next casts a shadow, until `noShadow`. */
export const softShadow = (
  context: DrawingContext,
  blur: number,
  colour = "rgba(0, 0, 0, 0.55)",
): void => {
  context.shadowColor = colour;
  context.shadowBlur = blur;
  context.shadowOffsetY = blur / 4;
};

export const noShadow = (context: DrawingContext): void => {
  context.shadowColor = "transparent";
  context.shadowBlur = 0;
  context.shadowOffsetY = 0;
};

/** Dark enough to be written on something light. `#rrggbb`. */
export const isDark = (colour: string): boolean => {
  const channel = (at: number) => Number.parseInt(colour.slice(at, at + 2), 16);
  return 0.299 * channel(1) + 0.587 * channel(3) + 0.114 * channel(5) < 128;
};
