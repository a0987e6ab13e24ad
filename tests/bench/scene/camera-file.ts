import { join } from "node:path";
import { type CounterStrip, counterVideo } from "./counter-strip.ts";
import { runTool } from "./run-tool.ts";

export const cameraSize = { width: 1280, height: 720 } as const;
const seconds = 4;
/** At the top left of the camera's picture. */
export const cameraCounter: CounterStrip = { bits: 8, cellPx: 32 };

/** Head and shoulders, without a background. */
const drawPerson = async (path: string): Promise<void> => {
  const head = "hypot(X-180,Y-130)";
  const shade = (face: string, clothes: string) => `if(lt(${head},95),${face},${clothes})`;
  const planes = {
    r: shade("224-40*Y/230", "40+Y/8"),
    g: shade("172-30*Y/230", "44+X/6"),
    b: shade("140-20*Y/230", "90+40*sin(Y/12)"),
    a: `255*max(clip((96-${head})/2,0,1),clip((1-hypot((X-180)/175,(Y-640)/420))*60,0,1))`,
  };
  const geq = Object.entries(planes).map(([plane, value]) => `${plane}='${value}'`);
  await runTool("ffmpeg", [
    ..."-y -loglevel error -f lavfi -i".split(" "),
    `color=black:s=360x640,format=rgba,geq=${geq.join(":")}`,
    ..."-frames:v 1".split(" "),
    path,
  ]);
};

/**
 * A camera before a green screen: four seconds in a circle of a person who moves, 1280x720 at 30 fps, with a sensor's
 * noise and a number for each frame, as Motion JPEG (what webcams send). The same pictures in Matroska, for programs that want times.
 */
export const makeCameraFile = async (
  folder: string,
): Promise<{ readonly mjpeg: string; readonly matroska: string }> => {
  const person = join(folder, "person.png");
  const mjpeg = join(folder, "camera.mjpeg");
  const matroska = join(folder, "camera.mkv");
  await drawPerson(person);
  await runTool("ffmpeg", [
    ..."-y -loglevel error -f lavfi -i".split(" "),
    `color=0x00ff00:s=${cameraSize.width}x${cameraSize.height}:r=30:d=${seconds}`,
    "-i",
    person,
    ..."-f lavfi -i".split(" "),
    counterVideo(cameraCounter),
    "-filter_complex",
    "[0][1]overlay=x='460+140*sin(PI*t/2)':y='92+12*sin(PI*t)':eval=frame[scene];[scene][2]overlay," +
      "noise=alls=9:allf=t,format=yuvj420p",
    ...`-c:v mjpeg -q:v 4 -frames:v ${seconds * 30}`.split(" "),
    mjpeg,
  ]);
  await runTool("ffmpeg", [
    ..."-y -loglevel error -framerate 30 -i".split(" "),
    mjpeg,
    ..."-c copy".split(" "),
    matroska,
  ]);
  return { mjpeg, matroska };
};

/** Chromium switches for this camera in place of real ones. */
export const fakeCameraSwitches = (mjpeg: string): readonly string[] => [
  "--use-fake-device-for-media-stream=device-count=1,fps=30",
  `--use-file-for-fake-video-capture=${mjpeg}`,
];
