import { useVirtualizer } from "@tanstack/react-virtual";
import {
  type ReactNode,
  type Ref,
  type WheelEvent,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
} from "react";
import { useStore } from "zustand";
import { useLocale, useWords } from "../i18n/words.ts";
import { infoOf } from "../room/room-info.ts";
import { DownIcon } from "../ui/icons.tsx";
import { useChat } from "./chat-context.ts";
import type { FeedLine } from "./feed-line.ts";
import styles from "./FeedList.module.css";
import type { FeedRows } from "./feed.ts";
import { FeedRow, type RowReader } from "./FeedRow.tsx";
import { useHeldRows } from "./use-held-rows.ts";

/** Closer to the end than this counts as reading along. */
const endThresholdPx = 48;
/** So few rows beyond the list do not keep the reader from following again. */
const almostNone = 50;
/** No row is lower. */
const leastRowPx = 22;

const estimatePx = (line: FeedLine | undefined): number => (line?.type === "gift" ? 50 : 26);

const passedOver: ReadonlySet<string> = new Set(["join", "like", "share", "moderation"]);

/** Of no use to who looks for something to act on. */
const isPassedOver = (line: FeedLine | undefined): boolean =>
  line?.type === "omitted" || (line?.type === "event" && passedOver.has(line.event.type));

/** What keys do with the list. */
export interface FeedListControl {
  /** The next row in a direction from the selected one, or the newest. */
  step(direction: 1 | -1): void;
  /** Back to the newest. */
  follow(): void;
}

interface Props {
  /** What is shown of the feed; for others it takes another list (`key`). */
  readonly rows: FeedRows;
  /** Shown in place of no rows. */
  readonly empty: ReactNode;
  /** Another one where all rows may have other heights. */
  readonly look?: string;
  readonly selectedRow?: number | null;
  readonly onSelect?: (row: number | null) => void;
  readonly control?: Ref<FeedListControl>;
}

/** Follows the end; holds still while somebody reads back, and says how much has come since. */
export const FeedList = ({ rows, empty, look, control, ...props }: Props) => {
  const t = useWords();
  const locale = useLocale();
  const { feed, room, replay } = useChat();
  const nickname = useStore(room, (state) => infoOf(state)?.self.nickname ?? "");
  const reader = useMemo<RowReader>(
    () => ({ t, locale, nickname, replay }),
    [t, locale, nickname, replay],
  );
  const { selectedRow = null, onSelect } = props;
  const version = useStore(feed.state, (state) => state.version);
  const scroller = useRef<HTMLDivElement>(null);
  const { range, isHeld, fresh, beyond, hold, follow, extend } = useHeldRows(feed, rows);
  const { oldest, from, to } = range;
  const count = to - from;

  // Rows that came since the last frame are drawn with it: where the list is scrolled to is known a frame later.
  const newestRows = useCallback(
    ({ count: all }: { count: number }) => {
      const shown = Math.ceil((scroller.current?.clientHeight ?? 900) / leastRowPx) + 2;
      const least = Math.max(0, all - shown);
      return Array.from({ length: all - least }, (_, index) => least + index);
    },
    // oxlint-disable-next-line react/exhaustive-deps -- another list of rows, another answer
    [from],
  );
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: useCallback((index: number) => estimatePx(rows.at(from + index)), [rows, from]),
    getItemKey: useCallback((index: number) => from + index, [from]),
    paddingStart: (from - oldest) * estimatePx(undefined),
    overscan: 8,
    useFlushSync: false,
    ...(!isHeld && { rangeExtractor: newestRows }),
  });

  /** The row at the top and how far its beginning is above it, to be kept when the rows before it change. */
  const anchor = useRef<{ readonly row: number; readonly abovePx: number } | null>(null);
  const noteAnchor = () => {
    const element = scroller.current;
    const item = element && virtualizer.getVirtualItemForOffset(element.scrollTop);
    anchor.current = item
      ? { row: from + item.index, abovePx: element.scrollTop - item.start }
      : null;
  };
  const holdHere = () => {
    if (isHeld) return;
    noteAnchor();
    hold();
  };
  const shownRange = useRef({ from, look });
  useLayoutEffect(() => {
    const before = shownRange.current;
    shownRange.current = { from, look };
    if (look !== before.look) virtualizer.measure();
    const element = scroller.current;
    const { current: kept } = anchor;
    if (!isHeld || !element || !kept || (from === before.from && look === before.look)) return;
    const [startPx] = virtualizer.getOffsetForIndex(Math.max(0, kept.row - from), "start") ?? [0];
    element.scrollTop = startPx + kept.abovePx;
  }, [from, look, isHeld, virtualizer]);

  // What was measured of rows that are gone would be kept for ever.
  useEffect(() => {
    if (isHeld) return;
    for (const key of virtualizer.itemSizeCache.keys())
      if (typeof key === "number" && key < from) virtualizer.itemSizeCache.delete(key);
  }, [from, isHeld, virtualizer]);

  const totalPx = virtualizer.getTotalSize();
  const toEnd = useCallback(() => {
    const element = scroller.current;
    if (element) element.scrollTop = element.scrollHeight;
  }, []);
  // Rows are measured only after they are drawn, so the end moves once more after each new line.
  useLayoutEffect(() => {
    if (!isHeld) toEnd();
  }, [isHeld, totalPx, version, to, toEnd]);
  const filled = count > 0;
  useEffect(() => {
    const element = scroller.current;
    if (!element || isHeld) return undefined;
    const observer = new ResizeObserver(toEnd);
    observer.observe(element);
    return () => observer.disconnect();
  }, [filled, isHeld, toEnd]);

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
    if (upwards && fromEndPx > endThresholdPx) holdHere();
    else if (!upwards && isHeld) {
      if (fromEndPx <= endThresholdPx && beyond <= almostNone && selectedRow === null) follow();
      else if (fromEndPx <= element.clientHeight && beyond > 0) extend();
    }
    if (isHeld) noteAnchor();
  };
  const onWheel = (event: WheelEvent) => {
    const { scrollHeight, clientHeight } = event.currentTarget;
    if (event.deltaY < 0 && scrollHeight > clientHeight) holdHere();
  };
  const followAgain = () => {
    onSelect?.(null);
    follow();
  };
  useImperativeHandle(control, () => ({
    step(direction) {
      if (count === 0) return;
      holdHere();
      let row = selectedRow === null ? to - 1 : selectedRow + direction;
      const back = selectedRow === null ? -1 : direction;
      while (row >= from && row < rows.end && isPassedOver(rows.at(row))) row += back;
      if (row >= to && beyond > 0) extend();
      if (row >= from && row < rows.end) onSelect?.(row);
    },
    follow: followAgain,
  }));
  // The selected row is kept in sight.
  useLayoutEffect(() => {
    if (selectedRow !== null && selectedRow >= from && selectedRow < to)
      virtualizer.scrollToIndex(selectedRow - from, { align: "auto" });
    // oxlint-disable-next-line react/exhaustive-deps -- only where another one is selected
  }, [selectedRow]);

  if (count === 0) return <div className={styles["empty"]}>{empty}</div>;
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
            const line = rows.at(from + index);
            return (
              line && (
                <div
                  key={key}
                  ref={virtualizer.measureElement}
                  data-index={index}
                  className={styles["row"]}
                  data-selected={selectedRow === from + index}
                  style={{ transform: `translateY(${start}px)` }}
                  onClick={onSelect && (() => (holdHere(), onSelect(from + index)))}
                >
                  <FeedRow line={line} reader={reader} />
                </div>
              )
            );
          })}
        </div>
      </div>
      {isHeld && (
        <button type="button" className={styles["pill"]} onClick={followAgain}>
          <DownIcon size={13} />
          {fresh > 0 ? t("chat.fresh", { count: fresh }) : t("chat.toEnd")}
        </button>
      )}
    </div>
  );
};
