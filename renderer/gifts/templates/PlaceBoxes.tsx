import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import {
  type AlertLayout,
  placeNames,
  type PlaceName,
} from "../../../preload/contract/alert-template.ts";
import { useWords } from "../../i18n/words.ts";
import { moveBox, resizeBox } from "./template-edits.ts";
import styles from "./TemplateEditor.module.css";

interface Props {
  readonly layout: AlertLayout;
  /** While it is dragged. */
  readonly onPreview: (layout: AlertLayout) => void;
  readonly onChange: (layout: AlertLayout) => void;
}

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const smallStep = 0.01;
const largeStep = 0.05;

/** Where alerts are, to be dragged over the preview: by the pointer, or by arrow keys (with Alt the size). */
export const PlaceBoxes = ({ layout, onPreview, onChange }: Props) => {
  const t = useWords();
  const area = useRef<HTMLDivElement>(null);
  /** What is dragged, and what it has come to. */
  const drag = useRef<{
    readonly place: PlaceName;
    readonly resizes: boolean;
    readonly x: number;
    readonly y: number;
    readonly before: AlertLayout;
    now: AlertLayout;
  } | null>(null);

  const begin = (event: PointerEvent, place: PlaceName, resizes: boolean) => {
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    const { clientX: x, clientY: y } = event;
    drag.current = { place, resizes, x, y, before: layout, now: layout };
  };
  const move = (event: PointerEvent) => {
    const rect = area.current?.getBoundingClientRect();
    const dragged = drag.current;
    if (!dragged || !rect) return;
    const { place, before, resizes } = dragged;
    const change = resizes ? resizeBox : moveBox;
    const byX = (event.clientX - dragged.x) / rect.width;
    const byY = (event.clientY - dragged.y) / rect.height;
    dragged.now = { ...before, [place]: change(before[place], byX, byY) };
    onPreview(dragged.now);
  };
  const end = (event: PointerEvent) => {
    event.stopPropagation();
    const dragged = drag.current;
    drag.current = null;
    if (dragged && dragged.now !== dragged.before) onChange(dragged.now);
  };
  const press = (event: KeyboardEvent, place: PlaceName) => {
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    const by = event.shiftKey ? largeStep : smallStep;
    const change = event.altKey ? resizeBox : moveBox;
    onChange({ ...layout, [place]: change(layout[place], step[0] * by, step[1] * by) });
  };
  return (
    <div ref={area} className={styles["places"]}>
      {placeNames.map((place) => {
        const { x, y, width, height } = layout[place];
        const style = {
          left: `${100 * x}%`,
          top: `${100 * y}%`,
          width: `${100 * width}%`,
          height: `${100 * height}%`,
        };
        return (
          <button
            key={place}
            type="button"
            className={styles["place"]}
            data-place={place}
            style={style}
            title={t("template.placeHint")}
            aria-label={t(`template.place.${place}`)}
            onPointerDown={(event) => begin(event, place, false)}
            onPointerMove={move}
            onPointerUp={end}
            onPointerCancel={end}
            onKeyDown={(event) => press(event, place)}
          >
            <span>{t(`template.place.${place}`)}</span>
            <i
              className={styles["corner"]}
              onPointerDown={(event) => begin(event, place, true)}
              onPointerMove={move}
              onPointerUp={end}
              onPointerCancel={end}
            />
          </button>
        );
      })}
    </div>
  );
};
