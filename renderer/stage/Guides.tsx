import { toStage, type View } from "../scene/transform.ts";
import type { Guide } from "./snapping.ts";
import styles from "./Stage.module.css";

/** The lines that what is dragged lies on. */
export const Guides = ({
  guides,
  view,
}: {
  readonly guides: readonly Guide[];
  readonly view: View;
}) => (
  <g>
    {guides.map(({ axis, at, from, to }) => {
      const start = toStage(view, axis === "x" ? { x: at, y: from } : { x: from, y: at });
      const end = toStage(view, axis === "x" ? { x: at, y: to } : { x: to, y: at });
      return (
        <line
          key={`${axis} ${at}`}
          className={styles["guide"]}
          data-guide={axis}
          x1={start.x}
          y1={start.y}
          x2={end.x}
          y2={end.y}
        />
      );
    })}
  </g>
);
