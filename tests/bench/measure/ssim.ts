import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Size } from "../../../preload/contract/geometry.ts";
import { runTool } from "../scene/run-tool.ts";
import type { LumaFrames } from "./luma-frames.ts";

export interface Compared {
  /** Mean structural similarity of the brightness; 1 is equal. */
  readonly ssim: number;
  readonly frames: number;
}

/** From the report of ffmpeg's ssim filter (https://ffmpeg.org/ffmpeg-filters.html#ssim). */
export const parseSsim = (report: string): number =>
  Number(/SSIM Y:([\d.]+)/.exec(report)?.[1] ?? Number.NaN);

/** Whatever their times, the n-th frame is compared with the n-th. */
const byOrder = "[0]settb=1/30,setpts=N[a];[1]settb=1/30,setpts=N[b];[a][b]ssim";

const compare = async (inputs: readonly string[]): Promise<number> => {
  const { stderr } = await runTool("ffmpeg", [
    ..."-hide_banner -nostats".split(" "),
    ...inputs,
    "-lavfi",
    byOrder,
    ..."-f null -".split(" "),
  ]);
  return parseSsim(stderr);
};

const countFrames = async (path: string): Promise<number> => {
  const { stdout } = await runTool("ffprobe", [
    ..."-v error -select_streams v:0 -count_frames -of csv=p=0".split(" "),
    ..."-show_entries stream=nb_read_frames".split(" "),
    path,
  ]);
  return Number.parseInt(stdout, 10);
};

/** @throws where not every frame of one is in the other, as they are matched by their order */
export const compareVideos = async (a: string, b: string): Promise<Compared> => {
  const [frames, framesOfB] = await Promise.all([countFrames(a), countFrames(b)]);
  if (frames !== framesOfB) throw new Error(`${frames} frames in ${a}, ${framesOfB} in ${b}`);
  return { ssim: await compare(["-i", a, "-i", b]), frames };
};

/** Compares what both have. @throws where that is nothing */
export const compareFrames = async (
  folder: string,
  size: Size,
  a: LumaFrames,
  b: LumaFrames,
): Promise<Compared> => {
  const stamps = [...a.keys()].filter((stamp) => b.has(stamp));
  if (stamps.length === 0) throw new Error("no frame is in both");
  const write = async (name: string, frames: LumaFrames): Promise<string[]> => {
    const path = join(folder, name);
    await writeFile(path, Buffer.concat(stamps.flatMap((stamp) => frames.get(stamp) ?? [])));
    const format = `-f rawvideo -pix_fmt gray -framerate 30 -s ${size.width}x${size.height} -i`;
    return [...format.split(" "), path];
  };
  const inputs = [...(await write("a.gray", a)), ...(await write("b.gray", b))];
  return { ssim: await compare(inputs), frames: stamps.length };
};
