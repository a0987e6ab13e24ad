import { useStore } from "zustand";
import type { Size } from "../../preload/contract/geometry.ts";
import { toStage, type View } from "../scene/transform.ts";
import { useStudio } from "../studio/studio-context.ts";
import styles from "./Stage.module.css";

/** What stays clear of every screen's edge (EBU R 95): 3.5 % for action, 5 % for words; and the 4:3 middle. */
const insets = [0.035, 0.05];

export const SafeAreas = ({ canvas, view }: { readonly canvas: Size; readonly view: View }) => {
  const shown = useStore(useStudio().view, ({ safeAreas }) => safeAreas);
  if (!shown) return null;
  const { width, height } = canvas;
  const rects = insets.map((part) => ({
    x: width * part,
    y: height * part,
    width: width * (1 - 2 * part),
    height: height * (1 - 2 * part),
  }));
  const narrow = (height * 4) / 3;
  if (narrow < width) rects.push({ x: (width - narrow) / 2, y: 0, width: narrow, height });
  const middle = toStage(view, { x: width / 2, y: height / 2 });
  return (
    <g className={styles["safe"]} data-safe-areas="true">
      {rects.map((rect) => (
        <rect
          key={rect.x}
          {...toStage(view, rect)}
          width={rect.width * view.scale}
          height={rect.height * view.scale}
        />
      ))}
      <path d={`M${middle.x - 8} ${middle.y}h16M${middle.x} ${middle.y - 8}v16`} />
    </g>
  );
};
