import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Filter } from "../../preload/contract/filter.ts";
import type { Layer } from "./fixtures.ts";

export const cameraSize = { width: 640, height: 360 };
/** Hair, face, suit. */
export const personPoints = [
  { x: 285, y: 50 },
  { x: 282, y: 165 },
  { x: 110, y: 320 },
];
/** Behind her the wall, the flag, the rocket. */
export const roomPoints = [
  { x: 440, y: 60 },
  { x: 40, y: 180 },
  { x: 530, y: 120 },
];

export interface PersonCamera {
  /** For `launchStudio`. */
  readonly chromiumArgs: readonly string[];
  remove(): Promise<void>;
}

/** A camera in front of which an astronaut sits in a room. */
export const makePersonCamera = async (): Promise<PersonCamera> => {
  const folder = await mkdtemp(join(tmpdir(), "anchor-person-"));
  const film = join(folder, "camera.mjpeg");
  const picture = resolve(import.meta.dirname, "../fixtures/people/astronaut.webp");
  const { width, height } = cameraSize;
  execFileSync("ffmpeg", [
    ..."-loglevel error -loop 1 -framerate 30 -i".split(" "),
    picture,
    "-vf",
    `crop=512:288:0:0,scale=${width}:${height},format=yuvj420p`,
    ..."-frames:v 60 -c:v mjpeg -q:v 2".split(" "),
    film,
  ]);
  return {
    chromiumArgs: [
      "--use-fake-device-for-media-stream=device-count=1,fps=30",
      `--use-file-for-fake-video-capture=${film}`,
    ],
    remove: () => rm(folder, { recursive: true, force: true }),
  };
};

/** The camera over all of the canvas. */
export const cameraLayer = (filters: readonly Filter[] = []): Layer => ({
  id: "camera",
  x: 0,
  y: 0,
  filters,
  source: { kind: "camera", deviceId: "", label: "", ...cameraSize, fps: 30 },
});
