// Makes the animations under tests/fixtures/gifts that are ours, with ffmpeg. Those in foreign/ were made by others.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { crc32, deflateRawSync, deflateSync } from "node:zlib";
import { PbfWriter } from "pbf";

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

/** Pictures of one colour. */
const solid = (colour, size) => {
  const file = join(work, "solid.png");
  ffmpeg(...words(`-f lavfi -i color=c=${colour}:s=${size} -frames:v 1 -pix_fmt rgba`), file);
  return readFileSync(file);
};
const beep = join(work, "beep.mp3");
ffmpeg(...words("-f lavfi -i sine=frequency=660:duration=0.4"), beep);

const floats = (values) => (_, pbf) =>
  values.forEach((value, at) => pbf.writeFloatField(at + 1, value));
const scaledTo = (scale, x, y) => floats([scale, 0, 0, scale, x, y]);
const style =
  ({ fill, stroke, width: strokeWidth, dash }) =>
  (_, pbf) => {
    if (fill) pbf.writeMessage(1, floats(fill), null);
    if (stroke) pbf.writeMessage(2, floats(stroke), null);
    if (strokeWidth) pbf.writeFloatField(3, strokeWidth);
    if (dash) dash.forEach((value, at) => pbf.writeFloatField(7 + at, value));
  };
/** `kind` 0 path, 1 rectangle, 2 ellipse, 3 as before. */
const shape = (kind, args, look, transform) => (_, pbf) => {
  pbf.writeVarintField(1, kind);
  if (kind === 0) pbf.writeMessage(2, (__, path) => path.writeStringField(1, args), null);
  if (kind === 1 || kind === 2) pbf.writeMessage(kind + 2, floats(args), null);
  if (look) pbf.writeMessage(10, style(look), null);
  if (transform) pbf.writeMessage(11, transform, null);
};
const frame =
  ({ alpha = 1, size = [0, 0], transform, clip, shapes = [] }) =>
  (_, pbf) => {
    pbf.writeFloatField(1, alpha);
    pbf.writeMessage(2, floats([0, 0, ...size]), null);
    if (transform) pbf.writeMessage(3, transform, null);
    if (clip) pbf.writeStringField(4, clip);
    for (const each of shapes) pbf.writeMessage(5, each, null);
  };
const svgaFrames = 10;
const sprite = (imageKey, frameOf, matteKey) => (_, pbf) => {
  pbf.writeStringField(1, imageKey);
  for (let at = 0; at < svgaFrames; at += 1) pbf.writeMessage(2, frame(frameOf(at)), null);
  if (matteKey) pbf.writeStringField(3, matteKey);
};
const movie = new PbfWriter();
movie.writeStringField(1, "2.0.0");
movie.writeMessage(
  2,
  (_, pbf) => {
    pbf.writeFloatField(1, 120);
    pbf.writeFloatField(2, 100);
    pbf.writeVarintField(3, 20);
    pbf.writeVarintField(4, svgaFrames);
  },
  null,
);
const images = {
  dot: solid("0xdc2828", "20x20"),
  leaf: solid("0x28c828", "40x40"),
  user: solid("0x808080", "30x20"),
  beep: readFileSync(beep),
};
for (const [key, bytes] of Object.entries(images))
  movie.writeMessage(
    3,
    (_, pbf) => {
      pbf.writeStringField(1, key);
      pbf.writeBytesField(2, bytes);
    },
    null,
  );
const sprites = [
  // A blue floor, drawn once and kept.
  sprite("floor.vector", (at) => ({
    shapes: at === 0 ? [shape(1, [0, 80, 120, 20, 0], { fill: [0, 0, 1, 1] })] : [shape(3)],
  })),
  // A red dot that walks to the right and fades, twice as large as its picture's half.
  sprite("dot", (at) => ({
    alpha: 1 - at / 20,
    size: [20, 20],
    transform: scaledTo(0.5, 10 * at, 4),
  })),
  // A green leaf seen through a round hole.
  sprite("hole.matte", () => ({ shapes: [shape(2, [30, 50, 10, 10], { fill: [1, 1, 1, 1] })] })),
  sprite("leaf", () => ({ size: [40, 40], transform: scaledTo(1, 10, 30) }), "hole.matte"),
  // The left half of a dot.
  sprite("dot", () => ({
    size: [20, 20],
    transform: scaledTo(1, 60, 40),
    clip: "M0 0 L10 0 L10 20 L0 20 Z",
  })),
  // A yellow path with a white dashed edge.
  sprite("edge.vector", () => ({
    shapes: [
      shape(0, "M0 0 H20 V20 H0 Z", { fill: [1, 1, 0, 1] }, scaledTo(1, 90, 20)),
      shape(0, "M90 60 H110", { stroke: [1, 1, 1, 1], width: 4, dash: [4, 4, 0] }),
    ],
  })),
  sprite("user", () => ({ size: [30, 20], transform: scaledTo(1, 84, 80) })),
];
for (const each of sprites) movie.writeMessage(4, each, null);
movie.writeMessage(
  5,
  (_, pbf) => {
    pbf.writeStringField(1, "beep");
    pbf.writeVarintField(2, 4);
    pbf.writeVarintField(3, 8);
    pbf.writeVarintField(4, 50);
    pbf.writeVarintField(5, 400);
  },
  null,
);
writeFileSync(join(folder, "walk.svga"), deflateSync(movie.finish(), { level: 9 }));

/** A Lottie: a red square that walks to the right, a blue ellipse behind it, a green picture. */
const fixed = (value) => ({ a: 0, k: value });
const placed = (position) => ({
  o: fixed(100),
  r: fixed(0),
  p: position,
  a: fixed([0, 0, 0]),
  s: fixed([100, 100, 100]),
});
const still = {
  o: fixed(100),
  r: fixed(0),
  p: fixed([0, 0]),
  a: fixed([0, 0]),
  s: fixed([100, 100]),
};
const drawn = (outline, colour) => ({
  ty: "gr",
  it: [outline, { ty: "fl", c: fixed(colour), o: fixed(100), r: 1 }, { ty: "tr", ...still }],
});
const layer = (ind, ty, position, rest) => ({
  ddd: 0,
  ind,
  ty,
  nm: `layer ${ind}`,
  sr: 1,
  ks: placed(position),
  ao: 0,
  ip: 0,
  op: 20,
  st: 0,
  bm: 0,
  ...rest,
});
const walking = {
  a: 1,
  k: [
    { t: 0, s: [10, 20, 0], e: [110, 20, 0], i: { x: 1, y: 1 }, o: { x: 0, y: 0 } },
    { t: 20, s: [110, 20, 0] },
  ],
  x: "while (true) {}",
};
const lottie = (picture) => ({
  v: "5.7.0",
  fr: 20,
  ip: 0,
  op: 20,
  w: 120,
  h: 100,
  nm: "walk",
  ddd: 0,
  assets: [{ id: "leaf", w: 40, h: 40, ...picture }],
  layers: [
    layer(1, 4, walking, {
      shapes: [
        drawn(
          { ty: "rc", p: fixed([0, 0]), s: fixed([10, 10]), r: fixed(0) },
          [0.86, 0.16, 0.16, 1],
        ),
      ],
    }),
    layer(2, 2, fixed([70, 50, 0]), { refId: "leaf" }),
    layer(3, 4, fixed([30, 70, 0]), {
      shapes: [drawn({ ty: "el", p: fixed([0, 0]), s: fixed([40, 30]) }, [0, 0, 1, 1])],
    }),
  ],
});
const leafUrl = `data:image/png;base64,${images.leaf.toString("base64")}`;
writeFileSync(join(folder, "walk.json"), JSON.stringify(lottie({ u: "", e: 1, p: leafUrl })));

/** An archive of these files, deflated or not. */
const zip = (files) => {
  const parts = [];
  const directory = [];
  let at = 0;
  for (const [name, bytes, isDeflated] of files) {
    const data = isDeflated ? deflateRawSync(bytes) : bytes;
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(isDeflated ? 8 : 0, 4);
    fields.writeUInt32LE(crc32(bytes), 10);
    fields.writeUInt32LE(data.length, 14);
    fields.writeUInt32LE(bytes.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const offset = Buffer.alloc(14);
    offset.writeUInt32LE(at, 10);
    directory.push(Buffer.from("PK\x01\x02\x14\0"), fields, offset, Buffer.from(name));
    const local = [Buffer.from("PK\x03\x04"), fields, Buffer.from(name), data];
    parts.push(...local);
    at += local.reduce((sum, { length }) => sum + length, 0);
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, listed, end]);
};
const manifest = { version: "2", generator: "make-gift-fixtures", animations: [{ id: "walk" }] };
const walkJson = JSON.stringify(lottie({ u: "/i/", e: 0, p: "leaf.png" }));
writeFileSync(
  join(folder, "walk.lottie"),
  zip([
    ["manifest.json", Buffer.from(JSON.stringify(manifest)), true],
    ["a/walk.json", Buffer.from(walkJson), true],
    ["i/leaf.png", images.leaf, false],
  ]),
);

/** A gift of each, as a catalogue has them; one whose file breaks off, one whose file is not there. */
writeFileSync(join(folder, "broken.mp4"), readFileSync(vap).subarray(0, 900));
ffmpeg(
  ...words("-f lavfi -i sine=frequency=880:duration=1:sample_rate=16000"),
  join(folder, "ding.wav"),
);
const gift = (giftId, rest, tier = "grand") => ({
  giftId,
  name: { "zh-CN": `礼物 ${giftId}`, en: `Gift ${giftId}` },
  coins: 10,
  tier,
  ...rest,
});
const animated = (giftId, file, tier) => gift(giftId, { animation: { file } }, tier);
writeFileSync(
  join(folder, "catalogue.json"),
  `${JSON.stringify(
    [
      animated("webp", "six.webp"),
      animated("apng", "six.apng"),
      animated("gif", "six.gif", "small"),
      animated("avif", "six.avif"),
      animated("lottie", "walk.json"),
      animated("dotlottie", "walk.lottie"),
      gift("svga", { animation: { file: "walk.svga", svgaSlots: { user: "avatar" } } }),
      animated("vap", "vap.mp4"),
      gift("halves", { animation: { file: "alpha-bottom.mp4", videoLayout: "alphaBottom" } }),
      animated("sounding", "alpha-left-with-sound.mp4"),
      gift("ding", { sound: "ding.wav" }, "small"),
      gift("both", { animation: { file: "walk.svga" }, sound: "ding.wav" }),
      animated("broken", "broken.mp4"),
      animated("missing", "nowhere.svga"),
      gift("mute", { sound: "still.png" }, "small"),
      gift("plain", {}),
    ],
    null,
    2,
  )}\n`,
);

rmSync(work, { recursive: true });
console.log(`made ${readdirSync(folder).length} files in ${folder}`);
