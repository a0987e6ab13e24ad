import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from "react";
import type { ItemId } from "../../preload/contract/ids.ts";
import { useWords } from "../i18n/words.ts";
import type { View } from "../scene/transform.ts";
import { canvasOf, useDocument, useStudio } from "../studio/studio-context.ts";
import styles from "./Comparison.module.css";

const keyStep = 0.02;

/**
 * To the left of a line that can be dragged: the programme without an item's filters. It is another picture than the
 * programme's, so viewers never see it.
 */
export const Comparison = ({ view, itemId }: { readonly view: View; readonly itemId: ItemId }) => {
  const t = useWords();
  const { engine, view: viewStore } = useStudio();
  const canvas = useDocument(canvasOf);
  const video = useRef<HTMLVideoElement>(null);
  const [share, setShare] = useState(0.5);
  useEffect(() => {
    const track = engine.compare(itemId);
    if (video.current) video.current.srcObject = new MediaStream([track]);
    return () => {
      engine.endCompare();
      track.stop();
    };
  }, [engine, itemId]);
  const width = canvas.width * view.scale;
  const height = canvas.height * view.scale;
  const moveTo = (next: number) => setShare(Math.min(1, Math.max(0, next)));
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const box = video.current?.getBoundingClientRect();
    if (box && event.currentTarget.hasPointerCapture(event.pointerId))
      moveTo((event.clientX - box.left) / box.width);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === "Escape") {
      // The line goes, and its keys back to the stage.
      event.currentTarget.parentElement?.focus();
      viewStore.setState({ comparedItem: null });
      event.stopPropagation();
      return;
    }
    const next = {
      ArrowLeft: share - keyStep,
      ArrowDown: share - keyStep,
      ArrowRight: share + keyStep,
      ArrowUp: share + keyStep,
      Home: 0,
      End: 1,
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    // Arrows would move the selected item too.
    event.stopPropagation();
    moveTo(next);
  };
  return (
    <>
      <video
        ref={video}
        className={styles["bare"]}
        style={{
          left: view.left,
          top: view.top,
          width,
          height,
          clipPath: `inset(0 ${(1 - share) * 100}% 0 0)`,
        }}
        muted
        autoPlay
        playsInline
        disablePictureInPicture
      />
      <div
        className={styles["line"]}
        style={{ left: view.left + share * width, top: view.top, height }}
        role="slider"
        tabIndex={0}
        aria-label={t("filter.compareLine")}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
        onPointerDown={(event) => {
          event.stopPropagation();
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={onPointerMove}
        onKeyDown={onKeyDown}
      >
        <span className={styles["before"]}>{t("filter.before")}</span>
        <span className={styles["after"]}>{t("filter.after")}</span>
      </div>
    </>
  );
};
