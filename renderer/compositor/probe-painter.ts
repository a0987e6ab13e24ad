import type { Size } from "../../preload/contract/geometry.ts";
import { FilterId } from "../../preload/contract/ids.ts";
import type { PainterProbe } from "../../preload/contract/painter.ts";
import type { Filter } from "../../preload/contract/filter.ts";
import { dropContext, rendererOf } from "./gl/webgl-painter.ts";
import { openPainter } from "./open-painter.ts";
import type { Painter } from "./painter.ts";
import type { Rect, RgbaPixels } from "./picture.ts";
import type { DrawOp } from "./plan.ts";

/** GPUs that are done by the CPU, in the names of their drivers: Chromium's, Mesa's, Windows's and Apple's. */
const softwareNames = /swiftshader|llvmpipe|softpipe|lavapipe|microsoft basic render|software/i;

export const isSoftwareRenderer = (renderer: string): boolean => softwareNames.test(renderer);

const warmUpFrames = 5;
const measuredFrames = 30;
/** A painter that needs longer for all of them is too slow whatever the median. */
const patienceMs = 3_000;
/** Of a frame's time: the rest is for the encoder, the previews and bad moments. */
const shareOfFrame = 0.5;

const key: Filter = {
  id: FilterId.parse("probe"),
  kind: "chromaKey",
  enabled: true,
  colour: "#00b140",
  similarity: 0.1,
  smoothness: 0.1,
  spill: 0.1,
};

const pixelsOf = (width: number, height: number, alpha: number): RgbaPixels => {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < data.length; at += 4) {
    data[at] = at >> 4;
    data[at + 1] = at >> 10;
    data[at + 2] = at >> 16;
    data[at + 3] = alpha;
  }
  return { format: "RGBA", premultiplied: false, data };
};

const drawing = (
  id: string,
  version: number,
  pixels: VideoFrame | RgbaPixels,
  part: Rect,
  rect: Rect,
  filters: readonly Filter[] = [],
): DrawOp => ({
  op: "picture",
  picture: { id, version, width: part.width, height: part.height, pixels },
  from: part,
  rect,
  opacity: 1,
  filters,
});

/** Five layers as a show has them: a captured screen, a keyed camera, a still with alpha, an area, a title. */
const makeLayers = ({ width, height }: Size) => {
  const bytes = new Uint8Array((width * height * 3) / 2).fill(128);
  const frameOf = (index: number): VideoFrame => {
    bytes.fill(index & 255, 0, width * height);
    return new VideoFrame(bytes, {
      format: "I420",
      codedWidth: width,
      codedHeight: height,
      timestamp: index,
    });
  };
  const half = { width: Math.ceil(width / 2), height: Math.ceil(height / 2) };
  const still = pixelsOf(half.width, half.height, 128);
  const title = pixelsOf(half.width, 48, 200);
  const from = { x: 0, y: 0, width, height };
  return (index: number): { readonly ops: readonly DrawOp[]; readonly close: () => void } => {
    const screen = frameOf(index);
    const camera = frameOf(index + 100);
    const ops: readonly DrawOp[] = [
      { op: "clear", colour: "#000000" },
      drawing("screen", index, screen, from, from),
      drawing("camera", index, camera, from, { x: width / 4, y: height / 4, ...half }, [key]),
      drawing("still", 0, still, { x: 0, y: 0, ...half }, { x: 8, y: 8, ...half }),
      { op: "fill", rect: { x: 0, y: height - 64, width, height: 64 }, colour: "#00000080" },
      drawing(
        "title",
        0,
        title,
        { x: 0, y: 0, width: half.width, height: 48 },
        { x: 16, y: height - 56, width: half.width, height: 48 },
      ),
    ];
    const close = (): void => {
      screen.close();
      camera.close();
    };
    return { ops, close };
  };
};

/**
 * The median time from handing over ops to having the pixels: with a slow GPU drawing itself returns at once.
 * `Infinity` for a painter that is too slow to be measured. Rejects where the painter is lost.
 */
export const timePainter = async (painter: Painter, size: Size): Promise<number> => {
  const layersAt = makeLayers(size);
  const pixels = new Uint8Array(size.width * size.height * 4);
  const times: number[] = [];
  const endMs = performance.now() + patienceMs;
  for (let index = 0; index < warmUpFrames + measuredFrames; index += 1) {
    if (performance.now() > endMs) return Number.POSITIVE_INFINITY;
    const { ops, close } = layersAt(index);
    const startMs = performance.now();
    try {
      const frame = await painter.paint(ops, { timestampUs: index, durationUs: 1 });
      try {
        await frame.copyTo(pixels, { format: "RGBA" });
      } finally {
        frame.close();
      }
    } finally {
      close();
    }
    if (index >= warmUpFrames) times.push(performance.now() - startMs);
  }
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.POSITIVE_INFINITY;
};

const openContext = (failIfMajorPerformanceCaveat: boolean) =>
  new OffscreenCanvas(1, 1).getContext("webgl2", { failIfMajorPerformanceCaveat });

/** Null where there is no WebGL2 at all. */
const findRenderer = (): { readonly renderer: string; readonly slow: boolean } | null => {
  const quick = openContext(true);
  const gl = quick ?? openContext(false);
  if (!gl) return null;
  const renderer = rendererOf(gl);
  dropContext(gl);
  return { renderer, slow: quick === null };
};

/** Whether the GPU is worth composing with, at the canvas's size and rate. Takes a second at most where it is. */
export const probePainter = async (
  canvas: Size & { readonly fps: number },
): Promise<PainterProbe> => {
  const found = findRenderer();
  const renderer = (found?.renderer ?? "").slice(0, 500);
  const cpu = (frameMsMedian: number | null): PainterProbe => ({
    painter: "cpu",
    renderer,
    frameMsMedian,
  });
  if (!found || found.slow || isSoftwareRenderer(renderer)) return cpu(null);
  let painter: Painter | undefined;
  try {
    painter = await openPainter("webgl", canvas);
    const frameMsMedian = await timePainter(painter, canvas);
    const isQuick = frameMsMedian <= (1_000 / canvas.fps) * shareOfFrame;
    if (!isQuick) return cpu(Number.isFinite(frameMsMedian) ? frameMsMedian : null);
    return { painter: "webgl", renderer, frameMsMedian };
  } catch (error) {
    console.warn("The GPU was lost while it was tried out", error);
    return cpu(null);
  } finally {
    painter?.close();
  }
};
