import { type PointerEvent, type RefObject, useEffect, useRef, useState } from "react";
import { useWords } from "../i18n/words.ts";
import { placeItem } from "../scene/edits/item-edits.ts";
import {
  type Handle,
  handles,
  type Placement,
  type Point,
  type Rect,
  toCanvas,
  toStage,
  type View,
} from "../scene/transform.ts";
import { canvasOf, useDocument, useStudio } from "../studio/studio-context.ts";
import { type Gesture, placementDuring } from "./gesture.ts";
import { grabbedAt, type Layer, layerAt } from "./layers.ts";
import styles from "./Stage.module.css";

/** A press becomes a drag beyond this many CSS pixels, so that a click does not shift what it selects. */
const dragThresholdPx = 3;
const handleSidePx = 9;

const onStage = (view: View, bounds: Rect): Rect => ({
  ...toStage(view, bounds),
  width: bounds.width * view.scale,
  height: bounds.height * view.scale,
});

const handlePoint = (rect: Rect, handle: Handle): Point => ({
  x: rect.x + (handle.includes("w") ? 0 : handle.includes("e") ? rect.width : rect.width / 2),
  y: rect.y + (handle.includes("n") ? 0 : handle.includes("s") ? rect.height : rect.height / 2),
});

interface Drag {
  readonly gesture: Gesture;
  readonly pressedAt: Point;
  readonly onClick: (() => void) | null;
  placement: Placement | null;
}

interface Props {
  readonly view: View;
  readonly layers: readonly Layer[];
  readonly selected: Layer | undefined;
  /** The element that takes the keys. */
  readonly area: RefObject<HTMLElement | null>;
}

/** Selection, handles and placeholders over the programme. */
export const StageOverlay = ({ view, layers, selected, area }: Props) => {
  const t = useWords();
  const { document, view: viewStore } = useStudio();
  const canvas = useDocument(canvasOf);
  const drag = useRef<Drag | null>(null);
  const [hovered, setHovered] = useState<Layer["item"]["id"] | null>(null);

  const select = (layer: Layer | undefined) =>
    viewStore.setState({ selection: layer ? { type: "item", itemId: layer.item.id } : null });
  const pointOf = (event: PointerEvent): Point => {
    const box = area.current?.getBoundingClientRect();
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
  };
  const begin = (event: PointerEvent, gesture: Gesture, onClick: (() => void) | null) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { gesture, pressedAt: pointOf(event), onClick, placement: null };
  };

  const pressStage = (event: PointerEvent<SVGSVGElement>) => {
    if (event.button !== 0) return;
    area.current?.focus({ preventScroll: true });
    const point = toCanvas(view, pointOf(event));
    const grabbed = grabbedAt(layers, point, selected?.item.id ?? null);
    if (!grabbed) return select(undefined);
    const topmost = layerAt(layers, point);
    const wasSelected = grabbed.item.id === selected?.item.id;
    if (!wasSelected) select(grabbed);
    begin(
      event,
      { type: "move", from: point, item: grabbed.item },
      wasSelected ? () => select(topmost) : null,
    );
  };
  const pressHandle = (event: PointerEvent<SVGElement>, layer: Layer, handle: Handle) => {
    if (event.button !== 0 || !layer.size) return;
    event.stopPropagation();
    area.current?.focus({ preventScroll: true });
    begin(
      event,
      {
        type: event.altKey ? "crop" : "resize",
        from: toCanvas(view, pointOf(event)),
        item: layer.item,
        size: layer.size,
        handle,
      },
      null,
    );
  };
  const move = (event: PointerEvent) => {
    const current = drag.current;
    const at = pointOf(event);
    if (!current) {
      setHovered(layerAt(layers, toCanvas(view, at))?.item.id ?? null);
      return;
    }
    const far = Math.hypot(at.x - current.pressedAt.x, at.y - current.pressedAt.y);
    if (!current.placement && far < dragThresholdPx) return;
    current.placement = placementDuring(current.gesture, toCanvas(view, at), !event.shiftKey);
    document.preview(placeItem(current.gesture.item.id, current.placement));
  };
  const release = () => {
    const current = drag.current;
    drag.current = null;
    if (!current) return;
    const { type, item } = current.gesture;
    if (current.placement)
      document.apply(placeItem(item.id, current.placement, `${type}Item` as const));
    else current.onClick?.();
  };
  const abandon = () => {
    if (drag.current?.placement) document.cancelPreview();
    drag.current = null;
  };

  useEffect(() => {
    const element = area.current;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || !drag.current) return;
      event.stopPropagation();
      drag.current = null;
      document.cancelPreview();
    };
    element?.addEventListener("keydown", onKeyDown);
    return () => element?.removeEventListener("keydown", onKeyDown);
  }, [area, document]);

  const frame = onStage(view, { x: 0, y: 0, ...canvas });
  const hoveredLayer = layers.find(
    ({ item }) => item.id === hovered && item.id !== selected?.item.id,
  );
  return (
    <svg
      className={styles["overlay"]}
      aria-hidden="true"
      onPointerDown={pressStage}
      onPointerMove={move}
      onPointerUp={release}
      onPointerCancel={abandon}
      onPointerLeave={() => setHovered(null)}
      onDoubleClick={() => selected && viewStore.setState({ inspectorOpen: true })}
    >
      <rect {...frame} className={styles["frame"]} />
      {layers.map((layer) => (
        <Placeholder key={layer.item.id} layer={layer} view={view} label={layer.source.name} />
      ))}
      {hoveredLayer && (
        <rect {...onStage(view, hoveredLayer.bounds)} className={styles["hovered"]} />
      )}
      {selected && (
        <Selection
          rect={onStage(view, selected.bounds)}
          hidden={!selected.item.visible}
          resizable={selected.size !== null}
          hint={t("stage.handleHint")}
          onPress={(event, handle) => pressHandle(event, selected, handle)}
        />
      )}
    </svg>
  );
};

interface PlaceholderProps {
  readonly layer: Layer;
  readonly view: View;
  readonly label: string;
}

/** A box where a picture is awaited or could not be had, and over one that is no good. */
const Placeholder = ({ layer, view, label }: PlaceholderProps) => {
  const t = useWords();
  const { item, status, bounds } = layer;
  if (!item.visible || !status) return null;
  const error =
    status.state === "failed"
      ? status.error
      : status.state === "running"
        ? status.fault
        : undefined;
  if (status.state === "running" && !error) return null;
  const rect = onStage(view, bounds);
  return (
    <g
      className={styles["placeholder"]}
      data-failed={error !== undefined}
      data-over={status.state === "running"}
    >
      <rect {...rect} />
      <foreignObject {...rect}>
        <div className={styles["placeholderText"]}>
          <strong>{label}</strong>
          <span>{error ? t(`error.${error.code}`) : t("source.opening")}</span>
        </div>
      </foreignObject>
    </g>
  );
};

interface SelectionProps {
  readonly rect: Rect;
  readonly hidden: boolean;
  readonly resizable: boolean;
  readonly hint: string;
  readonly onPress: (event: PointerEvent<SVGElement>, handle: Handle) => void;
}

const Selection = ({ rect, hidden, resizable, hint, onPress }: SelectionProps) => (
  <g className={styles["selection"]} data-hidden={hidden}>
    <rect {...rect} className={styles["outlineShade"]} />
    <rect {...rect} className={styles["outline"]} />
    {resizable &&
      handles.map((handle) => {
        const { x, y } = handlePoint(rect, handle);
        return (
          <rect
            key={handle}
            className={styles["handle"]}
            data-handle={handle}
            x={x - handleSidePx / 2}
            y={y - handleSidePx / 2}
            width={handleSidePx}
            height={handleSidePx}
            rx={2}
            onPointerDown={(event) => onPress(event, handle)}
          >
            <title>{hint}</title>
          </rect>
        );
      })}
  </g>
);
