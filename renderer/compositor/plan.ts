import type { Transform } from "../../preload/contract/geometry.ts";
import type { CanvasId, SourceId } from "../../preload/contract/ids.ts";
import type { Filter } from "../../preload/contract/filter.ts";
import type { BlendMode, Item, SceneDocument, Source } from "../../preload/contract/scene.ts";
import { testPatternFills } from "../capture/kinds/test-pattern/fills.ts";
import { type Affine, cornersOf, hullOf, turnOfBox } from "./affine.ts";
import { filterColour } from "./filters/filter-colour.ts";
import type { Picture, PlacedPicture, Rect } from "./picture.ts";

/** How what is drawn lies on the canvas and is mixed with what is there. */
interface Mixing {
  /** What is drawn at `rect` is mirrored and turned by this; absent: it stays as it is. */
  readonly map?: Affine;
  /** Absent: normal. */
  readonly blend?: Exclude<BlendMode, "normal">;
}

/** What a painter can be asked to do, in the canvas's pixels. A new op breaks every painter's build until it can do it. */
export type DrawOp =
  | { readonly op: "clear"; readonly colour: string }
  /** `opacity` is of what the colour has; absent: 1. */
  | ({
      readonly op: "fill";
      readonly rect: Rect;
      readonly colour: string;
      readonly opacity?: number;
    } & Mixing)
  /** The part `from` of the filtered picture, in its pixels, scaled into `rect`. */
  | ({
      readonly op: "picture";
      readonly picture: Picture;
      readonly from: Rect;
      readonly rect: Rect;
      readonly opacity: number;
      readonly filters: readonly Filter[];
    } & Mixing)
  /** What `ops` make on a clear surface of their own, drawn as one picture, so that they do not show through each other. */
  | ({
      readonly op: "group";
      readonly surface: Surface;
      /** The part of the surface that is drawn. */
      readonly from: Rect;
      readonly rect: Rect;
      readonly opacity: number;
    } & Mixing);

/** Even sides of at most 4,096 pixels; `ops` are in these pixels. */
export interface Surface {
  readonly width: number;
  readonly height: number;
  readonly ops: readonly DrawOp[];
}

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

type PlainOp = Extract<DrawOp, { op: "fill" | "picture" }>;

/** What a source shows, in its own pixels. */
const sourceOps = (source: Source, input: PlanInput): readonly PlainOp[] => {
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

type Placing = Pick<Transform, "x" | "y" | "scaleX" | "scaleY">;
/** Of a surface; a canvas has no more either. */
const largestSide = 4_096;

/** The part of `rect` (source pixels) that is left by `window`, moved and scaled onto the canvas. */
const place = (rect: Rect, window: Rect, transform: Placing): Rect => ({
  x: transform.x + (rect.x - window.x) * transform.scaleX,
  y: transform.y + (rect.y - window.y) * transform.scaleY,
  width: rect.width * transform.scaleX,
  height: rect.height * transform.scaleY,
});

const itemOps = (item: Item, source: Source, input: PlanInput, stage: Rect): readonly DrawOp[] => {
  const size = sizeOfSource(source, input.pictures);
  if (!size) return [];
  const { crop, transform, opacity, blend } = item;
  const window = intersect(
    { x: 0, y: 0, width: size.width, height: size.height },
    {
      x: crop.left,
      y: crop.top,
      width: size.width - crop.left - crop.right,
      height: size.height - crop.top - crop.bottom,
    },
  );
  if (!window || opacity === 0) return [];
  const box = place(window, window, transform);
  const map = turnOfBox(box, transform);
  if (!intersect(map ? hullOf(cornersOf(box, map)) : box, stage)) return [];
  const mixing: Mixing = { ...(map && { map }), ...(blend !== "normal" && { blend }) };
  const filters = item.filters.filter(({ enabled }) => enabled);
  const ops = sourceOps(source, input);
  if (ops.length > 1 && (map || blend !== "normal" || opacity < 1)) {
    const scaleX = Math.min(transform.scaleX, largestSide / window.width);
    const scaleY = Math.min(transform.scaleY, largestSide / window.height);
    const from = { x: 0, y: 0, width: window.width * scaleX, height: window.height * scaleY };
    const surface: Surface = {
      width: 2 * Math.ceil(from.width / 2),
      height: 2 * Math.ceil(from.height / 2),
      ops: placeOps(ops, window, { x: 0, y: 0, scaleX, scaleY }, filters, 1, {}),
    };
    return [{ op: "group", surface, from, rect: box, opacity, ...mixing }];
  }
  return placeOps(ops, window, transform, filters, opacity, mixing);
};

/** What `window` leaves of a source's ops, moved and scaled to where the item has it. */
const placeOps = (
  ops: readonly PlainOp[],
  window: Rect,
  transform: Placing,
  filters: readonly Filter[],
  opacity: number,
  mixing: Mixing,
): readonly DrawOp[] =>
  ops.flatMap((op): readonly DrawOp[] => {
    const kept = intersect(op.rect, window);
    if (!kept) return [];
    const rect = place(kept, window, transform);
    if (op.op === "fill") {
      const colour = filterColour(op.colour, filters);
      return [{ ...op, ...mixing, rect, colour, ...(opacity < 1 && { opacity }) }];
    }
    const toPictureX = op.from.width / op.rect.width;
    const toPictureY = op.from.height / op.rect.height;
    const from = {
      x: op.from.x + (kept.x - op.rect.x) * toPictureX,
      y: op.from.y + (kept.y - op.rect.y) * toPictureY,
      width: kept.width * toPictureX,
      height: kept.height * toPictureY,
    };
    return [{ ...op, ...mixing, from, rect, opacity: op.opacity * opacity, filters }];
  });

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
