/**
 * What each encoding costs: the studio live in its rehearsal room with one viewer, a screen-wide test pattern with a
 * camera (1280x720 at 30 fps, 2.5 Mbit/s), profile after profile and back again. `cpuSecondsPerSecond` is of the studio's
 * process tree, room server and SFU worker included, the viewer not; ages are from composing to the viewer's decoded frame.
 * `-- --turns=1 --profile=av1` for a quick look.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import { SceneDocument } from "../../preload/contract/scene.ts";
import { VideoProfile } from "../../preload/contract/settings.ts";
import { testDocument, testSettings } from "../e2e/fixtures.ts";
import { collectStamps, quantile } from "../e2e/stamps.ts";
import { launchStudio } from "../e2e/studio-app.ts";
import { launchViewers, openViewer, waitForPicture } from "../e2e/viewer.ts";
import { CpuTree, cpuUse } from "./measure/cpu-time.ts";
import { loadAverage, round, spread } from "./measure/figures.ts";
import { fakeCameraSwitches, makeCameraFile } from "./scene/camera-file.ts";

const warmUpMs = 8_000;
const measuredMs = 8_000;
const bitrateBps = 2_500_000;
const video = "[data-testid=watch-video]";

const size = { width: 1280, height: 720 };
const scene = testDocument([
  {
    id: "pattern",
    x: 0,
    y: 0,
    source: { kind: "testPattern", ...size, gainDb: -12, muted: true },
  },
  {
    id: "camera",
    x: 560,
    y: 300,
    scaleX: 0.5,
    scaleY: 0.5,
    source: { kind: "camera", deviceId: "", label: "", ...size, fps: 30 },
  },
]);
const document = SceneDocument.parse({
  ...scene,
  canvases: scene.canvases.map((canvas) => ({ ...canvas, ...size })),
});

interface Turn {
  readonly cpu: number;
  readonly fps: number;
  readonly agesMs: readonly number[];
}

const measure = async (
  folder: string,
  profile: VideoProfile,
  camera: readonly string[],
): Promise<Turn> => {
  const studio = await launchStudio({
    userDataDir: join(folder, "studio"),
    document,
    settings: { ...testSettings, video: { profile, bitrateBps } },
    chromiumArgs: camera,
  });
  const viewers = await launchViewers();
  try {
    const viewer = await openViewer(viewers, studio.viewerUrl);
    await studio.page.getByRole("button", { name: "开播", exact: true }).click();
    await waitForPicture(viewer.page);
    await delay(warmUpMs);
    const tree = new CpuTree([studio.process.pid ?? 0]);
    const before = tree.read();
    await delay(measuredMs);
    const cpu = cpuUse(before, tree.read()).tree;
    const { frames } = await collectStamps(viewer.page, video, measuredMs);
    const fresh = frames.filter(({ stamp }, index) => stamp !== frames[index - 1]?.stamp);
    return {
      cpu,
      fps: (fresh.length * 1_000) / measuredMs,
      agesMs: fresh.map(({ ageMs }) => ageMs),
    };
  } finally {
    await viewers.close();
    await studio.close();
  }
};

const { values: options } = parseArgs({
  options: {
    turns: { type: "string", default: "3" },
    profile: { type: "string", multiple: true, default: [...VideoProfile.options] },
  },
});
const profiles = options.profile.map((name) => VideoProfile.parse(name));
const folder = await mkdtemp(join(tmpdir(), "anchor-bench-"));
const camera = fakeCameraSwitches((await makeCameraFile(folder)).mjpeg);
const turnsOf = new Map<VideoProfile, Turn[]>(profiles.map((profile) => [profile, []]));
for (let turn = 0; turn < Number(options.turns); turn += 1)
  for (const profile of turn % 2 === 0 ? profiles : profiles.toReversed()) {
    const result = await measure(folder, profile, camera);
    turnsOf.get(profile)?.push(result);
    console.log(
      `${profile}: ${round(result.cpu)} CPU-s/s, ${round(result.fps, 1)} fps, ` +
        `p50 ${round(quantile(result.agesMs, 0.5), 1)} ms`,
    );
  }
await rm(folder, { recursive: true, force: true, maxRetries: 10 });
console.log(
  JSON.stringify({
    profiles: Object.fromEntries(
      [...turnsOf].map(([profile, turns]) => [
        profile,
        {
          ...spread(
            "cpuSecondsPerSecond",
            turns.map(({ cpu }) => cpu),
          ),
          ...spread(
            "viewerFps",
            turns.map(({ fps }) => fps),
          ),
          ageMsP50: round(
            quantile(
              turns.map(({ agesMs }) => quantile(agesMs, 0.5)),
              0.5,
            ),
            1,
          ),
          ageMsP95: round(
            quantile(
              turns.map(({ agesMs }) => quantile(agesMs, 0.95)),
              0.5,
            ),
            1,
          ),
        },
      ]),
    ),
    bitrateBps,
    turns: Number(options.turns),
    ...loadAverage(),
  }),
);
