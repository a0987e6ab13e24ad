import type { PointerEvent, RefObject } from "react";
import { useWords } from "../i18n/words.ts";
import { type Handle, handles } from "../scene/transform.ts";
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

interface HandlesProps {
  readonly frame: Frame;
  readonly area: RefObject<HTMLElement | null>;
  readonly crops: boolean;
  readonly onPress: (event: PointerEvent<SVGElement>, handle: Handle | "turn") => void;
}

export const Handles = ({ frame, area, crops, onPress }: HandlesProps) => {
  const t = useWords();
  const shown = handles.filter(
    (handle) =>
      handle.length === 2 ||
      (handle === "n" || handle === "s" ? frame.width : frame.height) >= shortSidePx,
  );
  const top = frame.at("n");
  const angle = ((frame.rotationDeg - 90) * Math.PI) / 180;
  const arm = { x: Math.cos(angle) * turnArmPx, y: Math.sin(angle) * turnArmPx };
  const outside = { x: top.x + arm.x, y: top.y + arm.y };
  const width = area.current?.clientWidth ?? Number.POSITIVE_INFINITY;
  const height = area.current?.clientHeight ?? Number.POSITIVE_INFINITY;
  const fits = outside.x > 6 && outside.y > 6 && outside.x < width - 6 && outside.y < height - 6;
  const turn = fits ? outside : { x: top.x - arm.x, y: top.y - arm.y };
  return (
    <g>
      <line x1={top.x} y1={top.y} x2={turn.x} y2={turn.y} className={styles["arm"]} />
      <g
        className={styles["turn"]}
        data-handle="turn"
        onPointerDown={(event) => onPress(event, "turn")}
      >
        <circle cx={turn.x} cy={turn.y} r={handleReachPx / 2} className={styles["reach"]} />
        <circle cx={turn.x} cy={turn.y} r={handleSidePx / 2} className={styles["handle"]} />
        <title>{t("stage.turnHint")}</title>
      </g>
      {shown.map((handle) => {
        const { x, y } = frame.at(handle);
        const way = Math.round(eighths[handle] + frame.rotationDeg / 45) % 4;
        return (
          <g
            key={handle}
            data-handle={handle}
            style={{ cursor: cursors[way] }}
            onPointerDown={(event) => onPress(event, handle)}
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
              transform={`rotate(${frame.rotationDeg} ${x} ${y})`}
            />
            <title>{crops ? t("stage.handleHint") : t("stage.handlesHint")}</title>
          </g>
        );
      })}
    </g>
  );
};
