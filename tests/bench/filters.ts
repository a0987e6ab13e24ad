/**
 * What each filter, each blend mode and a free angle cost at 1280x720 on each painter: pictures of a moving person before a
 * screen, each a new frame of I420 that fills the canvas, painted without scaling with it and without it, in turns.
 * `wallMsP50`: from the call until a pixel of the result can be read. `cpuMsPerFrame`: of the browser's process tree. Both are
 * what it adds to the same picture without it; `none` is the picture itself. `softwareGl`: WebGL2 was done by the CPU
 * (`glRenderer` names what did it), with few pictures a turn then, and a row ends with the turn in which it has taken
 * half a minute: its `turns` are how many there were.
 *
 * `segmenter`: what finding people costs beside that, while 30 frames a second come: `cpuMsPerMask` of the process tree,
 * with reading the frame, and how many masks a second there are (15 at most).
 *
 * `backgroundPicture`: what a photograph of 20 megapixels costs the programme when it becomes a camera's background, on the CPU
 * painter: `framesLost` of the 30 a second in the six seconds from then, and `framesLostBefore` in the six before.
 *
 * `--turns=N`, `--painter=cpu|webgl`, `--filter=NAME` for a quick look.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { createServer } from "vite";
import { ascPlugin } from "../../scripts/asc-plugin.mjs";
import { quantile } from "../e2e/stamps.ts";
import { CpuTree, cpuUse } from "./measure/cpu-time.ts";
import { loadAverage, spread } from "./measure/figures.ts";

const { values } = parseArgs({
  options: {
    turns: { type: "string", default: "3" },
    painter: { type: "string" },
    filter: { type: "string" },
  },
});
const turns = Number(values.turns);
if (!["cpu", "webgl", undefined].includes(values.painter))
  throw new Error(`--painter is cpu or webgl, not ${values.painter}`);
/** The first ones compile shaders and fill caches. */
const warmUpFrames = 2;
const usualFrames = 60;
const softwareGlFrames = 4;
const rowLimitMs = 30_000;

const root = resolve(import.meta.dirname, "../..");
const folder = await mkdtemp(join(tmpdir(), "anchor-bench-"));
let photograph = new Uint8Array();
const server = await createServer({
  configFile: false,
  root,
  logLevel: "error",
  cacheDir: join(folder, "vite"),
  plugins: [
    ascPlugin(),
    {
      name: "photograph",
      configureServer: ({ middlewares }) => {
        middlewares.use((request, response, next) => {
          if (request.url?.includes("/pictures/")) response.end(photograph);
          else next();
        });
      },
    },
  ],
  server: { host: "127.0.0.1", port: 0, hmr: false, watch: null },
});
await server.listen();
const pageUrl = new URL("tests/bench/filter-page.html", server.resolvedUrls?.local[0]).href;
const debugging = await chromium.launchServer({
  executablePath: "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--use-fake-device-for-media-stream=fps=30",
    "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
  ],
});
const browserPid = debugging.process().pid;
if (browserPid === undefined) throw new Error("the browser has no process");
const browser = await chromium.connect(debugging.wsEndpoint());
const page = await browser.newPage();
await page.goto(pageUrl, { waitUntil: "commit" });
// The server builds the page's modules first, which takes a while on a busy machine.
await page.waitForFunction(() => "filterBench" in globalThis, undefined, { timeout: 300_000 });

const { names, glRenderer, softwareGl } = await page.evaluate(() => ({
  names: globalThis.filterBench.names,
  glRenderer: globalThis.filterBench.glRenderer,
  softwareGl: globalThis.filterBench.softwareGl,
}));
const tree = new CpuTree([browserPid]);

const measure = async (painter: "cpu" | "webgl", name: string) => {
  await page.evaluate(
    ([kind, filter, frames]) => globalThis.filterBench.paint(kind, filter, frames),
    [painter, name, warmUpFrames] as const,
  );
  const frames = painter === "webgl" && softwareGl ? softwareGlFrames : usualFrames;
  const before = tree.read();
  const wallMs = await page.evaluate(
    ([kind, filter, count]) => globalThis.filterBench.paint(kind, filter, count),
    [painter, name, frames] as const,
  );
  const after = tree.read();
  const cpuMs = (cpuUse(before, after).tree * (after.atMs - before.atMs)) / frames;
  return { wallMs: quantile(wallMs, 0.5), cpuMs };
};

const rows: Record<string, Record<string, object>> = {};
for (const painter of ["cpu", "webgl"] as const) {
  if (values.painter !== undefined && values.painter !== painter) continue;
  const row: Record<string, object> = {};
  for (const name of names) {
    if (values.filter !== undefined && values.filter !== name) continue;
    const wall: number[] = [];
    const cpu: number[] = [];
    const endMs = performance.now() + rowLimitMs;
    while (wall.length < turns && (wall.length === 0 || performance.now() < endMs)) {
      const plain = await measure(painter, "none");
      const filtered = name === "none" ? plain : await measure(painter, name);
      wall.push(name === "none" ? plain.wallMs : filtered.wallMs - plain.wallMs);
      cpu.push(name === "none" ? plain.cpuMs : filtered.cpuMs - plain.cpuMs);
    }
    row[name] = {
      ...spread("wallMsP50", wall),
      ...spread("cpuMsPerFrame", cpu),
      turns: wall.length,
    };
    console.log(painter, name, JSON.stringify(row[name]));
  }
  rows[painter] = row;
}

/** Where the models are there: before that no mask comes. */
const segment = async () => {
  const lengthMs = 8_000;
  while ((await page.evaluate(() => globalThis.filterBench.segment(2_000))) < 5);
  const before = tree.read();
  const masks = await page.evaluate((ms) => globalThis.filterBench.segment(ms), lengthMs);
  const after = tree.read();
  const cpuMs = cpuUse(before, after).tree * (after.atMs - before.atMs);
  return { cpuMsPerMask: cpuMs / masks, masksPerSecond: (masks * 1_000) / lengthMs };
};
let segmenter: object | undefined;
if (values.filter === undefined || values.filter === "background") {
  const cpu: number[] = [];
  const rate: number[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const { cpuMsPerMask, masksPerSecond } = await segment();
    cpu.push(cpuMsPerMask);
    rate.push(masksPerSecond);
  }
  segmenter = { ...spread("cpuMsPerMask", cpu), ...spread("masksPerSecond", rate) };
  console.log("segmenter", JSON.stringify(segmenter));
}

let backgroundPicture: object | undefined;
if (segmenter && values.painter !== "webgl") {
  photograph = new Uint8Array(await page.evaluate(() => globalThis.filterBench.makePhotograph()));
  const lost: number[] = [];
  const before: number[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const { calm, taking } = await page.evaluate(
      (pictureId) => globalThis.filterBench.takePicture(pictureId, 6_000),
      String(turn).padStart(64, "a"),
    );
    lost.push(taking);
    before.push(calm);
  }
  backgroundPicture = { ...spread("framesLost", lost), ...spread("framesLostBefore", before) };
  console.log("background picture", JSON.stringify(backgroundPicture));
}

await browser.close();
await debugging.close();
await server.close();
await rm(folder, { recursive: true });
console.log(
  JSON.stringify({
    width: 1280,
    height: 720,
    turns,
    glRenderer,
    softwareGl,
    ...loadAverage(),
    ...rows,
    segmenter,
    backgroundPicture,
  }),
);
