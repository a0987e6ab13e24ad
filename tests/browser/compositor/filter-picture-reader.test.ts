import { afterEach, expect, test } from "vitest";
import {
  mostFilterPixels,
  type ReadCommand,
  type ReadReport,
} from "../../../renderer/compositor/filter-picture-reader.ts";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const read = (command: ReadCommand): Promise<ReadReport> => {
  const worker = new Worker(
    new URL("../../../renderer/compositor/filter-picture-reader.ts", import.meta.url),
    { type: "module" },
  );
  closing.push(() => worker.terminate());
  worker.postMessage(command);
  return new Promise((done, fail) => {
    worker.addEventListener("message", ({ data }: MessageEvent<ReadReport>) => done(data));
    worker.addEventListener("error", ({ message }) => fail(new Error(message)));
  });
};
/** Red on the left, blue on the right. */
const fileOf = async (width: number, height: number): Promise<string> => {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  for (const [colour, x] of [
    ["#ff0000", 0],
    ["#0000ff", width / 2],
  ] as const)
    if (context) {
      context.fillStyle = colour;
      context.fillRect(x, 0, width / 2, height);
    }
  const url = URL.createObjectURL(await canvas.convertToBlob({ type: "image/png" }));
  closing.push(() => URL.revokeObjectURL(url));
  return url;
};

test("a picture is read pixel by pixel", async () => {
  const report = await read({ id: "small", url: await fileOf(4, 2) });
  const row = [255, 0, 0, 255, 255, 0, 0, 255, 0, 0, 255, 255, 0, 0, 255, 255];
  expect(report).toEqual({
    type: "read",
    id: "small",
    width: 4,
    height: 2,
    data: new Uint8ClampedArray([...row, ...row]),
  });
});

test("a camera's photograph is read smaller, in its shape and its colours", async () => {
  const report = await read({ id: "large", url: await fileOf(5_472, 3_648) });
  if (report.type !== "read") throw new Error(report.reason);
  const { width, height, data } = report;
  expect(width * height).toBeLessThanOrEqual(mostFilterPixels);
  expect(width * height).toBeGreaterThan(0.99 * mostFilterPixels);
  expect(width / height).toBeCloseTo(1.5, 2);
  const middle = 4 * Math.floor(height / 2) * width;
  expect([...data.subarray(middle, middle + 4)]).toEqual([255, 0, 0, 255]);
  expect([...data.subarray(middle + 4 * (width - 1), middle + 4 * width)]).toEqual([
    0, 0, 255, 255,
  ]);
});

test("it says why there is none", async () => {
  const url = URL.createObjectURL(new Blob(["no picture"], { type: "image/png" }));
  closing.push(() => URL.revokeObjectURL(url));
  expect(await read({ id: "broken", url })).toMatchObject({ type: "failed", id: "broken" });
});
