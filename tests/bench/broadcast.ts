/**
 * What a broadcast costs: capture, composing, encoding (H264) and sending of five layers at 1280x720, 30 fps, with room
 * server and SFU worker and without a viewer, in turns with ffmpeg that grabs the same screen, lays the same camera (keyed),
 * picture and text over it and sends x264 ultrafast as RTP to a socket of this machine (scene/ffmpeg-five-layers.ts). The
 * alerts layer is there and empty; the studio also makes and sends sound, which ffmpeg does not.
 *
 * `cpuSecondsPerSecond` is measured with the studio's window minimised, since ffmpeg shows nothing either;
 * `cpuSecondsPerSecondShown` with the preview. The studio's encoder may stay below its bitrate, since it has a best quality;
 * a first turn that does not count finds what it reaches, and that is what ffmpeg is given. What both reach is in `bitrateBps`
 * and `ffmpegBitrateBps` (payload of the picture's RTP packets), their rates in `sentFps`, `newFps` (sent without repeats)
 * and `ffmpegSentFps`.
 *
 * Quality is measured after that, in turns of its own, each encoder against the picture that it was given. Ours: some six
 * frames a second are read from the programme's track and from a viewer's decoder and matched by their stamp. ffmpeg's: the
 * composed picture is also written losslessly, the RTP stream is received into a file, and the frames are matched by their
 * order. `ssimOurs` and `ssimFfmpeg` are ffmpeg's ssim of the brightness.
 *
 * Options: `--turns=N --bitrate=BPS`.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import { testSettings } from "../e2e/fixtures.ts";
import { quantile } from "../e2e/stamps.ts";
import { type StudioApp, waitFor } from "../e2e/studio-app.ts";
import { launchViewers, openViewer, waitForPicture } from "../e2e/viewer.ts";
import type { CompositorWorker } from "./measure/compositor-worker.ts";
import { CpuTree, cpuUse } from "./measure/cpu-time.ts";
import { inTurns, loadAverage, round, spread } from "./measure/figures.ts";
import { collectLuma } from "./measure/luma-frames.ts";
import { readPainter } from "./measure/painter.ts";
import { openRtpSink } from "./measure/rtp-sink.ts";
import { perSecond, readSender, watchSenders } from "./measure/sender-stats.ts";
import { compareFrames, compareVideos } from "./measure/ssim.ts";
import { setWindowState } from "./measure/window-state.ts";
import { ffmpegFiveLayers, x264 } from "./scene/ffmpeg-five-layers.ts";
import { openStage, type Stage, withFiveLayerStudio } from "./scene/five-layer-studio.ts";

const size = { width: 1280, height: 720 };
/** The estimate of the bandwidth rises slowly on a busy machine. */
const warmUpMs = 10_000;
const settleMs = 2_000;
const measuredMs = 8_000;
const qualityMs = 12_000;

const { values: options } = parseArgs({
  options: {
    turns: { type: "string", default: "5" },
    bitrate: { type: "string", default: "2500000" },
  },
});
const turns = Number(options.turns);
const bitrateBps = Number(options.bitrate);

/** Runs `work` when the studio has been live for the time to warm up. */
const whileLive = <T>(
  stage: Stage,
  work: (studio: StudioApp, worker: CompositorWorker) => Promise<T>,
): Promise<T> =>
  withFiveLayerStudio(
    stage,
    { settings: { ...testSettings, video: { profile: "h264", bitrateBps } }, stamped: true },
    async (studio, worker) => {
      await watchSenders(studio.page);
      await studio.page.getByRole("button", { name: "开播", exact: true }).click();
      await waitFor("the show", async () => (await readSender(studio.page)).frames > 0);
      await delay(warmUpMs);
      return work(studio, worker);
    },
  );

const measureStudio = (stage: Stage) =>
  whileLive(stage, async ({ page, process }, worker) => {
    const tree = new CpuTree([process.pid ?? 0]);
    const measure = async () => {
      await worker.takeSeconds();
      const sentBefore = await readSender(page);
      const before = tree.read();
      await delay(measuredMs);
      const use = cpuUse(before, tree.read());
      const sent = perSecond(sentBefore, await readSender(page));
      const seconds = await worker.takeSeconds();
      const repeated = (seconds.at(-1)?.repeatedFrames ?? 0) - (seconds[0]?.repeatedFrames ?? 0);
      return {
        ...use,
        ...sent,
        newFps: sent.fps - repeated / Math.max(1, seconds.length - 1),
      };
    };
    const painter = await readPainter(page);
    const shown = await measure();
    await setWindowState(page, "minimized");
    await delay(settleMs);
    return { painter, shown, minimised: await measure() };
  });

const startFfmpeg = (args: readonly string[], stage: Stage): ChildProcess =>
  spawn("ffmpeg", args, { stdio: ["pipe", "ignore", "inherit"], env: stage.screen.env });

/** As by the key q: it writes its files to their end. */
const endFfmpeg = async (ffmpeg: ChildProcess): Promise<void> => {
  const ended = once(ffmpeg, "exit");
  ffmpeg.stdin?.end("q");
  await ended;
};

const toRtp = (port: number): readonly string[] => [
  ..."-f rtp".split(" "),
  `rtp://127.0.0.1:${port}?pkt_size=1200`,
];

const measureFfmpeg = async (stage: Stage, ffmpegBitrateBps: number) => {
  const sink = await openRtpSink();
  const ffmpeg = startFfmpeg(
    [...ffmpegFiveLayers(stage), "-map", "[out]", ...x264(ffmpegBitrateBps), ...toRtp(sink.port)],
    stage,
  );
  await waitFor("ffmpeg's first frames", () => sink.read().frames > 0);
  await delay(warmUpMs);
  const tree = new CpuTree([ffmpeg.pid ?? 0]);
  const sentBefore = sink.read();
  const before = tree.read();
  await delay(measuredMs);
  const use = cpuUse(before, tree.read());
  const sent = perSecond(sentBefore, sink.read());
  await endFfmpeg(ffmpeg);
  sink.close();
  return { ...use, ...sent };
};

const judgeStudio = (stage: Stage) =>
  whileLive(stage, async (studio) => {
    const viewers = await launchViewers();
    try {
      const { page } = await openViewer(viewers, studio.viewerUrl);
      await waitForPicture(page);
      await delay(warmUpMs);
      const before = await readSender(studio.page);
      const [composed, arrived] = await Promise.all([
        collectLuma(studio.page, "video", qualityMs),
        collectLuma(page, "[data-testid=watch-video]", qualityMs),
      ]);
      const sent = perSecond(before, await readSender(studio.page));
      return { ...(await compareFrames(stage.folder, size, composed, arrived)), ...sent };
    } finally {
      await viewers.close();
    }
  });

const judgeFfmpeg = async (stage: Stage, ffmpegBitrateBps: number) => {
  const original = join(stage.folder, "original.mkv");
  const received = join(stage.folder, "received.mkv");
  const sdp = join(stage.folder, "stream.sdp");
  const { port, close } = await openRtpSink();
  close();
  // The receiver is there first, so that it has every frame; the stream's parameters come with each key frame.
  await writeFile(
    sdp,
    `v=0\no=- 0 0 IN IP4 127.0.0.1\ns=-\nc=IN IP4 127.0.0.1\nt=0 0\nm=video ${port} RTP/AVP 96\n` +
      "a=rtpmap:96 H264/90000\na=fmtp:96 packetization-mode=1\n",
  );
  const receiver = startFfmpeg(
    [
      ..."-hide_banner -loglevel error -y -protocol_whitelist file,udp,rtp -buffer_size 8000000 -i".split(
        " ",
      ),
      sdp,
      ..."-c copy".split(" "),
      received,
    ],
    stage,
  );
  await delay(settleMs);
  const ffmpeg = startFfmpeg(
    [
      ...ffmpegFiveLayers(stage, "[mixed];[mixed]split[out][original]"),
      ..."-map [out]".split(" "),
      ...x264(ffmpegBitrateBps),
      ...toRtp(port),
      ..."-map [original] -fps_mode passthrough -c:v libx264 -preset ultrafast -qp 0 -y".split(" "),
      original,
    ],
    stage,
  );
  await delay(settleMs + qualityMs);
  await endFfmpeg(ffmpeg);
  await delay(settleMs);
  await endFfmpeg(receiver);
  const compared = await compareVideos(received, original);
  const { size: bytes } = await stat(received);
  return { ...compared, bitrateBps: (bytes * 8 * 30) / compared.frames };
};

const folder = await mkdtemp(join(tmpdir(), "anchor-bench-"));
const stage = await openStage(folder, size);
const pilot = await measureStudio(stage);
const reachedBps = Math.round(pilot.minimised.bitrateBps);
console.log(`the studio reaches ${reachedBps} bit/s of ${bitrateBps}`);
const ours: Awaited<ReturnType<typeof measureStudio>>[] = [];
const theirs: Awaited<ReturnType<typeof measureFfmpeg>>[] = [];
for (const order of inTurns<"studio" | "ffmpeg">(turns, "studio", "ffmpeg"))
  for (const side of order) {
    if (side === "studio") ours.push(await measureStudio(stage));
    else theirs.push(await measureFfmpeg(stage, reachedBps));
    console.log(`${side}: ${JSON.stringify((side === "studio" ? ours : theirs).at(-1))}`);
  }
const qualityOurs = await judgeStudio(stage);
console.log(`quality, studio: ${JSON.stringify(qualityOurs)}`);
const qualityFfmpeg = await judgeFfmpeg(stage, reachedBps);
console.log(`quality, ffmpeg: ${JSON.stringify(qualityFfmpeg)}`);
await stage.screen.close();
await rm(folder, { recursive: true, force: true, maxRetries: 10 });

const minimised = ours.map((turn) => turn.minimised);
const shown = ours.map((turn) => turn.shown);
const median = (values: readonly number[]) => quantile(values, 0.5);
const treesOf = (uses: readonly { readonly tree: number }[]) => uses.map(({ tree }) => tree);
const ffmpegCpu = median(treesOf(theirs));
console.log(
  JSON.stringify({
    painter: pilot.painter,
    ...spread("cpuSecondsPerSecond", treesOf(minimised)),
    ...spread("ffmpegCpuSecondsPerSecond", treesOf(theirs)),
    ratio: round(median(treesOf(minimised)) / ffmpegCpu),
    ssimOurs: round(qualityOurs.ssim, 4),
    ssimFfmpeg: round(qualityFfmpeg.ssim, 4),
    goals: { ratio: "<= 1.0 at ssimOurs >= ssimFfmpeg" },
    ...spread("cpuSecondsPerSecondShown", treesOf(shown)),
    ratioShown: round(median(treesOf(shown)) / ffmpegCpu),
    targetBitrateBps: bitrateBps,
    bitrateBps: Math.round(median(minimised.map((turn) => turn.bitrateBps))),
    ffmpegBitrateBps: Math.round(median(theirs.map((turn) => turn.bitrateBps))),
    ...spread(
      "sentFps",
      minimised.map(({ fps }) => fps),
    ),
    ...spread(
      "newFps",
      minimised.map(({ newFps }) => newFps),
    ),
    ...spread(
      "ffmpegSentFps",
      theirs.map(({ fps }) => fps),
    ),
    comparedFramesOurs: qualityOurs.frames,
    comparedFramesFfmpeg: qualityFfmpeg.frames,
    bitrateBpsWhileCompared: Math.round(qualityOurs.bitrateBps),
    ffmpegBitrateBpsWhileCompared: Math.round(qualityFfmpeg.bitrateBps),
    ...spread(
      "otherCpuSecondsPerSecond",
      [...minimised, ...theirs].map(({ other }) => other),
    ),
    turns,
    ...loadAverage(),
  }),
);
