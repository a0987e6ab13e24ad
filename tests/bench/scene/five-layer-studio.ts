import { join } from "node:path";
import type { Size } from "../../../preload/contract/geometry.ts";
import type { Settings } from "../../../preload/contract/settings.ts";
import { launchStudio, type StudioApp } from "../../e2e/studio-app.ts";
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

/** The studio on the stage's screen, with the five layers; minimised, it is hidden as for an anchor. */
export const launchFiveLayerStudio = async (
  { size, folder, camera, framePicture, screen }: Stage,
  options: { readonly settings: Settings; readonly stamped: boolean },
): Promise<StudioApp> => {
  const userDataDir = join(folder, `studio-${size.width}`);
  const picture = await storePicture(userDataDir, framePicture);
  return launchStudio({
    userDataDir,
    document: fiveLayers(size, picture, options),
    settings: options.settings,
    chromiumArgs: fakeCameraSwitches(camera.mjpeg),
    env: screen.env,
    canBeHidden: true,
  });
};
