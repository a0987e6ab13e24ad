import type { Transform } from "../../preload/contract/geometry.ts";
import type { CanvasId, SourceId } from "../../preload/contract/ids.ts";
import type { Filter, Item, SceneDocument, Source } from "../../preload/contract/scene.ts";
import { testPatternFills } from "../capture/kinds/test-pattern/fills.ts";
import { filterColour } from "./filter-rgba.ts";
import type { Picture, PlacedPicture, Rect } from "./picture.ts";

/** What a painter can be asked to do, in the canvas's pixels. A new op breaks every painter's build until it can do it. */
export type DrawOp =
  | { readonly op: "clear"; readonly colour: string }
  | { readonly op: "fill"; readonly rect: Rect; readonly colour: string }
  /** The part `from` of the filtered picture, in its pixels, scaled into `rect`. */
  | {
      readonly op: "picture";
      readonly picture: Picture;
      readonly from: Rect;
      readonly rect: Rect;
      readonly opacity: number;
      readonly filters: readonly Filter[];
    };

export interface PlanInput {
  readonly document: SceneDocument;
  readonly canvasId: CanvasId;
  /** Epoch time that the programme shows. */
  readonly wallMs: number;
  /** What to add to UTC for local time. */
  readonly zoneOffsetMs: number;
  /** The newest picture of each source that has one. */
  readonly pictures: ReadonlyMap<SourceId, Picture>;
  /** What alerts sources show now. */
  readonly alerts: ReadonlyMap<SourceId, readonly PlacedPicture[]>;
}

const intersect = (a: Rect, b: Rect): Rect | undefined => {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  const width = Math.min(a.x + a.width, b.x + b.width) - x;
  const height = Math.min(a.y + a.height, b.y + b.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : undefined;
};

/** The size a source has on the stage before scaling; undefined where it has no picture (yet). */
export const sizeOfSource = (
  source: Source,
  pictures: ReadonlyMap<SourceId, { readonly width: number; readonly height: number }>,
): { readonly width: number; readonly height: number } | undefined => {
  switch (source.kind) {
    case "colour":
    case "testPattern":
    case "alerts":
    case "image":
      return { width: source.width, height: source.height };
    case "screen":
    case "window":
    case "camera":
    case "text":
      return pictures.get(source.id);
    case "microphone":
      return undefined;
    default:
      return source satisfies never;
  }
};

/** What a source shows, in its own pixels. */
const sourceOps = (
  source: Source,
  input: PlanInput,
): readonly Exclude<DrawOp, { op: "clear" }>[] => {
  switch (source.kind) {
    case "colour":
      return [
        {
          op: "fill",
          rect: { x: 0, y: 0, width: source.width, height: source.height },
          colour: source.colour,
        },
      ];
    case "testPattern":
      return testPatternFills(source, input.wallMs, input.zoneOffsetMs).map((fill) => ({
        op: "fill",
        ...fill,
      }));
    case "alerts":
      return (input.alerts.get(source.id) ?? []).map((placed) => ({
        op: "picture",
        picture: placed.picture,
        from: { x: 0, y: 0, width: placed.picture.width, height: placed.picture.height },
        rect: placed.rect,
        opacity: placed.opacity,
        filters: [],
      }));
    case "screen":
    case "window":
    case "camera":
    case "image":
    case "text": {
      const picture = input.pictures.get(source.id);
      const size = sizeOfSource(source, input.pictures);
      if (!picture || !size) return [];
      return [
        {
          op: "picture",
          picture,
          from: { x: 0, y: 0, width: picture.width, height: picture.height },
          rect: { x: 0, y: 0, ...size },
          opacity: 1,
          filters: [],
        },
      ];
    }
    case "microphone":
      return [];
    default:
      return source satisfies never;
  }
};

/** The part of `rect` (source pixels) that is left by `window`, moved and scaled onto the canvas. */
const place = (rect: Rect, window: Rect, transform: Transform): Rect => ({
  x: transform.x + (rect.x - window.x) * transform.scaleX,
  y: transform.y + (rect.y - window.y) * transform.scaleY,
  width: rect.width * transform.scaleX,
  height: rect.height * transform.scaleY,
});

const itemOps = (item: Item, source: Source, input: PlanInput, stage: Rect): readonly DrawOp[] => {
  const size = sizeOfSource(source, input.pictures);
  if (!size) return [];
  const { crop } = item;
  const window = intersect(
    { x: 0, y: 0, width: size.width, height: size.height },
    {
      x: crop.left,
      y: crop.top,
      width: size.width - crop.left - crop.right,
      height: size.height - crop.top - crop.bottom,
    },
  );
  if (!window || !intersect(place(window, window, item.transform), stage)) return [];
  const filters = item.filters.filter(({ enabled }) => enabled);
  return sourceOps(source, input).flatMap((op): readonly DrawOp[] => {
    const kept = intersect(op.rect, window);
    if (!kept) return [];
    const rect = place(kept, window, item.transform);
    if (op.op === "fill") return [{ ...op, rect, colour: filterColour(op.colour, filters) }];
    const toPictureX = op.from.width / op.rect.width;
    const toPictureY = op.from.height / op.rect.height;
    const from = {
      x: op.from.x + (kept.x - op.rect.x) * toPictureX,
      y: op.from.y + (kept.y - op.rect.y) * toPictureY,
      width: kept.width * toPictureX,
      height: kept.height * toPictureY,
    };
    return [{ ...op, from, rect, filters }];
  });
};

/** Everything one picture of the programme consists of, from back to front; empty for an unknown canvas. */
export const planProgramme = (input: PlanInput): readonly DrawOp[] => {
  const canvas = input.document.canvases.find(({ id }) => id === input.canvasId);
  const scene = input.document.scenes.find(({ id }) => id === canvas?.sceneId);
  if (!canvas || !scene) return [];
  const stage = { x: 0, y: 0, width: canvas.width, height: canvas.height };
  const sources = new Map(input.document.sources.map((source) => [source.id, source]));
  return [
    { op: "clear", colour: "#000000" },
    ...scene.items.flatMap((item) => {
      const source = sources.get(item.sourceId);
      return source && item.visible ? itemOps(item, source, input, stage) : [];
    }),
  ];
};
