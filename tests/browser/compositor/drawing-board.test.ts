import { expect, test } from "vitest";
import { isDoneWhileWindowIsBusy } from "./busy-window.ts";
import { drawPixels } from "../../../renderer/compositor/drawing-board.ts";

const fill = (width: number, height: number, colour: string) =>
  drawPixels(width, height, (context) => {
    context.fillStyle = colour;
    // Beyond what is asked for, on all sides.
    context.fillRect(-10, -10, width + 20, height + 20);
  });

test("what was drawn before is not seen, nor what it has left behind", () => {
  expect(fill(40, 30, "#ff0000").pixels.data.slice(0, 4)).toEqual(
    new Uint8ClampedArray([255, 0, 0, 255]),
  );
  drawPixels(10, 10, (context) => {
    context.translate(5, 5);
    context.globalAlpha = 0.5;
    context.shadowColor = "#00ff00";
    context.shadowBlur = 4;
    context.save();
  });
  const next = drawPixels(60, 50, (context) => {
    context.fillStyle = "#0000ff";
    context.fillRect(0, 0, 1, 1);
  });
  expect([next.width, next.height, next.pixels.data.length]).toEqual([60, 50, 4 * 60 * 50]);
  expect(next.pixels.data.slice(0, 4)).toEqual(new Uint8ClampedArray([0, 0, 255, 255]));
  expect(next.pixels.data.slice(4).every((value) => value === 0)).toBe(true);
});

test.each([
  [600, 20],
  [20, 1_100],
  [4_000, 8],
])("%d by %d pixels are drawn whole", (width, height) => {
  const { pixels } = fill(width, height, "#ffffff");
  expect(pixels.data.length).toBe(4 * width * height);
  expect(pixels.data.every((value) => value === 255)).toBe(true);
});

test("one picture at a time; a drawing that fails leaves the board free", () => {
  expect(() => drawPixels(4, 4, () => void fill(4, 4, "#ffffff"))).toThrow("in use");
  expect(fill(4, 4, "#ffffff").pixels.data[0]).toBe(255);
});

test("a worker draws while the window is busy", async () => {
  const worker = new Worker(new URL("drawing-worker.ts", import.meta.url), { type: "module" });
  expect(await isDoneWhileWindowIsBusy(worker)).toBe(true);
});
