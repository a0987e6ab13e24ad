import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Size } from "../../../preload/contract/geometry.ts";
import { cameraCounter, cameraSize } from "../scene/camera-file.ts";
import type { CounterStrip } from "../scene/counter-strip.ts";
import { layout } from "../scene/five-layers.ts";
import { runTool } from "../scene/run-tool.ts";
import { clipCounter, clipPlace } from "../scene/shared-screen.ts";

/** A frame of a recording; `isNew` where it shows another picture of the camera or of the clip than the frame before. */
export interface RecordedFrame {
  readonly atSeconds: number;
  readonly isNew: boolean;
}

/** One byte of brightness a cell, `cells` of them a frame. */
export const framesOf = (
  timesSeconds: readonly number[],
  brightness: Uint8Array,
  cells: number,
): RecordedFrame[] => {
  const numbers = timesSeconds.map((_, frame) =>
    Array.from(brightness.subarray(frame * cells, (frame + 1) * cells), (value) =>
      value >= 128 ? "1" : "0",
    ).join(""),
  );
  return timesSeconds.map((atSeconds, frame) => ({
    atSeconds,
    isNew: numbers[frame] !== numbers[frame - 1],
  }));
};

/** Over the last `seconds` of the file. */
export const ratesOfLast = (
  seconds: number,
  frames: readonly RecordedFrame[],
): { readonly fps: number; readonly distinctFps: number } => {
  const endSeconds = frames.at(-1)?.atSeconds ?? 0;
  const last = frames.filter(({ atSeconds }) => atSeconds > endSeconds - seconds);
  return {
    fps: last.length / seconds,
    distinctFps: last.filter(({ isNew }) => isNew).length / seconds,
  };
};

const readTimes = async (path: string): Promise<number[]> => {
  const { stdout } = await runTool("ffprobe", [
    ..."-v error -select_streams v:0 -show_entries frame=pts_time -of csv=p=0".split(" "),
    path,
  ]);
  return stdout.trim().split(/\s+/).map(Number.parseFloat);
};

/** Reads the counters of the camera and of the clip in a recording of the five layers. */
export const readRecordedFrames = async (path: string, size: Size): Promise<RecordedFrame[]> => {
  const cameraScale = (size.width * layout.camera.width) / cameraSize.width;
  const strip = ({ bits, cellPx }: CounterStrip, scale: number, x: number, y: number) =>
    `crop=${bits * cellPx * scale}:${cellPx * scale}:${x}:${y},scale=${bits}:1:flags=area`;
  const camera = { x: size.width * layout.camera.x, y: size.height * layout.camera.y };
  const clip = clipPlace(size);
  const graph =
    `[0]format=gray,split[a][b];[a]${strip(cameraCounter, cameraScale, camera.x, camera.y)}[c];` +
    `[b]${strip(clipCounter, 1, clip.x, clip.y)}[d];[c][d]hstack`;
  const { stdout } = await promisify(execFile)(
    "ffmpeg",
    [
      ..."-loglevel error -nostats -i".split(" "),
      path,
      "-filter_complex",
      graph,
      ..."-fps_mode passthrough -f rawvideo -".split(" "),
    ],
    { encoding: "buffer", maxBuffer: 64 * 1024 * 1024 },
  );
  return framesOf(await readTimes(path), stdout, cameraCounter.bits + clipCounter.bits);
};
