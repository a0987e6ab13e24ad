import { afterEach, expect, test } from "vitest";
import { FrameSource } from "../../../renderer/compositor/frame-source.ts";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const frameOf = (luma: number): VideoFrame => {
  const pixels = new Uint8Array(64 * 36 * 1.5).fill(128);
  pixels.fill(luma, 0, 64 * 36);
  const size = { codedWidth: 64, codedHeight: 36 };
  const frame = new VideoFrame(pixels, { format: "I420", ...size, timestamp: luma });
  closing.push(() => frame.close());
  return frame;
};
const isGivenBack = (frame: VideoFrame): boolean => frame.format === null;
const lumaOf = async (frame: VideoFrame | undefined): Promise<number | undefined> => {
  if (!frame) return undefined;
  const pixels = new Uint8Array(frame.allocationSize());
  await frame.copyTo(pixels);
  return pixels[0];
};

const open = (copying: boolean) => {
  let controller: ReadableStreamDefaultController<VideoFrame> | undefined;
  const readable = new ReadableStream<VideoFrame>({
    start: (given) => {
      controller = given;
    },
  });
  const source = new FrameSource(readable, {
    mayCopy: () => copying,
    onSize: () => undefined,
  });
  closing.push(() => source.close());
  const send = async (frame: VideoFrame): Promise<VideoFrame> => {
    const { frames } = source;
    controller?.enqueue(frame);
    await expect.poll(() => source.frames).toBe(frames + 1);
    return frame;
  };
  return { source, send };
};

test("a frame that stays the newest is given back, and its picture kept", async () => {
  const { source, send } = open(true);
  const frame = await send(frameOf(77));
  source.rest(source.lastFrameAtMs + 100);
  expect(isGivenBack(frame)).toBe(false);
  source.rest(source.lastFrameAtMs + 300);
  await expect.poll(() => isGivenBack(frame)).toBe(true);
  expect(await lumaOf(source.latest?.frame)).toBe(77);
});

test("where a capture had waited for that, all its frames are given back at once", async () => {
  const { source, send } = open(true);
  const first = await send(frameOf(50));
  expect(isGivenBack(first)).toBe(false);
  source.rest(source.lastFrameAtMs + 300);
  await expect.poll(() => isGivenBack(first)).toBe(true);
  await send(frameOf(60));
  for (const luma of [70, 80, 90]) {
    const frame = await send(frameOf(luma));
    expect(isGivenBack(frame)).toBe(true);
    expect(await lumaOf(source.latest?.frame)).toBe(luma);
  }
});

test("a capture that goes on by itself keeps its frames until the next one is there", async () => {
  const { source, send } = open(true);
  const first = await send(frameOf(50));
  const second = await send(frameOf(60));
  expect([isGivenBack(first), isGivenBack(second)]).toEqual([true, false]);
  source.rest(source.lastFrameAtMs + 20);
  expect(isGivenBack(second)).toBe(false);
});

test("frames on a GPU are left there", async () => {
  const { source, send } = open(false);
  const frame = await send(frameOf(50));
  source.rest(source.lastFrameAtMs + 10_000);
  await new Promise((done) => setTimeout(done, 100));
  expect(isGivenBack(frame)).toBe(false);
  source.close();
  expect(isGivenBack(frame)).toBe(true);
});
