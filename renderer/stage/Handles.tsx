import { memo, type PointerEvent, type RefObject, useState } from "react";
import { useWords } from "../i18n/words.ts";
import { type Handle, handles, pointOf } from "../scene/transform.ts";
import type { Frame } from "./selection-frame.ts";
import styles from "./Stage.module.css";

const handleSidePx = 9;
/** What a press near a handle still hits. */
const handleReachPx = 16;
/** Sides shorter than this have no handle in their middle, in CSS pixels. */
const shortSidePx = 36;
/** How far the handle that turns is from the side it belongs to. */
const turnArmPx = 24;
/** Which way a handle is dragged on the screen, in eighths of a turn from the top. */
const eighths: Readonly<Record<Handle, number>> = {
  n: 0,
  ne: 1,
  e: 2,
  se: 3,
  s: 4,
  sw: 5,
  w: 6,
  nw: 7,
};
const cursors = ["ns-resize", "nesw-resize", "ew-resize", "nwse-resize"] as const;

interface ShapesProps {
  /** In CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** The turn of the frame in eighths, for the cursors. */
  readonly turnEighths: number;
  /** The handle that turns lies within the frame: outside there is no room. */
  readonly turnsInside: boolean;
  readonly crops: boolean;
}

/** In the frame's own coordinates: the same while it is moved, so that a step of a drag has one group to place. */
const Shapes = memo(function Shapes(props: ShapesProps) {
  const { width, height, turnEighths, turnsInside, crops } = props;
  const t = useWords();
  const box = { x: 0, y: 0, width, height };
  const shown = handles.filter(
    (handle) =>
      handle.length === 2 || (handle === "n" || handle === "s" ? width : height) >= shortSidePx,
  );
  const turn = { x: width / 2, y: turnsInside ? turnArmPx : -turnArmPx };
  return (
    <>
      <line x1={turn.x} y1={0} x2={turn.x} y2={turn.y} className={styles["arm"]} />
      <g className={styles["turn"]} data-handle="turn">
        <circle cx={turn.x} cy={turn.y} r={handleReachPx / 2} className={styles["reach"]} />
        <circle cx={turn.x} cy={turn.y} r={handleSidePx / 2} className={styles["handle"]} />
        <title>{t("stage.turnHint")}</title>
      </g>
      {shown.map((handle) => {
        const { x, y } = pointOf(box, handle);
        return (
          <g
            key={handle}
            data-handle={handle}
            style={{ cursor: cursors[(eighths[handle] + turnEighths) % 4] }}
          >
            <rect
              className={styles["reach"]}
              x={x - handleReachPx / 2}
              y={y - handleReachPx / 2}
              width={handleReachPx}
              height={handleReachPx}
            />
            <rect
              className={styles["handle"]}
              x={x - handleSidePx / 2}
              y={y - handleSidePx / 2}
              width={handleSidePx}
              height={handleSidePx}
              rx={2}
            />
            <title>{crops ? t("stage.handleHint") : t("stage.handlesHint")}</title>
          </g>
        );
      })}
    </>
  );
});

/** Hundredths: what is left of the arithmetic is no change. */
const rounded = (px: number): number => Math.round(px * 100) / 100;

interface HandlesProps {
  readonly frame: Frame;
  readonly area: RefObject<HTMLElement | null>;
  readonly crops: boolean;
  readonly onPress: (event: PointerEvent<SVGElement>, handle: Handle | "turn") => void;
}

export const Handles = ({ frame, area, crops, onPress }: HandlesProps) => {
  const { nw, width, height, rotationDeg } = frame;
  /** That of the handle which is dragged, wherever the pointer is. */
  const [cursor, setCursor] = useState<string>();
  const angle = ((rotationDeg - 90) * Math.PI) / 180;
  const top = frame.at("n");
  const outside = {
    x: top.x + Math.cos(angle) * turnArmPx,
    y: top.y + Math.sin(angle) * turnArmPx,
  };
  const areaWidth = area.current?.clientWidth ?? Number.POSITIVE_INFINITY;
  const areaHeight = area.current?.clientHeight ?? Number.POSITIVE_INFINITY;
  const fits =
    outside.x > 6 && outside.y > 6 && outside.x < areaWidth - 6 && outside.y < areaHeight - 6;
  return (
    <g
      transform={`translate(${nw.x} ${nw.y}) rotate(${rotationDeg})`}
      style={{ cursor }}
      // Not on the handles: one may go away while it is dragged, where a side becomes too short for it.
      onPointerDown={(event) => {
        const element =
          event.target instanceof Element ? event.target.closest("[data-handle]") : null;
        const name = element?.getAttribute("data-handle");
        const handle = name === "turn" ? name : handles.find((each) => each === name);
        if (!element || !handle) return;
        setCursor(getComputedStyle(element).cursor);
        onPress(event, handle);
      }}
      onLostPointerCapture={() => setCursor(undefined)}
    >
      <Shapes
        width={rounded(width)}
        height={rounded(height)}
        turnEighths={((Math.round(rotationDeg / 45) % 4) + 4) % 4}
        turnsInside={!fits}
        crops={crops}
      />
    </g>
  );
};
