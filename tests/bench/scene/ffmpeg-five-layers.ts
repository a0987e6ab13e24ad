import { chromaKey, layout, titleText } from "./five-layers.ts";
import type { Stage } from "./five-layer-studio.ts";

const font = "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc";
/** ffmpeg's chromakey measures in the diagonal of the chroma plane (libavfilter/vf_chromakey.c). */
const toDiagonal = (distance: number): string => (distance / Math.SQRT2).toFixed(4);

/**
 * ffmpeg arguments that grab the stage's screen and lay the camera, the frame and the text over it, in the cheapest order:
 * the camera is scaled before it is keyed, all is mixed in YUV 4:2:0. The picture is in `[out]`. There are no alerts.
 */
export const ffmpegFiveLayers = (
  { screen, camera, framePicture, size: { width, height } }: Stage,
  outputs = "[out]",
): readonly string[] => {
  const cameraWidth = width * layout.camera.width;
  const at = (x: number, y: number) => `${Math.round(width * x)}:${Math.round(height * y)}`;
  const graph = [
    "[0]format=yuv420p[screen]",
    `[1]scale=${cameraWidth}:-2:flags=bilinear,format=yuva420p,` +
      `chromakey=${chromaKey.colour.replace("#", "0x")}:${toDiagonal(chromaKey.similarity)}:` +
      `${toDiagonal(chromaKey.smoothness)}[camera]`,
    "[2]format=yuva420p[frame]",
    `[screen][camera]overlay=${at(layout.camera.x, layout.camera.y)}[two]`,
    "[two][frame]overlay=0:0[three]",
    `[three]drawtext=fontfile=${font}:text='${titleText}':fontcolor=white:` +
      `fontsize=${Math.round(height * layout.text.size)}:x=${Math.round(width * layout.text.x)}:` +
      `y=${Math.round(height * layout.text.y)}${outputs}`,
  ];
  return [
    ..."-hide_banner -loglevel error -nostats -thread_queue_size 64".split(" "),
    ...`-f x11grab -framerate 30 -video_size ${width}x${height} -i ${screen.name}`.split(" "),
    ..."-thread_queue_size 64 -stream_loop -1 -re -i".split(" "),
    camera.matroska,
    "-i",
    framePicture,
    "-filter_complex",
    graph.join(";"),
  ];
};

export const x264 = (bitrateBps: number): readonly string[] =>
  `-fps_mode passthrough -c:v libx264 -preset ultrafast -b:v ${bitrateBps} -maxrate ${bitrateBps} -bufsize ${bitrateBps}`.split(
    " ",
  );
