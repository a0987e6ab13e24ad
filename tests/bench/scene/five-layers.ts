import type { Size } from "../../../preload/contract/geometry.ts";
import type { PictureId } from "../../../preload/contract/ids.ts";
import type { SceneDocument } from "../../../preload/contract/scene.ts";
import { type Layer, testDocument } from "../../e2e/fixtures.ts";
import { stampStrip } from "../../../renderer/compositor/frame-stamp.ts";
import { cameraSize } from "./camera-file.ts";

/** Obs-studio's own first values, in its scale of thousandths 400, 80 and 100. */
export const chromaKey = {
  colour: "#00ff00",
  similarity: 0.4,
  smoothness: 0.08,
  spill: 0.1,
} as const;

/** Where things lie, in shares of the canvas. */
export const layout = {
  /** Half as wide as the canvas, at the lower right. */
  camera: { x: 0.48, y: 0.48, width: 0.5 },
  text: { x: 0.03, y: 0.885, size: 0.06 },
} as const;

export const titleText = "周五新品 · 直播中";

/**
 * From the bottom: the screen, a camera keyed and scaled to half the canvas, a frame with alpha as big as the canvas, a
 * text, alerts. `stamped` adds, for measuring only, a strip of 512x16 with the time of composing at the top left.
 */
export const fiveLayers = (
  size: Size,
  framePicture: PictureId,
  options: { readonly stamped: boolean },
): SceneDocument => {
  const { width, height } = size;
  const cameraScale = (width * layout.camera.width) / cameraSize.width;
  const layers: Layer[] = [
    {
      id: "screen",
      x: 0,
      y: 0,
      source: { kind: "screen", captureId: "", displayName: "Entire screen" },
    },
    {
      id: "camera",
      x: Math.round(width * layout.camera.x),
      y: Math.round(height * layout.camera.y),
      scaleX: cameraScale,
      scaleY: cameraScale,
      filters: [{ id: "key", kind: "chromaKey", enabled: true, ...chromaKey }],
      source: { kind: "camera", deviceId: "", label: "", ...cameraSize, fps: 30 },
    },
    { id: "frame", x: 0, y: 0, source: { kind: "image", pictureId: framePicture, ...size } },
    {
      id: "title",
      x: Math.round(width * layout.text.x),
      y: Math.round(height * layout.text.y),
      source: {
        kind: "text",
        text: titleText,
        sizePx: Math.round(height * layout.text.size),
        weight: "bold",
        align: "left",
        colour: "#ffffff",
        background: null,
        maxWidthPx: Math.round(width * 0.4),
      },
    },
    {
      id: "alerts",
      x: 0,
      y: 0,
      source: { kind: "alerts", ...size, gainDb: -12, muted: true },
    },
  ];
  const { widthPx, heightPx } = stampStrip;
  if (options.stamped)
    layers.push({
      id: "stamp",
      x: 0,
      y: 0,
      source: { kind: "testPattern", width: widthPx, height: heightPx, gainDb: -12, muted: true },
    });
  return testDocument(layers, size);
};
