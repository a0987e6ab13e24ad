import { fontStack } from "../../capture/kinds/text/text-picture.ts";
import type { DrawingContext } from "../../compositor/drawing-board.ts";
import { drawLetterAvatar } from "../letter-avatar.ts";
import type { AlertSender } from "./player.ts";

/** What of the sender fills a place in an animation, and how. */
export interface Slot {
  readonly kind: "text" | "picture";
  /** Of a text. */
  readonly colour: string;
  readonly isBold: boolean;
  /** The picture fills its place and is cut, instead of being stretched to it. */
  readonly covers: boolean;
}

const drawName = (
  context: DrawingContext,
  { name, slot }: { readonly name: string; readonly slot: Slot },
  width: number,
  height: number,
): void => {
  const fontOf = (size: number): string => `${slot.isBold ? 700 : 400} ${size}px ${fontStack}`;
  const largest = Math.max(1, height * 0.76);
  context.font = fontOf(largest);
  const wide = context.measureText(name).width;
  context.font = fontOf(Math.max(1, largest * Math.min(1, width / Math.max(1, wide))));
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = slot.colour;
  context.fillText(name, width / 2, height * 0.53, width);
};

const drawAvatar = (
  context: DrawingContext,
  { avatar, slot }: { readonly avatar: ImageBitmap; readonly slot: Slot },
  width: number,
  height: number,
): void => {
  const scale = slot.covers ? Math.max(width / avatar.width, height / avatar.height) : undefined;
  const drawnWidth = scale === undefined ? width : avatar.width * scale;
  const drawnHeight = scale === undefined ? height : avatar.height * scale;
  context.drawImage(
    avatar,
    (width - drawnWidth) / 2,
    (height - drawnHeight) / 2,
    drawnWidth,
    drawnHeight,
  );
};

/** Fills a slot of this size, from 0, 0 on; what is around it may be drawn over. */
export const drawSlot = (
  context: DrawingContext,
  slot: Slot,
  sender: AlertSender,
  { width, height }: { readonly width: number; readonly height: number },
): void => {
  if (slot.kind === "text") drawName(context, { name: sender.name, slot }, width, height);
  else if (sender.avatar) drawAvatar(context, { avatar: sender.avatar, slot }, width, height);
  else drawLetterAvatar(context, sender.name, width, height);
};
