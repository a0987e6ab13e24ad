import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import type { Size } from "../../../preload/contract/geometry.ts";
import type { Settings } from "../../../preload/contract/settings.ts";
import { launchStudio, type StudioApp, waitFor } from "../../e2e/studio-app.ts";
import { attachToCompositor, type CompositorWorker } from "../measure/compositor-worker.ts";
import { fakeCameraSwitches, makeCameraFile } from "./camera-file.ts";
import { fiveLayers } from "./five-layers.ts";
import { makeFramePicture, storePicture } from "./frame-picture.ts";
import { openSharedScreen, type SharedScreen } from "./shared-screen.ts";

/** What the five layers show, for any program. */
export interface Stage {
  readonly size: Size;
  /** For what is made on the way. */
  readonly folder: string;
  readonly camera: { readonly mjpeg: string; readonly matroska: string };
  readonly framePicture: string;
  readonly screen: SharedScreen;
}

export const openStage = async (folder: string, size: Size): Promise<Stage> => ({
  size,
  folder,
  camera: await makeCameraFile(folder),
  framePicture: await makeFramePicture(folder, size),
  screen: await openSharedScreen(folder, size),
});

/**
 * Runs the studio on the stage's screen with the five layers, and `work` once all captures flow; closes it whatever comes.
 * Minimised, its window is hidden as it is for an anchor.
 */
export const withFiveLayerStudio = async <T>(
  { size, folder, camera, framePicture, screen }: Stage,
  options: { readonly settings: Settings; readonly stamped: boolean },
  work: (studio: StudioApp, worker: CompositorWorker) => Promise<T>,
): Promise<T> => {
  // A profile of its own each time: another remembers how its window was, minimised for example.
  const userDataDir = await mkdtemp(join(folder, "studio-"));
  const picture = await storePicture(userDataDir, framePicture);
  const studio = await launchStudio({
    userDataDir,
    document: fiveLayers(size, picture, options),
    settings: options.settings,
    chromiumArgs: fakeCameraSwitches(camera.mjpeg),
    env: screen.env,
    canBeHidden: true,
  });
  try {
    const worker = await attachToCompositor(studio.page);
    await waitForCaptures(worker);
    return await work(studio, worker);
  } finally {
    await studio.close();
  }
};

/** The screen and the camera give pictures. */
const waitForCaptures = async (worker: CompositorWorker): Promise<void> => {
  let flows: Readonly<Record<string, number>> = {};
  await waitFor("the screen and the camera", async () => {
    flows = (await worker.takeSeconds()).at(-1)?.sourceFps ?? flows;
    const rates = Object.values(flows);
    return rates.length === 2 && rates.every((fps) => fps > 10);
  }).catch((error: unknown) => {
    throw new Error(`frames a second: ${JSON.stringify(flows)}`, { cause: error });
  });
};
