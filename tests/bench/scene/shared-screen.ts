import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { startDisplay } from "../../../scripts/display.mjs";
import type { Size } from "../../../preload/contract/geometry.ts";
import { type CounterStrip, counterVideo } from "./counter-strip.ts";
import { runTool } from "./run-tool.ts";

const font = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";

const slideLines = [
  "今晚的新品介绍",
  "Autumn sale: what is new, what it costs",
  "1  面料与尺码  Fabric and sizes",
  "2  搭配示范  Three ways to wear it",
  "3  问答  Questions and answers",
];

/** A slide as big as the screen, as a PNG. */
const drawSlide = async (path: string, { width, height }: Size): Promise<void> => {
  const unit = height / 18;
  const texts = slideLines.map(
    (text, line) =>
      `drawtext=fontfile=${font}:text='${text.replaceAll(":", "\\:")}':fontcolor=0xe8eef2:` +
      `fontsize=${Math.round(unit * (line === 0 ? 1.6 : 0.9))}:x=${Math.round(width * 0.06)}:` +
      `y=${Math.round(unit * (2 + line * 1.9))}`,
  );
  await runTool("ffmpeg", [
    ..."-y -loglevel error -f lavfi -i".split(" "),
    [
      `gradients=s=${width}x${height}:c0=0x182430:c1=0x30506a:x0=0:y0=0:x1=${width}:y1=${height}:d=1:n=2`,
      "format=rgb24",
      ...texts,
    ].join(","),
    ..."-frames:v 1".split(" "),
    path,
  ]);
};

const clipSize = { width: 480, height: 270 } as const;
/** At the top left of the clip. */
export const clipCounter: CounterStrip = { bits: 10, cellPx: 16 };
/** Where the clip's top-left corner is on a screen of `size`. */
export const clipPlace = (size: Size) => ({
  x: Math.round(size.width * 0.06),
  y: Math.round(size.height * 0.56),
});

/** Twenty seconds of a fractal that is zoomed into: detail everywhere, all of it moving, and a number for each frame. */
const makeClip = (path: string) =>
  runTool("ffmpeg", [
    ..."-y -loglevel error -f lavfi -i".split(" "),
    `mandelbrot=s=${clipSize.width}x${clipSize.height}:r=30:maxiter=400:end_scale=0.01`,
    ..."-f lavfi -i".split(" "),
    counterVideo(clipCounter),
    ..."-filter_complex overlay -t 20 -c:v libx264 -preset ultrafast -tune fastdecode -crf 16 -pix_fmt yuv420p".split(
      " ",
    ),
    path,
  ]);

export interface SharedScreen {
  readonly name: string;
  /** For the programs that are to be on this screen. */
  readonly env: NodeJS.ProcessEnv;
  close(): Promise<void>;
}

/**
 * A display of its own, of `size`. It shows a still slide, and on it at the lower left a clip of 480x270 that changes
 * thirty times a second: what an anchor shares who shows something. Both stay on top: the windows of
 * the programs under test lie below, so that none of them shares itself.
 */
export const openSharedScreen = async (folder: string, size: Size): Promise<SharedScreen> => {
  const display = await startDisplay(size);
  const env = { ...process.env, DISPLAY: display.name, WAYLAND_DISPLAY: "" };
  const windows: ChildProcess[] = [];
  const show = async (
    title: string,
    box: Size & { x: number; y: number },
    input: readonly string[],
  ) => {
    const child = spawn(
      "ffplay",
      [
        ..."-loglevel error -noborder -alwaysontop -window_title".split(" "),
        title,
        ...`-left ${box.x} -top ${box.y} -x ${box.width} -y ${box.height}`.split(" "),
        ...input,
      ],
      {
        stdio: "ignore",
        // Without these SDL draws with software GL.
        env: { ...env, SDL_RENDER_DRIVER: "software", SDL_FRAMEBUFFER_ACCELERATION: "0" },
      },
    );
    windows.push(child);
    await runTool("xdotool", ["search", "--sync", "--onlyvisible", "--name", title], { env });
  };
  const slide = join(folder, `slide-${size.width}.png`);
  await drawSlide(slide, size);
  await show("bench-slide", { x: 0, y: 0, ...size }, [slide]);
  const clip = join(folder, "clip.mkv");
  await makeClip(clip);
  await show("bench-clip", { ...clipPlace(size), ...clipSize }, [
    ..."-f lavfi -i".split(" "),
    `movie=${clip}:loop=0,setpts=N/30/TB`,
  ]);
  return {
    name: display.name,
    env,
    async close() {
      for (const child of windows) child.kill();
      await display.close();
    },
  };
};
