import { CanvasId, ItemId, SceneId, SourceId } from "../../preload/contract/ids.ts";
import type { SceneDocument } from "../../preload/contract/scene.ts";
import { newItem } from "./new-item.ts";
import { noCrop, plainTransform } from "./transform.ts";

/** The names and texts that the demo puts into the document, in the anchor's language. */
export interface DemoWords {
  readonly opening: string;
  readonly testPattern: string;
  readonly title: string;
  readonly titleText: string;
  readonly alerts: string;
  readonly away: string;
  readonly awayBackground: string;
  readonly awayTitle: string;
  readonly awayText: string;
}

const width = 1280;
const height = 720;
const source = (name: string) => SourceId.parse(`source-${name}`);

const place = (name: string, sourceId: SourceId, x = 0, y = 0) =>
  newItem(ItemId.parse(`item-${name}`), sourceId, {
    transform: { ...plainTransform, x, y },
    crop: noCrop,
  });

/**
 * What a newcomer starts with: a programme that moves, sounds (the beep at -20 dB proves the sound path) and shows
 * gifts without any device. Its ids are fixed: there is one demo a document.
 */
export const makeDemoDocument = (words: DemoWords): SceneDocument => {
  const opening = SceneId.parse("scene-opening");
  const text = {
    kind: "text",
    weight: "bold",
    align: "left",
    colour: "#ffffff",
    background: null,
    maxWidthPx: 1_120,
  } as const;
  return {
    version: 1,
    canvases: [{ id: CanvasId.parse("main"), width, height, fps: 30, sceneId: opening }],
    scenes: [
      {
        id: opening,
        name: words.opening,
        items: [
          place("test-pattern", source("test-pattern")),
          place("title", source("title"), 64, 48),
          place("alerts", source("alerts")),
        ],
        groups: [],
      },
      {
        id: SceneId.parse("scene-away"),
        name: words.away,
        items: [
          place("away-background", source("away-background")),
          place("away-title", source("away-title"), 64, 310),
          place("away-alerts", source("alerts")),
        ],
        groups: [],
      },
    ],
    sources: [
      {
        id: source("test-pattern"),
        name: words.testPattern,
        kind: "testPattern",
        width,
        height,
        gainDb: -20,
        muted: false,
      },
      {
        ...text,
        id: source("title"),
        name: words.title,
        text: words.titleText,
        sizePx: 44,
        background: "#0e0f13cc",
      },
      {
        id: source("alerts"),
        name: words.alerts,
        kind: "alerts",
        width,
        height,
        gainDb: -6,
        muted: false,
      },
      {
        id: source("away-background"),
        name: words.awayBackground,
        kind: "colour",
        colour: "#1b2140",
        width,
        height,
      },
      {
        ...text,
        id: source("away-title"),
        name: words.awayTitle,
        text: words.awayText,
        sizePx: 72,
      },
    ],
  };
};
