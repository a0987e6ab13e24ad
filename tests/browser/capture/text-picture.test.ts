import { expect, test } from "vitest";
import type { SourceOf } from "../../../preload/contract/scene.ts";
import { drawTextPicture } from "../../../renderer/capture/kinds/text/text-picture.ts";
import type { Drawing } from "../../../renderer/compositor/drawing-board.ts";
import { documentOf } from "../../fakes/documents.ts";

const draw = (over: Partial<SourceOf<"text">>): Drawing => {
  const source = {
    id: "text",
    name: "text",
    kind: "text",
    text: "今晚八点开播",
    sizePx: 40,
    weight: "bold",
    align: "left",
    colour: "#ffffff",
    background: null,
    maxWidthPx: 1_000,
    ...over,
  } as const;
  const [parsed] = documentOf([{ source }]).sources;
  if (parsed?.kind !== "text") throw new Error("no text");
  return drawTextPicture(parsed);
};

/** Share of opaque pixels in a part of the picture. */
const coverage = (
  { width: fullWidth, pixels: { data } }: Drawing,
  x: number,
  y: number,
  width: number,
  height: number,
): number => {
  let opaque = 0;
  for (let row = y; row < y + height; row += 1)
    for (let column = x; column < x + width; column += 1)
      if ((data[4 * (row * fullWidth + column) + 3] ?? 0) > 128) opaque += 1;
  return opaque / (width * height);
};

test("is as wide as its words and wraps at its width", () => {
  const one = draw({});
  const wrapped = draw({ maxWidthPx: 130 });
  expect(one.width).toBeGreaterThan(200);
  expect(wrapped.width).toBeLessThanOrEqual(130);
  expect(wrapped.height).toBe(one.height * 2);
  expect(coverage(wrapped, 0, one.height, wrapped.width, one.height)).toBeGreaterThan(0.1);
});

test("a background is behind all of it, with padding", () => {
  const plain = draw({});
  const backed = draw({ background: "#c0392b" });
  expect(coverage(plain, 0, 0, plain.width, plain.height)).toBeLessThan(0.6);
  expect(coverage(backed, 0, 0, backed.width, backed.height)).toBeGreaterThan(0.97);
  expect(backed.width).toBeGreaterThan(plain.width);
});

test("shorter lines are aligned in the widest", () => {
  const parts = (align: "left" | "center" | "right") => {
    const canvas = draw({ text: "今晚八点开播\n啊", align });
    const half = canvas.height / 2;
    const third = Math.floor(canvas.width / 3);
    return [0, 1, 2].map((part) => coverage(canvas, part * third, half, third, half) > 0.03);
  };
  expect(parts("left")).toEqual([true, false, false]);
  expect(parts("center")).toEqual([false, true, false]);
  expect(parts("right")).toEqual([false, false, true]);
});

test("empty text and huge text are drawn within bounds", () => {
  expect(draw({ text: "" }).width).toBe(1);
  const huge = draw({ text: "字".repeat(2_000), sizePx: 400, maxWidthPx: 400 });
  expect(huge.height).toBeLessThanOrEqual(8_192);
});
