import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cameraSize } from "../scene/camera-file.ts";
import { chromaKey, layout, titleText } from "../scene/five-layers.ts";
import type { Stage } from "../scene/five-layer-studio.ts";

const name = "bench";

/** Obs-studio counts in thousandths. */
const thousandths = (share: number): number => Math.round(share * 1_000);

const source = (
  sourceName: string,
  id: string,
  settings: Record<string, unknown>,
  filters: readonly unknown[] = [],
) => ({
  name: sourceName,
  id: id.replace(/_v2$/, ""),
  versioned_id: id,
  settings,
  filters,
  enabled: true,
  mixers: 0,
});

/** The four layers that OBS can have, in its scene collection's own form (libobs/obs.c, obs_save_sources). */
export const obsSceneCollection = ({ size, camera, framePicture }: Stage) => {
  const { width, height } = size;
  const key = source("key", "chroma_key_filter_v2", {
    key_color_type: "green",
    similarity: thousandths(chromaKey.similarity),
    smoothness: thousandths(chromaKey.smoothness),
    spill: thousandths(chromaKey.spill),
  });
  const item = (id: number, itemName: string, x = 0, y = 0, scale = 1) => ({
    id,
    name: itemName,
    visible: true,
    pos: { x: Math.round(width * x), y: Math.round(height * y) },
    scale: { x: scale, y: scale },
    // Its top-left corner is what `pos` places.
    align: 5,
  });
  const cameraScale = (width * layout.camera.width) / cameraSize.width;
  const items = [
    item(1, "screen"),
    item(2, "camera", layout.camera.x, layout.camera.y, cameraScale),
    item(3, "frame"),
    item(4, "title", layout.text.x, layout.text.y),
  ];
  return {
    name,
    current_scene: "scene",
    current_program_scene: "scene",
    scene_order: [{ name: "scene" }],
    sources: [
      source("screen", "xshm_input", { screen: 0, show_cursor: true }),
      source(
        "camera",
        "ffmpeg_source",
        { is_local_file: true, local_file: camera.matroska, looping: true, hw_decode: false },
        [key],
      ),
      source("frame", "image_source", { file: framePicture }),
      source("title", "text_ft2_source_v2", {
        text: titleText,
        font: {
          face: "Noto Sans CJK SC",
          style: "Bold",
          size: Math.round(height * layout.text.size),
          flags: 1,
        },
      }),
      source("scene", "scene", { id_counter: items.length, items }),
    ],
  };
};

const ini = (sections: Record<string, Record<string, string | number | boolean>>): string =>
  Object.entries(sections)
    .map(
      ([section, values]) =>
        `[${section}]\n${Object.entries(values)
          .map(([key, value]) => `${key}=${value}\n`)
          .join("")}`,
    )
    .join("\n");

/**
 * A configuration of obs-studio 29 for XDG_CONFIG_HOME `home`: no first-run wizard, no preview, the stage's scene, and a
 * recording into `recordings` by x264 ultrafast.
 */
export const writeObsConfig = async (
  stage: Stage,
  home: string,
  recordings: string,
  bitrateBps: number,
): Promise<void> => {
  const { width, height } = stage.size;
  const base = join(home, "obs-studio");
  const profile = join(base, "basic/profiles", name);
  const scenes = join(base, "basic/scenes");
  await Promise.all([profile, scenes, recordings].map((path) => mkdir(path, { recursive: true })));
  await Promise.all([
    writeFile(
      join(base, "global.ini"),
      ini({
        General: { FirstRun: true, LastVersion: (29 << 24) | 2, EnableAutoUpdates: false },
        Basic: {
          Profile: name,
          ProfileDir: name,
          SceneCollection: name,
          SceneCollectionFile: name,
        },
        BasicWindow: { PreviewEnabled: false, SysTrayEnabled: false },
      }),
    ),
    writeFile(
      join(profile, "basic.ini"),
      ini({
        General: { Name: name },
        Video: {
          BaseCX: width,
          BaseCY: height,
          OutputCX: width,
          OutputCY: height,
          FPSType: 0,
          FPSCommon: 30,
        },
        Output: { Mode: "Advanced" },
        AdvOut: {
          RecType: "Standard",
          RecFilePath: recordings,
          RecFormat: "mkv",
          RecEncoder: "obs_x264",
          RecTracks: 1,
        },
      }),
    ),
    writeFile(
      join(profile, "recordEncoder.json"),
      JSON.stringify({ bitrate: bitrateBps / 1_000, rate_control: "ABR", preset: "ultrafast" }),
    ),
    writeFile(join(scenes, `${name}.json`), JSON.stringify(obsSceneCollection(stage))),
  ]);
};
