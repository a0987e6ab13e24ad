import type { AlertCard, AlertLine, AlertTone } from "../../preload/contract/alert-template.ts";
import { fontStack } from "../capture/kinds/text/text-picture.ts";
import { ellipsise, wrapText } from "../capture/kinds/text/wrap-text.ts";
import { measuringContext } from "../compositor/drawing-board.ts";

const fonts: Readonly<Record<AlertCard["font"], string>> = {
  sans: fontStack,
  serif: '"Songti SC", "SimSun", "Noto Serif CJK SC", "Noto Serif SC", serif',
};

/** A piece of text and where its middle is, in pixels from the block's left edge and middle. */
interface PlacedText {
  readonly text: string;
  readonly font: string;
  readonly sizePx: number;
  readonly colour: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

export interface TextBlock {
  readonly texts: readonly PlacedText[];
  readonly width: number;
  readonly height: number;
}

const rowHeight = 1.3;
/** Between texts that are beside each other. */
const gapUnits = 10;
/** So many letters are written in any case; a card that gets too wide by them is made smaller as a whole. */
const leastLetters = 6.5;
const leastLettersInline = 3;

interface Styled {
  readonly line: AlertLine;
  readonly font: string;
  readonly sizePx: number;
  readonly colour: string;
  readonly measure: (text: string) => number;
}

/**
 * Lays the lines of a card out, cut and wrapped to the room that they have.
 * @param given.u pixels a unit @param given.room pixels; what cannot be told in it takes more
 */
export const layOutText = (
  lines: readonly AlertLine[],
  given: {
    readonly card: Pick<AlertCard, "font">;
    readonly tone: AlertTone;
    readonly u: number;
    readonly room: number;
  },
): TextBlock => {
  const { card, tone, u } = given;
  const room = Math.max(tone.textSize * leastLetters * u, given.room);
  const measuring = measuringContext();
  const styled = lines.map((line): Styled => {
    const sizePx = tone.textSize * line.scale * u;
    const font = `${line.weight} ${sizePx}px ${fonts[card.font]}`;
    const colour =
      line.colour === "bright" || line.colour === "accent" ? tone[line.colour] : line.colour;
    const measure = (text: string) => {
      measuring.font = font;
      return measuring.measureText(text).width;
    };
    return { line, font, sizePx, colour, measure };
  });
  return tone.inline ? besideEachOther(styled, room, gapUnits * u) : belowEachOther(styled, room);
};

const rowsOf = ({ line, measure }: Styled, room: number): readonly string[] => {
  if (line.rows === 1) return [ellipsise(line.text, room, measure)];
  const wrapped = wrapText(line.text, room, measure);
  if (wrapped.length <= line.rows) return wrapped;
  const whole = wrapped.slice(0, line.rows - 1);
  return [...whole, ellipsise(wrapped.slice(line.rows - 1).join(""), room, measure)];
};

const belowEachOther = (styled: readonly Styled[], room: number): TextBlock => {
  const rows = styled.flatMap((each) => rowsOf(each, room).map((text) => ({ each, text })));
  const height = rows.reduce((sum, { each }) => sum + each.sizePx * rowHeight, 0);
  let top = -height / 2;
  const texts = rows.map(({ each: { font, sizePx, colour, measure }, text }): PlacedText => {
    const y = top + (sizePx * rowHeight) / 2;
    top += sizePx * rowHeight;
    return { text, font, sizePx, colour, x: 0, y, width: measure(text) };
  });
  return { texts, width: Math.max(0, ...texts.map(({ width }) => width)), height };
};

/** The first one, who it is about, is cut before the others. */
const besideEachOther = (styled: readonly Styled[], room: number, gap: number): TextBlock => {
  const rest = styled
    .slice(1)
    .reduce((sum, { line, measure }) => sum + gap + measure(line.text), 0);
  let x = 0;
  const texts: PlacedText[] = [];
  for (const [index, { line, font, sizePx, colour, measure }] of styled.entries()) {
    const left = index === 0 ? Math.max(sizePx * leastLettersInline, room - rest) : room - x;
    // Not even a letter of it has room.
    if (left < sizePx) break;
    const text = ellipsise(line.text, left, measure);
    const width = measure(text);
    texts.push({ text, font, sizePx, colour, x, y: 0, width });
    x += width + gap;
  }
  return {
    texts,
    width: Math.max(0, x - gap),
    height: Math.max(0, ...texts.map(({ sizePx }) => sizePx)) * rowHeight,
  };
};
