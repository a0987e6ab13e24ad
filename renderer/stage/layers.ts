import type { Size } from "../../preload/contract/geometry.ts";
import type { GroupId, ItemId, SourceId } from "../../preload/contract/ids.ts";
import type { Item, SceneDocument, Scene, Source } from "../../preload/contract/scene.ts";
import { filteredSize } from "../compositor/filters/filtered-size.ts";
import { groupOfItem, runsOf } from "../scene/groups.ts";
import { naturalSize } from "../scene/natural-size.ts";
import { boundsOf, covers, overlaps, type Point, type Rect, unionOf } from "../scene/transform.ts";
import type { SourceStatus } from "../session/state.ts";

/** An item as the stage shows it. */
export interface Layer {
  readonly item: Item;
  readonly source: Source;
  /** As its group lets it be. */
  readonly visible: boolean;
  readonly locked: boolean;
  readonly status: SourceStatus | undefined;
  /** Null while the source's natural size is unknown: the layer is a placeholder then, and cannot be resized. */
  readonly size: Size | null;
  /** The size, or what stands in for it. */
  readonly shownSize: Size;
  /** The smallest upright rectangle around it, in canvas pixels. */
  readonly bounds: Rect;
}

/** The natural size that a placeholder stands in with. */
const placeholderSize: Size = { width: 640, height: 360 };

/** As last made: with each step of a drag there are many items, and one that has moved. */
const layerOfItem = new WeakMap<Item, Layer>();

/** The layers of a scene from the bottom to the top. */
export const layersOf = (
  document: SceneDocument,
  scene: Scene,
  statuses: ReadonlyMap<SourceId, SourceStatus>,
): readonly Layer[] => {
  const sources = new Map(document.sources.map((source) => [source.id, source]));
  return scene.items.flatMap((item) => {
    const source = sources.get(item.sourceId);
    if (!source) return [];
    const status = statuses.get(source.id);
    const group = groupOfItem(scene, item);
    const visible = item.visible && group?.visible !== false;
    const locked = item.locked || group?.locked === true;
    const last = layerOfItem.get(item);
    if (
      last?.source === source &&
      last.status === status &&
      last.visible === visible &&
      last.locked === locked
    )
      return [last];
    const natural = naturalSize(source, status);
    const used = item.filters.filter(({ enabled }) => enabled);
    const size = natural && filteredSize(natural, used);
    const shownSize = size ?? placeholderSize;
    const bounds = boundsOf(item, shownSize);
    const layer = { item, source, visible, locked, status, size, shownSize, bounds };
    layerOfItem.set(item, layer);
    return [layer];
  });
};

/** Can the pointer pick it there? */
const isAt = ({ item, visible, locked, shownSize }: Layer, point: Point): boolean =>
  visible && !locked && covers(item, shownSize, point);

/**
 * The topmost visible layer under a point of the canvas that is not locked. Alerts are clear most of the time and usually
 * cover everything, so they are picked only where nothing else is.
 */
export const layerAt = (layers: readonly Layer[], point: Point): Layer | undefined => {
  const hit = layers.filter((layer) => isAt(layer, point));
  return hit.findLast(({ source }) => source.kind !== "alerts") ?? hit.at(-1);
};

/** What a press at a point grabs: a selected layer, wherever it lies in the pile, before the topmost. */
export const grabbedAt = (
  layers: readonly Layer[],
  point: Point,
  selected: ReadonlySet<ItemId>,
): Layer | undefined =>
  layers.findLast(
    (layer) => selected.has(layer.item.id) && layer.source.kind !== "alerts" && isAt(layer, point),
  ) ?? layerAt(layers, point);

/** What a rectangle drawn around it selects; alerts cover everything without being seen, and are not meant. */
export const layersIn = (layers: readonly Layer[], rect: Rect): readonly Layer[] =>
  layers.filter(
    ({ source, visible, locked, bounds }) =>
      visible && !locked && source.kind !== "alerts" && overlaps(bounds, rect),
  );

/** Layers that are arranged as one box: a group that is taken as a whole, or one layer by itself. */
export interface Block {
  readonly groupId: GroupId | null;
  readonly layers: readonly Layer[];
  /** Around what is seen of it; around all of it where nothing is. */
  readonly bounds: Rect;
}

/** The smallest rectangle around those that are seen, or around all where none is; null of none. */
export const boundsOfLayers = (layers: readonly Layer[]): Rect | null => {
  const seen = layers.filter(({ visible }) => visible);
  return unionOf((seen.length > 0 ? seen : layers).map(({ bounds }) => bounds));
};

/** `isWhole` says which groups are taken as a whole. */
export const blocksOf = (
  layers: readonly Layer[],
  isWhole: (groupId: GroupId) => boolean,
): readonly Block[] => {
  const wholeOf = ({ item: { groupId } }: Layer): GroupId | null =>
    groupId !== null && isWhole(groupId) ? groupId : null;
  return runsOf(layers, wholeOf).flatMap((run) => {
    const [first] = run;
    const bounds = boundsOfLayers(run);
    return first && bounds ? [{ groupId: wholeOf(first), layers: run, bounds }] : [];
  });
};

interface Known {
  readonly document: SceneDocument;
  readonly statuses: ReadonlyMap<SourceId, SourceStatus>;
  readonly layers: readonly Layer[];
}
const known = new WeakMap<Scene, Known>();

/** As `layersOf`; asked again of the same document and statuses it answers the same list. */
export const layersNow = (
  document: SceneDocument,
  scene: Scene,
  statuses: ReadonlyMap<SourceId, SourceStatus>,
): readonly Layer[] => {
  const last = known.get(scene);
  if (last?.document === document && last.statuses === statuses) return last.layers;
  const layers = layersOf(document, scene, statuses);
  known.set(scene, { document, statuses, layers });
  return layers;
};
