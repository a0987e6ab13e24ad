import { drawStamp, stampStrip } from "../../../compositor/frame-stamp.ts";
import type { Rect } from "../../../compositor/picture.ts";

export interface Fill {
  readonly rect: Rect;
  readonly colour: string;
}

/** 75 % bars after SMPTE RP 219, without its lower rows. */
export const barColours = [
  "#bfbfbf",
  "#bfbf00",
  "#00bfbf",
  "#00bf00",
  "#bf00bf",
  "#bf0000",
  "#0000bf",
] as const;

/** How long the flash and its beep last, from each whole second of the wall clock. */
export const flashMs = 100;
/** A compose that starts this little before the second already counts as in it: timers may fire early. */
const earlyMs = 4;

/** Is the flash to be seen in a picture composed at `wallMs` (epoch)? */
export const isFlashing = (wallMs: number): boolean => (wallMs + earlyMs) % 1_000 < flashMs;

/** The flash in the lower right corner of the pattern. */
export const flashRect = (width: number, height: number): Rect => {
  const side = Math.round(Math.min(width, height) / 4);
  return {
    x: width - side - Math.round(side / 4),
    y: height - side - Math.round(side / 4),
    width: side,
    height: side,
  };
};

/** Segments a to g of each digit, as bits from 1 to 64. */
const digitSegments = [63, 6, 91, 79, 102, 109, 125, 7, 127, 111] as const;

const segmentRects = (x: number, y: number, unit: number): readonly Rect[] => [
  { x, y, width: 4 * unit, height: unit },
  { x: x + 3 * unit, y, width: unit, height: 4 * unit },
  { x: x + 3 * unit, y: y + 3 * unit, width: unit, height: 4 * unit },
  { x, y: y + 6 * unit, width: 4 * unit, height: unit },
  { x, y: y + 3 * unit, width: unit, height: 4 * unit },
  { x, y, width: unit, height: 4 * unit },
  { x, y: y + 3 * unit, width: 4 * unit, height: unit },
];

const two = (value: number): string => String(Math.floor(value)).padStart(2, "0");

/** `hh:mm:ss.d` in local time. `zoneOffsetMs` is what to add to UTC. */
const clockText = (wallMs: number, zoneOffsetMs: number): string => {
  const dayMs = (((wallMs + zoneOffsetMs) % 86_400_000) + 86_400_000) % 86_400_000;
  return `${two(dayMs / 3_600_000)}:${two((dayMs / 60_000) % 60)}:${two((dayMs / 1_000) % 60)}.${Math.floor((dayMs / 100) % 10)}`;
};

/** Units from the left of one character to the next. */
const advance = (character: string): number => (character >= "0" && character <= "9" ? 5 : 2);

const clockFills = (text: string, box: Rect): readonly Fill[] => {
  const units = Array.from(text).reduce((sum, character) => sum + advance(character), -1);
  const unit = Math.max(1, Math.floor(Math.min(box.width / units, box.height / 7)));
  const fills: Fill[] = [];
  let x = box.x + Math.floor((box.width - units * unit) / 2);
  const y = box.y + Math.floor((box.height - 7 * unit) / 2);
  for (const character of text) {
    const segments = digitSegments[Number(character)];
    if (segments === undefined) {
      const dots = character === ":" ? [2, 4] : [6];
      for (const row of dots)
        fills.push({
          rect: { x, y: y + row * unit, width: unit, height: unit },
          colour: "#ffffff",
        });
    } else {
      for (const [index, rect] of segmentRects(x, y, unit).entries())
        if (segments & (1 << index)) fills.push({ rect, colour: "#ffffff" });
    }
    x += advance(character) * unit;
  }
  return fills;
};

/**
 * The test pattern of one instant, from back to front, in its own pixels: bars, a block that crosses the picture every
 * four seconds, the clock, the flash, and the frame stamp (where the pattern is wide enough for it).
 */
export const testPatternFills = (
  size: { readonly width: number; readonly height: number },
  wallMs: number,
  zoneOffsetMs: number,
): readonly Fill[] => {
  const { width, height } = size;
  const barsHeight = Math.round(height * 0.6);
  const fills: Fill[] = [{ rect: { x: 0, y: 0, width, height }, colour: "#101014" }];
  for (const [index, colour] of barColours.entries()) {
    const x = Math.round((width * index) / barColours.length);
    const end = Math.round((width * (index + 1)) / barColours.length);
    fills.push({ rect: { x, y: 0, width: end - x, height: barsHeight }, colour });
  }
  const block = Math.max(4, Math.round(height / 18));
  const phase = (wallMs % 4_000) / 4_000;
  fills.push({
    rect: { x: Math.round(phase * (width - block)), y: barsHeight, width: block, height: block },
    colour: "#f0a040",
  });
  const flash = flashRect(width, height);
  const clockTop = barsHeight + block;
  fills.push(
    ...clockFills(clockText(wallMs, zoneOffsetMs), {
      x: Math.round(width * 0.04),
      y: clockTop + Math.round((height - clockTop) * 0.25),
      width: Math.max(1, flash.x - Math.round(width * 0.08)),
      height: Math.round((height - clockTop) * 0.5),
    }),
  );
  fills.push({ rect: flash, colour: isFlashing(wallMs) ? "#ffffff" : "#000000" });
  if (width >= stampStrip.widthPx && height >= stampStrip.heightPx)
    drawStamp(Math.floor(wallMs), (x, y, cellWidth, cellHeight, colour) => {
      fills.push({ rect: { x, y, width: cellWidth, height: cellHeight }, colour });
    });
  return fills;
};
