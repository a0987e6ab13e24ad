import type { Size } from "../../preload/contract/geometry.ts";
import type { z } from "zod";
import type { Filter } from "../../preload/contract/filter.ts";
import { SceneDocument } from "../../preload/contract/scene.ts";
import type { Settings } from "../../preload/contract/settings.ts";

/** The profile that two cores without a GPU hold: 640x360, 30 fps, 800 kbit/s. */
export const testSettings: Settings = {
  locale: "zh-CN",
  video: { profile: "h264", bitrateBps: 800_000 },
  audio: { bitrateBps: 96_000 },
  roomLink: null,
  rehearsalAudience: false,
  guideDone: true,
  alertRules: [],
};

const noCrop = { left: 0, top: 0, right: 0, bottom: 0 };

export interface Layer {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly scaleX?: number;
  readonly scaleY?: number;
  readonly crop?: { left: number; top: number; right: number; bottom: number };
  readonly visible?: boolean;
  readonly filters?: readonly z.input<typeof Filter>[];
  readonly source: Record<string, unknown> & { kind: string };
}

/** A document with the given layers, from the bottom to the top, at 30 fps. */
export const testDocument = (
  layers: readonly Layer[],
  size: Size = { width: 640, height: 360 },
): SceneDocument =>
  SceneDocument.parse({
    version: 1,
    canvases: [{ id: "main", ...size, fps: 30, sceneId: "scene" }],
    scenes: [
      {
        id: "scene",
        name: "Test",
        items: layers.map((layer) => ({
          id: `item-${layer.id}`,
          sourceId: layer.id,
          transform: {
            x: layer.x,
            y: layer.y,
            scaleX: layer.scaleX ?? 1,
            scaleY: layer.scaleY ?? 1,
          },
          crop: layer.crop ?? noCrop,
          visible: layer.visible ?? true,
          filters: layer.filters ?? [],
        })),
      },
    ],
    sources: layers.map((layer) => ({ id: layer.id, name: layer.id, ...layer.source })),
  });

export const testPattern: Layer = {
  id: "pattern",
  x: 0,
  y: 0,
  source: { kind: "testPattern", width: 640, height: 360, gainDb: -12, muted: false },
};

export const alerts: Layer = {
  id: "alerts",
  x: 0,
  y: 0,
  source: { kind: "alerts", width: 640, height: 360, gainDb: -12, muted: false },
};

export const colour = (
  id: string,
  value: string,
  box: { x: number; y: number; width: number; height: number },
): Layer => ({
  id,
  x: box.x,
  y: box.y,
  source: { kind: "colour", colour: value, width: box.width, height: box.height },
});
