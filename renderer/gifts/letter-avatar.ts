import { fontStack } from "../capture/kinds/text/text-picture.ts";
import type { DrawingContext } from "../compositor/drawing-board.ts";

/** Deep enough for a white letter. */
const colours = ["#c2416b", "#b4552d", "#7a5cc4", "#2f7fb8", "#2c8a63", "#94702a"] as const;

/** For a sender without a picture: the first letter of the name, on a colour that is always the same for the name. */
export const drawLetterAvatar = (
  context: DrawingContext,
  name: string,
  width: number,
  height: number,
): void => {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 65_536;
  context.fillStyle = colours[sum % colours.length] ?? colours[0];
  context.fillRect(0, 0, width, height);
  context.font = `600 ${Math.max(1, Math.min(width, height) * 0.52)}px ${fontStack}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = "#ffffff";
  const [first = ""] = name;
  context.fillText(first.toUpperCase(), width / 2, height * 0.53);
};
