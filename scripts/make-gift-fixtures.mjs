// Makes the animations under tests/fixtures/gifts that are ours, with ffmpeg. Those in foreign/ were made by others.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
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
const from = [
  ...words(`-f rawvideo -pix_fmt rgba -s ${width}x${height} -r 10 -i`),
  raw,
  ...words("-map 0"),
];
const make = (name, options) => ffmpeg(...from, ...words(options), join(folder, name));

make("six.webp", "-c:v libwebp_anim -lossless 1 -loop 0");
make("six.apng", "-f apng -plays 2");
make("six.gif", "-vf split[a][b];[a]palettegen=reserve_transparent=1[p];[b][p]paletteuse -loop -1");
make(
  "six.avif",
  "-map 0 -filter:v:1 alphaextract -c:v libaom-av1 -pix_fmt:v:0 yuv444p -crf 10 -cpu-used 6",
);
make("still.png", "-frames:v 1");
make("still.webp", "-frames:v 1 -c:v libwebp -lossless 1");

rmSync(work, { recursive: true });
console.log(`made ${readdirSync(folder).length} files in ${folder}`);
