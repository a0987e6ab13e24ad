import type { Size, Transform } from "../../preload/contract/geometry.ts";
import type { CanvasId, SceneId, SourceId } from "../../preload/contract/ids.ts";
import { type Filter, pictureOfFilter } from "../../preload/contract/filter.ts";
import { visibleItems } from "../../preload/contract/grouping.ts";
import type {
  BlendMode,
  Item,
  Scene,
  SceneDocument,
  Source,
} from "../../preload/contract/scene.ts";
import { testPatternFills } from "../capture/kinds/test-pattern/fills.ts";
import { type Affine, cornersOf, hullOf, turnOfBox } from "./affine.ts";
import { type FilterPictures, personId } from "./filters/filter-pixels.ts";
import { filterColour } from "./filters/filter-colour.ts";
import { type FilteredOps, filterOps, largestSide, onSurface } from "./filter-ops.ts";
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
      readonly filterPictures?: FilterPictures | undefined;
    } & Mixing)
  /** What `ops` make on a clear surface of their own, drawn as one picture, so that they do not show through each other. */
  | ({
      readonly op: "group";
      readonly surface: Surface;
      /** The part of the surface that is drawn. */
      readonly from: Rect;
      readonly rect: Rect;
      readonly opacity: number;
      /** Of the whole surface, before `from` is taken of it; absent: none. */
      readonly filters?: readonly Filter[];
      readonly filterPictures?: FilterPictures | undefined;
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
  /** Those that are there of what filters need; a filter whose picture is not is left out. */
  readonly filterPictures?: FilterPictures;
  /** Where people are in sources' pictures, of those for which it is known. */
  readonly personMasks?: ReadonlyMap<SourceId, Picture>;
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
    case "scene":
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

export type PlacedOp = Exclude<DrawOp, { op: "clear" }>;

/** What a source shows, in its own pixels, without filters. */
const sourceOps = (
  source: Exclude<Source, { kind: "scene" }>,
  input: PlanInput,
): readonly PlacedOp[] => {
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
        from: placed.from ?? {
          x: 0,
          y: 0,
          width: placed.picture.width,
          height: placed.picture.height,
        },
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

/** The part of `rect` (source pixels) that is left by `window`, moved and scaled onto the canvas. */
const place = (rect: Rect, window: Rect, transform: Placing): Rect => ({
  x: transform.x + (rect.x - window.x) * transform.scaleX,
  y: transform.y + (rect.y - window.y) * transform.scaleY,
  width: rect.width * transform.scaleX,
  height: rect.height * transform.scaleY,
});

/** Where a scene is drawn: its own pixels are scaled, then moved. Beyond `bounds`, in pixels of the target, nothing is seen. */
interface Ground extends Placing {
  readonly bounds: Rect;
  /** Where the scene lies within another one, drawn together with its items: nothing else then cuts off what is beyond. */
  readonly flat: boolean;
}

interface Drawing {
  readonly input: PlanInput;
  readonly sources: ReadonlyMap<SourceId, Source>;
  readonly scenes: ReadonlyMap<SceneId, Scene>;
}

/** The part of an op that lies in `bounds`; "cut" where that is no rectangle of it. */
const within = (op: PlacedOp, bounds: Rect): PlacedOp | "cut" | undefined => {
  if (op.map) {
    const hull = hullOf(cornersOf(op.rect, op.map));
    const kept = intersect(hull, bounds);
    if (!kept) return undefined;
    return kept.width === hull.width && kept.height === hull.height ? op : "cut";
  }
  const rect = intersect(op.rect, bounds);
  if (!rect || op.op === "fill") return rect && { ...op, rect };
  const scaleX = op.from.width / op.rect.width;
  const scaleY = op.from.height / op.rect.height;
  const from = {
    x: op.from.x + (rect.x - op.rect.x) * scaleX,
    y: op.from.y + (rect.y - op.rect.y) * scaleY,
    width: rect.width * scaleX,
    height: rect.height * scaleY,
  };
  return { ...op, from, rect };
};

/**
 * A scene's items from back to front. On a flat ground null where its parts cannot be drawn one by one as they would look
 * together: where one is mixed with what lies below it, turned and cut, or would lean.
 */
const sceneOps = (
  sceneId: SceneId,
  drawing: Drawing,
  ground: Ground,
): readonly PlacedOp[] | null => {
  const drawn: PlacedOp[] = [];
  const scene = drawing.scenes.get(sceneId);
  for (const item of scene ? visibleItems(scene) : []) {
    const source = drawing.sources.get(item.sourceId);
    if (!source) continue;
    const { rotationDeg } = item.transform;
    const leans = rotationDeg % 180 !== 0 && ground.scaleX !== ground.scaleY;
    if (ground.flat && (item.blend !== "normal" || leans)) return null;
    for (const op of itemOps(item, source, drawing, ground)) {
      const kept = ground.flat ? within(op, ground.bounds) : op;
      if (kept === "cut") return null;
      if (kept) drawn.push(kept);
    }
  }
  return drawn;
};

/** Its items on a surface where there are filters; else they are drawn one by one, where they can be. */
const filteredScene = (
  sceneId: SceneId,
  size: Size,
  filters: readonly Filter[],
  drawing: Drawing,
): FilteredOps => {
  if (filters.length === 0) return { ops: [], size, filters };
  const opsAt = (scale: number): readonly PlacedOp[] => {
    const bounds = { x: 0, y: 0, width: size.width * scale, height: size.height * scale };
    const ground = { x: 0, y: 0, scaleX: scale, scaleY: scale, bounds, flat: false };
    return sceneOps(sceneId, drawing, ground) ?? [];
  };
  return onSurface(opsAt, size, filters);
};

const itemOps = (
  item: Item,
  source: Source,
  drawing: Drawing,
  ground: Ground,
): readonly PlacedOp[] => {
  const natural = sizeOfSource(source, drawing.input.pictures);
  if (!natural) return [];
  const enabled = readyFilters(item, drawing.input);
  const { ops, size, filters } =
    source.kind === "scene"
      ? filteredScene(source.sceneId, natural, enabled, drawing)
      : withPerson(
          filterOps(sourceOps(source, drawing.input), natural, enabled),
          enabled.some(({ kind }) => kind === "background")
            ? drawing.input.personMasks?.get(source.id)
            : undefined,
        );
  const { crop, opacity, blend } = item;
  const transform = {
    ...item.transform,
    x: ground.x + item.transform.x * ground.scaleX,
    y: ground.y + item.transform.y * ground.scaleY,
    scaleX: item.transform.scaleX * ground.scaleX,
    scaleY: item.transform.scaleY * ground.scaleY,
  };
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
  const seen = intersect(map ? hullOf(cornersOf(box, map)) : box, ground.bounds);
  if (!seen) return [];
  const mixing: Mixing = { ...(map && { map }), ...(blend !== "normal" && { blend }) };
  const asOne = map !== null || blend !== "normal" || opacity < 1;
  if (source.kind === "scene" && enabled.length === 0) {
    const { scaleX, scaleY } = transform;
    const flat = asOne
      ? null
      : sceneOps(source.sceneId, drawing, {
          x: box.x - window.x * scaleX,
          y: box.y - window.y * scaleY,
          scaleX,
          scaleY,
          bounds: seen,
          flat: true,
        });
    if (flat) return flat;
    // Scaled alike in both directions, so that nothing leans on the surface.
    const scale = Math.min(
      Math.max(scaleX, scaleY),
      largestSide / Math.max(window.width, window.height),
    );
    const surface = surfaceOf(window, { scaleX: scale, scaleY: scale }, (bounds) =>
      sceneOps(source.sceneId, drawing, {
        x: -window.x * scale,
        y: -window.y * scale,
        scaleX: scale,
        scaleY: scale,
        bounds,
        flat: false,
      }),
    );
    return [{ op: "group", ...surface, rect: box, opacity, ...mixing }];
  }
  if (ops.length > 1 && asOne) {
    const scaleX = Math.min(transform.scaleX, largestSide / window.width);
    const scaleY = Math.min(transform.scaleY, largestSide / window.height);
    const surface = surfaceOf(window, { scaleX, scaleY }, () =>
      placeOps(ops, window, { x: 0, y: 0, scaleX, scaleY }, filters, 1, {}),
    );
    return [{ op: "group", ...surface, rect: box, opacity, ...mixing }];
  }
  return placeOps(ops, window, transform, filters, opacity, mixing);
};

/** A surface that shows `window` in this scale, and the part of it that does. */
const surfaceOf = (
  window: Rect,
  { scaleX, scaleY }: Pick<Placing, "scaleX" | "scaleY">,
  opsWithin: (bounds: Rect) => readonly DrawOp[] | null,
): { readonly surface: Surface; readonly from: Rect } => {
  const from = { x: 0, y: 0, width: window.width * scaleX, height: window.height * scaleY };
  const width = 2 * Math.ceil(from.width / 2);
  const height = 2 * Math.ceil(from.height / 2);
  return { surface: { width, height, ops: opsWithin(from) ?? [] }, from };
};

/** What `window` leaves of a source's ops, moved and scaled to where the item has it. */
const placeOps = (
  ops: readonly PlacedOp[],
  window: Rect,
  transform: Placing,
  filters: readonly Filter[],
  opacity: number,
  mixing: Mixing,
): readonly PlacedOp[] =>
  ops.flatMap((op): readonly PlacedOp[] => {
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
    const all = [...(op.filters ?? []), ...filters];
    return [{ ...op, ...mixing, from, rect, opacity: op.opacity * opacity, filters: all }];
  });

/** The filters in use, but for those whose picture is not there (yet); what hides a background does so without one. */
const readyFilters = ({ filters }: Item, { filterPictures }: PlanInput): readonly Filter[] =>
  filters.filter((filter) => {
    const pictureId = pictureOfFilter(filter);
    const isReady =
      pictureId === null || filter.kind === "background" || filterPictures?.has(pictureId);
    return filter.enabled && isReady === true;
  });

/** With where people are, for the filters that go by it. */
const withPerson = (filtered: FilteredOps, mask: Picture | undefined): FilteredOps => {
  if (!mask) return filtered;
  const filterPictures = new Map([[personId, mask]]);
  return {
    ...filtered,
    ops: filtered.ops.map((op) => (op.op === "picture" ? { ...op, filterPictures } : op)),
  };
};

/** With the pictures that their filters need. */
const withPictures = (ops: readonly DrawOp[], pictures: FilterPictures): readonly DrawOp[] =>
  ops.map((op) => {
    if (op.op === "clear" || op.op === "fill") return op;
    const filtered = op.filters?.some((filter) => pictureOfFilter(filter) !== null)
      ? { ...op, filterPictures: new Map([...pictures, ...(op.filterPictures ?? [])]) }
      : op;
    if (filtered.op === "picture") return filtered;
    const { surface } = filtered;
    return { ...filtered, surface: { ...surface, ops: withPictures(surface.ops, pictures) } };
  });

/** Everything one picture of the programme consists of, from back to front; empty for an unknown canvas. */
export const planProgramme = (input: PlanInput): readonly DrawOp[] => {
  const canvas = input.document.canvases.find(({ id }) => id === input.canvasId);
  if (!canvas) return [];
  const drawing = {
    input,
    sources: new Map(input.document.sources.map((source) => [source.id, source])),
    scenes: new Map(input.document.scenes.map((scene) => [scene.id, scene])),
  };
  const bounds = { x: 0, y: 0, width: canvas.width, height: canvas.height };
  const ground = { x: 0, y: 0, scaleX: 1, scaleY: 1, bounds, flat: false };
  const ops = sceneOps(canvas.sceneId, drawing, ground) ?? [];
  const { filterPictures = new Map() } = input;
  return [{ op: "clear", colour: "#000000" }, ...withPictures(ops, filterPictures)];
};
