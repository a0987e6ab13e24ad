import { useVirtualizer } from "@tanstack/react-virtual";
import { type WheelEvent, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import { useWords } from "../i18n/words.ts";
import { useStudio } from "../studio/studio-context.ts";
import { DownIcon } from "../ui/icons.tsx";
import styles from "./ChatPanel.module.css";
import type { FeedLine } from "./feed.ts";
import { FeedRow } from "./FeedRow.tsx";

/** Closer to the end than this counts as reading along. */
const endThresholdPx = 48;

const estimatePx = (line: FeedLine | undefined): number => (line?.type === "gift" ? 50 : 26);

/** Follows the end; holds still while the anchor reads back, and says how much has come since. */
export const FeedList = () => {
  const t = useWords();
  const { feed, room } = useStudio();
  const offered = useStore(room, ({ status }) => status !== "uplinkOnly");
  const { lines, arrived } = useStore(feed.state);
  const scroller = useRef<HTMLDivElement>(null);
  /** How many had arrived when the anchor last was at the end; null while following. */
  const [leftAt, setLeftAt] = useState<number | null>(null);
  // oxlint-disable-next-line react/incompatible-library -- it returns functions that change; nothing here memoises them
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => estimatePx(lines[index]),
    getItemKey: (index) => lines[index]?.key ?? index,
    overscan: 8,
    anchorTo: "end",
    useFlushSync: false,
  });

  const totalPx = virtualizer.getTotalSize();
  const toEnd = useCallback(() => {
    const element = scroller.current;
    if (element) element.scrollTop = element.scrollHeight;
  }, []);

  // Rows are measured only after they are drawn, so the end moves once more after each new line.
  useLayoutEffect(() => {
    if (leftAt === null) toEnd();
  }, [leftAt, totalPx, lines, toEnd]);
  const filled = lines.length > 0;
  useEffect(() => {
    const element = scroller.current;
    if (!element || leftAt !== null) return undefined;
    const observer = new ResizeObserver(toEnd);
    observer.observe(element);
    return () => observer.disconnect();
  }, [filled, leftAt, toEnd]);

  /**
   * Reading back begins with a turn of the wheel upwards, or where another way of scrolling has left the end; it ends
   * with a scroll down to the end. Between the wheel and its scroll a new line may come, so the wheel itself counts.
   */
  const lastTopPx = useRef(0);
  const onScroll = () => {
    const element = scroller.current;
    if (!element) return;
    const upwards = element.scrollTop < lastTopPx.current;
    lastTopPx.current = element.scrollTop;
    const fromEndPx = element.scrollHeight - element.clientHeight - element.scrollTop;
    if (upwards && fromEndPx > endThresholdPx) setLeftAt((left) => left ?? arrived);
    else if (!upwards && fromEndPx <= endThresholdPx) setLeftAt(null);
  };
  const onWheel = (event: WheelEvent) => {
    const { scrollHeight, clientHeight } = event.currentTarget;
    if (event.deltaY < 0 && scrollHeight > clientHeight) setLeftAt((left) => left ?? arrived);
  };
  const fresh = leftAt === null ? 0 : arrived - leftAt;

  if (lines.length === 0)
    return <p className={styles["empty"]}>{t(offered ? "chat.empty" : "room.uplinkOnlyHint")}</p>;
  return (
    <div className={styles["feed"]}>
      <div
        ref={scroller}
        className={styles["scroller"]}
        role="log"
        aria-label={t("chat.feed")}
        tabIndex={0}
        onScroll={onScroll}
        onWheel={onWheel}
      >
        <div style={{ position: "relative", height: totalPx }}>
          {virtualizer.getVirtualItems().map(({ key, index, start }) => {
            const line = lines[index];
            return (
              line && (
                <div
                  key={key}
                  ref={virtualizer.measureElement}
                  data-index={index}
                  className={styles["row"]}
                  style={{ transform: `translateY(${start}px)` }}
                >
                  <FeedRow line={line} />
                </div>
              )
            );
          })}
        </div>
      </div>
      {leftAt !== null && (
        <button type="button" className={styles["pill"]} onClick={() => setLeftAt(null)}>
          <DownIcon size={13} />
          {fresh > 0 ? t("chat.fresh", { count: fresh }) : t("chat.toEnd")}
        </button>
      )}
    </div>
  );
};
