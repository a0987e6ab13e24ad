import { cornersOf, toStage, type View } from "../scene/transform.ts";
import type { Block, Layer } from "./layers.ts";
import { onStage, pointsOf } from "./on-stage.ts";
import styles from "./Stage.module.css";

/** Around a selected item; a side that is cropped is dashed. */
export const Outline = ({ layer, view }: { readonly layer: Layer; readonly view: View }) => {
  const { item, shownSize, visible, locked } = layer;
  const points = pointsOf(layer, view);
  const [nw, ne, se, sw] = cornersOf(item, shownSize).map((corner) => toStage(view, corner));
  if (!nw || !ne || !se || !sw) return null;
  const { flipX, flipY } = item.transform;
  const { left, right, top, bottom } = item.crop;
  const cropped = [
    [nw, sw, flipX ? right : left],
    [ne, se, flipX ? left : right],
    [nw, ne, flipY ? bottom : top],
    [sw, se, flipY ? top : bottom],
  ] as const;
  return (
    <g
      className={styles["selection"]}
      data-selected={item.id}
      data-hidden={!visible}
      data-locked={locked}
    >
      <polygon points={points} className={styles["outlineShade"]} />
      <polygon points={points} className={styles["outline"]} />
      {cropped.map(
        ([from, to, cut], index) =>
          cut > 0 && (
            <line
              key={index}
              x1={from.x}
              y1={from.y}
              x2={to.x}
              y2={to.y}
              className={styles["croppedSide"]}
            />
          ),
      )}
    </g>
  );
};

/** The one frame around a group that is selected as a whole. */
export const GroupOutline = ({ block, view }: { readonly block: Block; readonly view: View }) => {
  const { groupId, layers, bounds } = block;
  const rect = onStage(view, bounds);
  return (
    <g
      className={styles["selection"]}
      data-selected={groupId}
      data-hidden={!layers.some(({ visible }) => visible)}
      data-locked={layers.every(({ locked }) => locked)}
    >
      <rect {...rect} className={styles["outlineShade"]} />
      <rect {...rect} className={styles["outline"]} />
    </g>
  );
};
