import {
  type PointerEvent,
  type RefObject,
  useEffect,
  useEffectEvent,
  useMemo,
  useRef,
  useState,
} from "react";
import { useStore } from "zustand";
import type { GroupId, ItemId } from "../../preload/contract/ids.ts";
import { placeItems } from "../scene/edits/arrange-edits.ts";
import { groupOfItem, pick, pickedWith, wholeGroups } from "../scene/groups.ts";
import { insideOf, selectedIds, selectionOf, toggled } from "../scene/selection.ts";
import {
  type Handle,
  type Point,
  type Rect,
  toCanvas,
  unionOf,
  type View,
} from "../scene/transform.ts";
import { canvasOf, sceneOf, useDocument, useStudio } from "../studio/studio-context.ts";
import { goInto } from "./commands/group-commands.ts";
import { dragTo, type Gesture, type Member } from "./gesture.ts";
import { Guides } from "./Guides.tsx";
import { Handles } from "./Handles.tsx";
import { blocksOf, boundsOfLayers, grabbedAt, type Layer, layerAt, layersIn } from "./layers.ts";
import { onStage, pointsOf } from "./on-stage.ts";
import { GroupOutline, Outline } from "./Outline.tsx";
import { Placeholder, placeholderOf } from "./Placeholder.tsx";
import { SafeAreas } from "./SafeAreas.tsx";
import { frameOf } from "./selection-frame.ts";
import { type Guide, type SnapLines, snapLines } from "./snapping.ts";
import styles from "./Stage.module.css";
import { useLayers } from "./use-layers.ts";
import { panBy } from "./zoom.ts";

/** A press becomes a drag beyond this many CSS pixels, so that a click does not shift what it selects. */
const dragThresholdPx = 3;
const snapReachPx = 8;

type Drag = { readonly pressedAt: Point; began: boolean } & (
  | {
      readonly type: "items";
      readonly gesture: Gesture;
      readonly lines: SnapLines;
      readonly onClick: (() => void) | null;
      placed: ReturnType<typeof placeItems> | null;
    }
  | { readonly type: "marquee"; readonly from: Point; readonly kept: readonly ItemId[] }
  | { readonly type: "pan"; readonly view: View }
);

const labelOf = ({ type }: Gesture) =>
  ({ move: "moveItem", resize: "resizeItem", crop: "cropItem", rotate: "turnItem" } as const)[type];

interface Props {
  readonly view: View;
  readonly panning: boolean;
  /** The element that takes the keys. */
  readonly area: RefObject<HTMLElement | null>;
}

/** Selection, handles, guides and placeholders over the programme. */
export const StageOverlay = ({ view, panning, area }: Props) => {
  const studio = useStudio();
  const { document, view: viewStore } = studio;
  const canvas = useDocument(canvasOf);
  const scene = useDocument(sceneOf);
  const layers = useLayers();
  const drag = useRef<Drag | null>(null);
  const [hovered, setHovered] = useState<ItemId | null>(null);
  const [guides, setGuides] = useState<readonly Guide[]>([]);
  const [marquee, setMarquee] = useState<Rect | null>(null);
  const [grabbing, setGrabbing] = useState(false);

  const { ids, inside } = useSelected();
  const selected = layers.filter(({ item }) => ids.has(item.id));
  /** What a drag moves: what is seen and not locked, and what is hidden in a group that moves as a whole. */
  const movableOf = (chosen: ReadonlySet<ItemId>, within: GroupId | null): readonly Layer[] => {
    const moving = new Set<GroupId | null>(
      wholeGroups(scene, chosen, within).flatMap(({ id, visible }) => (visible ? [id] : [])),
    );
    return layers.filter(
      ({ item, visible, locked }) =>
        chosen.has(item.id) && !locked && (visible || moving.has(item.groupId)),
    );
  };
  const wholes = new Set(wholeGroups(scene, ids, inside).map(({ id }) => id));
  const blocks = blocksOf(selected, (groupId) => wholes.has(groupId));
  const movable = movableOf(ids, inside);
  const sizable =
    movable.some(({ visible }) => visible) && movable.every(({ size }) => size !== null);
  const frame = sizable ? frameOf(movable, view) : null;
  const around = inside && boundsOfLayers(layers.filter(({ item }) => item.groupId === inside));

  const select = (chosen: readonly ItemId[], within: GroupId | null = null) =>
    viewStore.setState({ selection: selectionOf(chosen, within) });
  const pointOfEvent = (event: { clientX: number; clientY: number }): Point => {
    const box = area.current?.getBoundingClientRect();
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
  };
  const begin = (event: PointerEvent, started: Drag) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = started;
  };
  const beginItems = (
    event: PointerEvent,
    moving: readonly Layer[],
    how: Gesture extends infer G
      ? G extends Gesture
        ? Omit<G, "from" | "members">
        : never
      : never,
    onClick: (() => void) | null,
  ) => {
    const pressedAt = pointOfEvent(event);
    const members = moving.map(({ item, shownSize, visible }): Member => ({
      id: item.id,
      placement: item,
      size: shownSize,
      visible,
    }));
    const own = new Set(members.map(({ id }) => id));
    const others = blocksOf(
      layers.filter(({ item, visible }) => visible && !own.has(item.id)),
      (groupId) => groupId !== inside,
    );
    begin(event, {
      type: "items",
      pressedAt,
      began: false,
      gesture: { ...how, from: toCanvas(view, pressedAt), members },
      lines: snapLines(
        canvas,
        others.map(({ bounds }) => bounds),
      ),
      onClick,
      placed: null,
    });
  };

  const pressStage = (event: PointerEvent<SVGSVGElement>) => {
    if (event.button === 1 || (event.button === 0 && panning)) {
      event.preventDefault();
      setGrabbing(true);
      begin(event, { type: "pan", pressedAt: pointOfEvent(event), began: false, view });
      return;
    }
    if (event.button !== 0) return;
    area.current?.focus({ preventScroll: true });
    const pressedAt = pointOfEvent(event);
    const point = toCanvas(view, pressedAt);
    const grabbed = grabbedAt(layers, point, ids);
    const adds = event.ctrlKey || event.metaKey || event.shiftKey;
    if (!grabbed) {
      const kept = adds ? [...ids] : [];
      if (!adds) select([]);
      begin(event, { type: "marquee", pressedAt, began: false, from: point, kept });
      return;
    }
    const topmost = layerAt(layers, point) ?? grabbed;
    const { item } = adds ? topmost : grabbed;
    const wasSelected = ids.has(item.id);
    if (adds) {
      // A click takes it out again where it was in, a drag keeps it.
      const picked = pickedWith(scene, item, inside);
      const within = item.groupId === inside ? inside : null;
      if (!wasSelected) select(toggled([...ids], picked), within);
      beginItems(event, movableOf(new Set([...ids, ...picked]), within), { type: "move" }, () => {
        if (wasSelected) select(toggled([...ids], picked), within);
      });
      return;
    }
    const picked = pick(scene, item, inside);
    if (!wasSelected) viewStore.setState({ selection: picked });
    beginItems(
      event,
      wasSelected ? movable : movableOf(new Set(selectedIds(picked)), insideOf(picked)),
      { type: "move" },
      wasSelected
        ? () => viewStore.setState({ selection: pick(scene, topmost.item, inside) })
        : null,
    );
  };
  const pressHandle = (event: PointerEvent<SVGElement>, handle: Handle | "turn") => {
    if (event.button !== 0 || panning) return;
    event.stopPropagation();
    area.current?.focus({ preventScroll: true });
    beginItems(
      event,
      movable,
      handle === "turn" ? { type: "rotate" } : { type: "resize", handle },
      null,
    );
  };

  const dragItems = (current: Extract<Drag, { type: "items" }>, event: PointerEvent, at: Point) => {
    const { gesture, lines } = current;
    const crops = gesture.type === "resize" && event.altKey && gesture.members.length === 1;
    const how: Gesture = crops ? { ...gesture, type: "crop" } : gesture;
    const { placements, guides: lying } = dragTo(how, toCanvas(view, at), {
      shift: event.shiftKey,
      lines: event.ctrlKey || event.metaKey ? null : lines,
      reach: snapReachPx / view.scale,
    });
    current.placed = placeItems(placements, labelOf(how));
    document.preview(current.placed);
    setGuides(lying);
  };
  const move = (event: PointerEvent) => {
    const current = drag.current;
    const at = pointOfEvent(event);
    if (!current) {
      setHovered(layerAt(layers, toCanvas(view, at))?.item.id ?? null);
      return;
    }
    const by = { x: at.x - current.pressedAt.x, y: at.y - current.pressedAt.y };
    if (!current.began && Math.hypot(by.x, by.y) < dragThresholdPx) return;
    current.began = true;
    switch (current.type) {
      case "items":
        dragItems(current, event, at);
        return;
      case "marquee": {
        const rect = unionOf([
          { ...current.from, width: 0, height: 0 },
          { ...toCanvas(view, at), width: 0, height: 0 },
        ]);
        if (!rect) return;
        setMarquee(rect);
        const touched = layersIn(layers, rect).flatMap(({ item }) => pickedWith(scene, item, null));
        const all = new Set(touched);
        select([...current.kept.filter((id) => !all.has(id)), ...all]);
        return;
      }
      case "pan": {
        const { stageArea } = viewStore.getState();
        if (stageArea)
          viewStore.setState({ stageView: panBy(current.view, by, canvas, stageArea) });
        return;
      }
      default:
        current satisfies never;
    }
  };
  const end = (): Drag | null => {
    const current = drag.current;
    drag.current = null;
    setGuides([]);
    setMarquee(null);
    setGrabbing(false);
    return current;
  };
  const release = () => {
    const current = end();
    if (current?.type !== "items") return;
    if (current.placed) document.apply(current.placed);
    else current.onClick?.();
  };
  const abandon = () => {
    const current = end();
    if (current?.type === "items" && current.placed) document.cancelPreview();
  };

  const cancel = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== "Escape" || !drag.current) return;
    event.stopPropagation();
    abandon();
  });
  useEffect(() => {
    const listening = new AbortController();
    area.current?.addEventListener("keydown", cancel, { signal: listening.signal });
    return () => listening.abort();
  }, [area]);

  const doublePress = (event: { clientX: number; clientY: number }) => {
    const layer = layerAt(layers, toCanvas(view, pointOfEvent(event)));
    const group = layer && groupOfItem(scene, layer.item);
    if (layer && group && group.id !== inside) goInto(studio, group, layer.item.id);
    else if (selected.length > 0) viewStore.setState({ inspectorOpen: true });
  };

  const hoveredLayer = layers.find(({ item }) => item.id === hovered && !ids.has(item.id));
  const hoveredIds = hoveredLayer && new Set(pickedWith(scene, hoveredLayer.item, inside));
  const hoveredBox =
    hoveredIds && hoveredLayer.item.groupId !== null && hoveredLayer.item.groupId !== inside
      ? boundsOfLayers(layers.filter(({ item }) => hoveredIds.has(item.id)))
      : null;
  return (
    <svg
      className={styles["overlay"]}
      data-panning={panning}
      data-grabbing={grabbing}
      aria-hidden="true"
      onPointerDown={pressStage}
      onPointerMove={move}
      onPointerUp={release}
      onPointerCancel={abandon}
      onLostPointerCapture={abandon}
      onPointerLeave={() => setHovered(null)}
      onDoubleClick={doublePress}
    >
      <rect {...onStage(view, { x: 0, y: 0, ...canvas })} className={styles["frame"]} />
      <SafeAreas canvas={canvas} view={view} />
      {layers.map((layer) => {
        const state = placeholderOf(layer);
        return state && <Placeholder key={layer.item.id} layer={layer} view={view} {...state} />;
      })}
      {hoveredBox ? (
        <rect {...onStage(view, hoveredBox)} className={styles["hovered"]} />
      ) : (
        hoveredLayer && (
          <polygon points={pointsOf(hoveredLayer, view)} className={styles["hovered"]} />
        )
      )}
      {around && (
        <rect {...onStage(view, around)} className={styles["around"]} data-inside={inside} />
      )}
      {blocks.map((block) =>
        block.groupId === null ? (
          block.layers.map((layer) => <Outline key={layer.item.id} layer={layer} view={view} />)
        ) : (
          <GroupOutline key={block.groupId} block={block} view={view} />
        ),
      )}
      {blocks.length > 1 && frame && movable.length > 1 && (
        <polygon
          points={frame.corners.map(({ x, y }) => `${x},${y}`).join(" ")}
          className={styles["commonBox"]}
        />
      )}
      <Guides guides={guides} view={view} />
      {frame && !marquee && (
        <Handles frame={frame} area={area} crops={movable.length === 1} onPress={pressHandle} />
      )}
      {marquee && <rect {...onStage(view, marquee)} className={styles["marquee"]} />}
    </svg>
  );
};

const useSelected = () => {
  const selection = useStore(useStudio().view, (state) => state.selection);
  return useMemo(
    () => ({ ids: new Set(selectedIds(selection)), inside: insideOf(selection) }),
    [selection],
  );
};
