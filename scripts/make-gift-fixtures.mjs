// Makes the animations under tests/fixtures/gifts that are ours, with ffmpeg. Those in foreign/ were made by others.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../tests/fixtures/gifts/", import.meta.url));
const work = mkdtempSync(join(tmpdir(), "gift-fixtures-"));
mkdirSync(folder, { recursive: true });

const width = 96;
const height = 64;
/** One a frame. */
const colours = [
  [220, 40, 40],
  [40, 200, 40],
  [40, 60, 220],
  [220, 210, 40],
  [210, 40, 210],
  [240, 240, 240],
];

/** A third opaque, a third half transparent, a third empty, in the frame's colour. */
const pixelsOf = ([r, g, b]) => {
  const pixels = Buffer.alloc(4 * width * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      pixels.set([r, g, b, [255, 128, 0][Math.floor((3 * x) / width)]], 4 * (y * width + x));
  return pixels;
};
const raw = join(work, "frames.rgba");
writeFileSync(raw, Buffer.concat(colours.map(pixelsOf)));

const ffmpeg = (...args) => {
  const { status, stderr } = spawnSync("ffmpeg", ["-y", "-v", "error", ...args]);
  if (status !== 0) throw new Error(`ffmpeg ${args.join(" ")}: ${stderr.toString()}`);
};
const words = (text) => text.split(" ");
const from = [...words(`-f rawvideo -pix_fmt rgba -s ${width}x${height} -r 10 -i`), raw];
const make = (name, options) => ffmpeg(...from, ...words(options), join(folder, name));

make("six.webp", "-c:v libwebp_anim -lossless 1 -loop 0");
make("six.apng", "-f apng -plays 2");
make("six.gif", "-vf split[a][b];[a]palettegen=reserve_transparent=1[p];[b][p]paletteuse -loop -1");
make(
  "six.avif",
  "-map 0 -map 0 -filter:v:1 alphaextract -c:v libaom-av1 -pix_fmt:v:0 yuv444p -crf 10 -cpu-used 6",
);
make("still.png", "-frames:v 1");
make("still.webp", "-frames:v 1 -c:v libwebp -lossless 1");

/** Colours and their alpha beside each other; the alpha of the frames, grey. */
const h264 =
  "-c:v libx264 -crf 4 -bf 2 -sc_threshold 0 -x264-params b-adapt=0 " +
  "-pix_fmt yuv420p -movflags +faststart " +
  "-colorspace smpte170m -color_primaries smpte170m -color_trc smpte170m";
const halves = "[0]split[a][b];[a]format=rgb24[rgb];[b]alphaextract,format=rgb24[alpha]";
make("alpha-left.mp4", `-filter_complex ${halves};[alpha][rgb]hstack ${h264}`);
make("alpha-bottom.mp4", `-filter_complex ${halves};[rgb][alpha]vstack ${h264} -bf 0 -g 2`);

/** VAP's layout: the alpha at half size, and masks of two slots, a square and one for a name. */
const vapc = {
  info: {
    v: 2,
    f: colours.length,
    w: width,
    h: height,
    fps: 10,
    videoW: 160,
    videoH: 64,
    orien: 0,
    isVapx: 1,
    rgbFrame: [0, 0, 96, 64],
    aFrame: [100, 0, 48, 32],
  },
  src: [
    {
      srcId: "1",
      srcType: "img",
      srcTag: "[sImg1]",
      w: 20,
      h: 20,
      loadType: "net",
      fitType: "centerFull",
    },
    {
      srcId: "2",
      srcType: "txt",
      srcTag: "[sTxt1]",
      w: 60,
      h: 20,
      loadType: "local",
      fitType: "fitXY",
      color: "#00ffff",
      style: "b",
    },
  ],
  frame: colours.slice(1).map((_, index) => ({
    i: index + 1,
    obj: [
      { srcId: "1", z: 0, frame: [70, 4, 20, 20], mFrame: [100, 36, 20, 20], mt: 0 },
      { srcId: "2", z: 1, frame: [2, 40, 60, 20], mFrame: [122, 36, 30, 20], mt: 0 },
    ],
  })),
};
make(
  "vap.mp4",
  `-filter_complex ${halves};[rgb]pad=160:64[wide];[alpha]scale=48:32[small];` +
    `[wide][small]overlay=100:0:format=rgb,drawbox=100:36:20:20:white:fill,` +
    `drawbox=122:36:30:20:white:fill ${h264}`,
);
const vap = join(folder, "vap.mp4");
const json = Buffer.from(JSON.stringify(vapc));
const boxHeader = Buffer.alloc(8);
boxHeader.writeUInt32BE(8 + json.length);
boxHeader.write("vapc", 4);
// At the end, where it moves nothing that others point at.
writeFileSync(vap, Buffer.concat([readFileSync(vap), boxHeader, json]));

ffmpeg(
  ...from,
  ...words("-f lavfi -i sine=frequency=440:duration=0.6"),
  ...words(`-map 1:a -filter_complex ${halves};[alpha][rgb]hstack[v] -map [v] ${h264} -c:a aac`),
  join(folder, "alpha-left-with-sound.mp4"),
);

rmSync(work, { recursive: true });
console.log(`made ${readdirSync(folder).length} files in ${folder}`);
