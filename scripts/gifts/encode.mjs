// Drawn frames into files, by ffmpeg. One thread, so that the same frames always make the same file.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";

const even = (value) => 2 * Math.ceil(value / 2);
const to16 = (value) => 16 * Math.ceil(value / 16);

/** Where a video holds what, in its own pixels. */
export const planOf = ({ format, width, height, slots = [] }) => {
  if (format === "mp4")
    return {
      width: 2 * width,
      height,
      rgbFrame: [width, 0, width, height],
      aFrame: [0, 0, width, height],
    };
  if (format !== "vap") return undefined;
  const x = width + 4;
  const aFrame = [x, 0, even(width / 2), even(height / 2)];
  let y = aFrame[3] + 4;
  const masks = {};
  for (const { id, mask } of slots) {
    masks[id] = [x, y, ...mask];
    y += mask[1] + 4;
  }
  return {
    width: to16(x + aFrame[2]),
    height: to16(Math.max(height, y)),
    rgbFrame: [0, 0, width, height],
    aFrame,
    masks,
  };
};

const h264 = (crf) =>
  (
    `-c:v libx264 -preset slow -tune animation -crf ${crf} -bf 2 -g 60 -pix_fmt yuv420p -movflags +faststart ` +
    "-colorspace smpte170m -color_primaries smpte170m -color_trc smpte170m"
  ).split(" ");

const optionsOf = ({ format, quality }) => {
  switch (format) {
    case "webp":
      return `-c:v libwebp_anim -lossless 0 -quality ${quality} -compression_level 6 -pix_fmt yuva420p -loop 1`.split(
        " ",
      );
    case "apng":
      return "-f apng -pred mixed -plays 1".split(" ");
    case "avif":
      return `-map 0 -map 0 -filter:v:1 alphaextract -c:v libaom-av1 -pix_fmt:v:0 yuv420p -crf ${quality} -cpu-used 5 -usage good -g 60`.split(
        " ",
      );
    case "mp4":
    case "vap":
      return h264(quality);
    default:
      throw new Error(`no format ${format}`);
  }
};

export const extensionOf = (format) =>
  ({ vap: "mp4", lottie: "lottie.json", dotlottie: "lottie" })[format] ?? format;

/** Takes frames of RGBA one by one. */
export const startEncoder = (design, file) => {
  const { width, height } = planOf(design) ?? design;
  const ffmpeg = spawn(
    "ffmpeg",
    [
      ..."-y -v error -threads 1 -f rawvideo -pix_fmt rgba".split(" "),
      ...`-s ${width}x${height} -r ${design.fps} -i -`.split(" "),
      ...optionsOf(design),
      ..."-threads 1 -fflags +bitexact -flags:v +bitexact -map_metadata -1".split(" "),
      file,
    ],
    { stdio: ["pipe", "inherit", "inherit"] },
  );
  const ended = once(ffmpeg, "close");
  return {
    write: async (frame) => {
      if (!ffmpeg.stdin.write(frame)) await once(ffmpeg.stdin, "drain");
    },
    finish: async () => {
      ffmpeg.stdin.end();
      const [code] = await ended;
      if (code !== 0) throw new Error(`ffmpeg failed on ${file}`);
    },
  };
};

const boxOf = (type, body) => {
  const header = Buffer.alloc(8);
  header.writeUInt32BE(8 + body.length);
  header.write(type, 4, "latin1");
  return Buffer.concat([header, body]);
};

/** Boxes of ISO 14496-12 that follow each other. */
const boxesOf = (bytes) => {
  const boxes = [];
  for (let at = 0; at < bytes.length; at += bytes.readUInt32BE(at))
    boxes.push({
      at,
      type: bytes.toString("latin1", at + 4, at + 8),
      body: bytes.subarray(at + 8, at + bytes.readUInt32BE(at)),
    });
  return boxes;
};

/** Without an edit list an AVIF is taken to run for ever. It is written anew at the end, so that nothing else moves. */
export const playAvifOnce = (file) => {
  const bytes = readFileSync(file);
  const movie = boxesOf(bytes).find(({ type }) => type === "moov");
  const edit = Buffer.alloc(20);
  edit.writeUInt32BE(1, 4);
  edit.writeUInt16BE(1, 16);
  const edits = boxOf("edts", boxOf("elst", edit));
  const tracks = boxesOf(movie.body).map(({ type, body }) => {
    if (type !== "trak") return boxOf(type, body);
    const [header, ...rest] = boxesOf(body).map((inner) => boxOf(inner.type, inner.body));
    return boxOf(type, Buffer.concat([header, edits, ...rest]));
  });
  bytes.write("free", movie.at + 4, "latin1");
  writeFileSync(file, Buffer.concat([bytes, boxOf("moov", Buffer.concat(tracks))]));
};

/** VAP's box, at the end, where it moves nothing that others point at. */
export const appendVapc = (file, { width, height, fps, seconds, slots = [] }, placesOfFrames) => {
  const plan = planOf({ format: "vap", width, height, slots });
  const json = Buffer.from(
    JSON.stringify({
      info: {
        v: 2,
        f: Math.round(seconds * fps),
        w: width,
        h: height,
        fps,
        videoW: plan.width,
        videoH: plan.height,
        orien: 0,
        isVapx: slots.length > 0 ? 1 : 0,
        rgbFrame: plan.rgbFrame,
        aFrame: plan.aFrame,
      },
      src: slots.map(({ id, kind, size, colour }) => ({
        srcId: id,
        srcType: kind === "name" ? "txt" : "img",
        srcTag: kind === "name" ? "[sTxt1]" : "[sImg1]",
        w: size[0],
        h: size[1],
        loadType: kind === "name" ? "local" : "net",
        fitType: kind === "name" ? "fitXY" : "centerFull",
        ...(kind === "name" ? { color: colour, style: "b" } : {}),
      })),
      frame: placesOfFrames.flatMap((places, i) =>
        places.length === 0
          ? []
          : [
              {
                i,
                obj: places.map(({ id, rect }, z) => ({
                  srcId: id,
                  z,
                  frame: rect,
                  mFrame: plan.masks[id],
                  mt: 0,
                })),
              },
            ],
      ),
    }),
  );
  writeFileSync(file, Buffer.concat([readFileSync(file), boxOf("vapc", json)]));
};
