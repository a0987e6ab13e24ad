import {
  type ReactNode,
  type Ref,
  startTransition,
  type WheelEvent,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { flushSync } from "react-dom";
import { useStore } from "zustand";
import type { MessageId } from "../../preload/contract/ids.ts";
import { useLocale, useWords } from "../i18n/words.ts";
import { infoOf } from "../room/room-info.ts";
import { DownIcon } from "../ui/icons.tsx";
import { useChat } from "./chat-context.ts";
import type { FeedLine } from "./feed-line.ts";
import styles from "./FeedList.module.css";
import type { Feed, FeedRows } from "./feed.ts";
import { FeedRow, type RowReader } from "./FeedRow.tsx";
import { createRowKeys } from "./row-keys.ts";
import { useHeldRows } from "./use-held-rows.ts";

/** Closer to the end than this counts as reading along. */
const endThresholdPx = 48;
/** So few rows beyond the list do not keep the reader from following again. */
const almostNone = 50;
/** No row is lower. */
const leastRowPx = 22;
/** Below the last row while held, for the pill. */
const pillSpacePx = 44;
/** What is taken for the height of a row that is not drawn. */
const usualRowPx = 26;

/** How many rows the list grows by at once while it is followed. */
const stepRows = 256;
const stepUp = (rows: number): number => Math.ceil(rows / stepRows) * stepRows;

const passedOver: ReadonlySet<string> = new Set(["join", "like", "share", "moderation"]);

/** Of no use to who looks for something to act on. */
const isPassedOver = (line: FeedLine | undefined): boolean =>
  line?.type === "omitted" || (line?.type === "event" && passedOver.has(line.event.type));

/** What keys do with the list. */
export interface FeedListControl {
  /** The next row in a direction from the selected one, or the newest. */
  step(direction: 1 | -1): void;
  /** Back to the newest; false where the list was there, and no row was selected. */
  follow(): boolean;
}

/** A row, and how far its beginning is above that of what is seen. */
interface Anchor {
  readonly row: number;
  readonly abovePx: number;
}

/** Draws anew when the feed has changed; in slices, so that in a storm the window has its frames between them. */
const useFeedVersion = (feed: Feed): void => {
  const [, setVersion] = useState(0);
  useEffect(() => {
    const follow = () => startTransition(() => setVersion(feed.state.getState().version));
    // What came before the window listened.
    follow();
    return feed.state.subscribe(follow);
  }, [feed]);
};

interface Props {
  /** What is shown of the feed; for others it takes another list (`key`). */
  readonly rows: FeedRows;
  /** Shown in place of no rows. */
  readonly empty: ReactNode;
  /** What waits for the anchor to read it. */
  readonly flagged: ReadonlySet<MessageId>;
  readonly selectedRow?: number | null;
  readonly onSelect?: (row: number | null) => void;
  readonly control?: Ref<FeedListControl>;
}

/**
 * Follows the end; holds still while somebody reads back, and says how much has come since. Only the rows in sight are
 * drawn, with some more around them while held; the space of the others is guessed. Rows lie in the usual flow, so
 * the browser knows their heights: after each drawing the list is put to its end, or to the row that was at the top.
 */
export const FeedList = ({ rows, empty, flagged, control, ...props }: Props) => {
  const t = useWords();
  const locale = useLocale();
  const { feed, room, replay } = useChat();
  const nickname = useStore(room, (state) => infoOf(state)?.self.nickname ?? "");
  const reader = useMemo<RowReader>(
    () => ({ t, locale, nickname, replay }),
    [t, locale, nickname, replay],
  );
  const { selectedRow = null, onSelect } = props;
  useFeedVersion(feed);
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const { from, to, isHeld, fresh, beyond, hold, follow, extend } = useHeldRows(feed, rows);

  /** So many rows fill the sight. */
  const [fill, setFill] = useState(40);
  /** While held, about the row at the top. */
  const [centre, setCentre] = useState(0);
  const first = Math.max(from, isHeld ? Math.min(centre, to) - 2 * fill : to - fill);
  const end = isHeld ? Math.min(to, Math.max(centre, from) + 3 * fill) : to;
  const [keys] = useState(createRowKeys);
  const { keyOf, keep } = keys(first, end);
  useLayoutEffect(keep);
  /** Of the whole list while following, in steps, so that a new line seldom changes it; null where all rows are drawn. */
  const guessedPx = isHeld || first === from ? null : stepUp(to - from) * usualRowPx;

  const rowElement = (row: number): Element | undefined => list.current?.children[row - first];

  /** Of the reader's place, while held; where nothing is drawn it is guessed. */
  const anchor = useRef<Anchor>({ row: 0, abovePx: 0 });
  const anchorNow = (): Anchor => {
    const topPx = scroller.current?.getBoundingClientRect().top ?? 0;
    let afterPx = 0;
    for (let row = first; row < end; row += 1) {
      const { top = 0, bottom = 0 } = rowElement(row)?.getBoundingClientRect() ?? {};
      if (row === first && top > topPx) {
        const above = Math.ceil((top - topPx) / usualRowPx);
        return { row: Math.max(from, first - above), abovePx: 0 };
      }
      if (bottom > topPx) return { row, abovePx: topPx - top };
      afterPx = topPx - bottom;
    }
    const below = Math.floor(afterPx / usualRowPx);
    return { row: Math.max(from, Math.min(to - 1, end + below)), abovePx: 0 };
  };

  /** Where the list is scrolled to, as far as it has been seen to; what it is put to is no scrolling of the reader's. */
  const seenTopPx = useRef(0);
  const place = () => {
    const element = scroller.current;
    if (!element) return;
    if (isHeld) {
      const kept = rowElement(anchor.current.row);
      if (!kept) anchor.current = { row: first, abovePx: 0 };
      const topPx = (kept ?? rowElement(first))?.getBoundingClientRect().top ?? 0;
      const byPx = topPx + anchor.current.abovePx - element.getBoundingClientRect().top;
      if (Math.abs(byPx) >= 0.5) element.scrollTop += byPx;
    } else element.scrollTop = element.scrollHeight;
    seenTopPx.current = element.scrollTop;
  };
  /** What the end was at when the list was last put to it; undefined while held. */
  const endedAtPx = useRef<number | null | undefined>(undefined);
  useLayoutEffect(() => {
    // The rows end where they ended: nothing has to be measured.
    if (!isHeld && guessedPx !== null && guessedPx === endedAtPx.current) return;
    endedAtPx.current = isHeld ? undefined : guessedPx;
    place();
  });

  // Heights change without a new line, too: by the window's width, the size of the letters, a picture.
  const placeAnew = useRef(place);
  useLayoutEffect(() => {
    placeAnew.current = place;
  });
  const filled = to > from;
  useEffect(() => {
    const element = scroller.current;
    if (!element || !list.current) return undefined;
    const observer = new ResizeObserver(() => {
      setFill(Math.ceil(element.clientHeight / leastRowPx) + 1);
      placeAnew.current();
    });
    observer.observe(element);
    observer.observe(list.current);
    return () => observer.disconnect();
  }, [filled]);

  const holdHere = () => {
    if (isHeld) return;
    anchor.current = anchorNow();
    setCentre(anchor.current.row);
    hold();
  };
  /** At the end of what is held. */
  const goOn = () => {
    if (beyond <= almostNone && selectedRow === null) follow();
    else extend();
  };
  /**
   * Reading back begins with a turn of the wheel upwards, or where another way of scrolling has left the end; it ends
   * with a scroll down to the end. Between the wheel and its scroll a new line may come, so the wheel itself counts.
   */
  const onScroll = () => {
    const element = scroller.current;
    if (!element || element.scrollTop === seenTopPx.current) return;
    const upwards = element.scrollTop < seenTopPx.current;
    seenTopPx.current = element.scrollTop;
    const fromEndPx =
      element.scrollHeight - element.clientHeight - element.scrollTop - (isHeld ? pillSpacePx : 0);
    if (!isHeld) {
      // What is not drawn yet would be seen for a moment.
      if (upwards && fromEndPx > endThresholdPx) flushSync(holdHere);
      return;
    }
    anchor.current = anchorNow();
    const { row } = anchor.current;
    flushSync(() => {
      if (!upwards && fromEndPx <= endThresholdPx) goOn();
      else if (!upwards && fromEndPx <= element.clientHeight) extend();
      if (Math.abs(row - centre) > fill) setCentre(row);
    });
  };
  const onWheel = (event: WheelEvent) => {
    const { scrollHeight, clientHeight, scrollTop } = event.currentTarget;
    if (event.deltaY < 0 && scrollHeight > clientHeight) holdHere();
    // There is no scroll beyond the end.
    if (event.deltaY > 0 && isHeld && scrollHeight - clientHeight - scrollTop < 1) goOn();
  };
  const followAgain = useCallback(() => {
    onSelect?.(null);
    follow();
  }, [onSelect, follow]);
  useImperativeHandle(control, () => ({
    step(direction) {
      if (!filled) return;
      holdHere();
      let row = selectedRow === null ? to - 1 : selectedRow + direction;
      const back = selectedRow === null ? -1 : direction;
      while (row >= from && row < rows.end && isPassedOver(rows.at(row))) row += back;
      if (row >= to && beyond > 0) extend();
      if (row >= from && row < rows.end) onSelect?.(row);
    },
    follow() {
      const wasAway = isHeld || selectedRow !== null;
      followAgain();
      return wasAway;
    },
  }));
  // The selected row is brought into sight.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || selectedRow === null || selectedRow < from || selectedRow >= to) return;
    const row = rowElement(selectedRow)?.getBoundingClientRect();
    if (!row) {
      anchor.current = { row: selectedRow, abovePx: -element.clientHeight / 2 };
      setCentre(selectedRow);
      return;
    }
    const sight = element.getBoundingClientRect();
    const bottom = sight.bottom - pillSpacePx;
    if (row.top < sight.top) element.scrollTop += row.top - sight.top;
    else if (row.bottom > bottom) element.scrollTop += row.bottom - bottom;
    seenTopPx.current = element.scrollTop;
    anchor.current = anchorNow();
    // oxlint-disable-next-line react/exhaustive-deps -- only where another one is selected
  }, [selectedRow]);

  if (!filled) return <div className={styles["empty"]}>{empty}</div>;
  const drawn: ReactNode[] = [];
  for (let row = first; row < end; row += 1) {
    const line = rows.at(row);
    drawn.push(
      <div
        key={keyOf(row)}
        data-row={row}
        className={styles["row"]}
        data-selected={selectedRow === row}
        // A row that went away between the two would not be clicked.
        onPointerDown={onSelect && holdHere}
        onClick={onSelect && (() => (holdHere(), onSelect(row)))}
      >
        {line && (
          <FeedRow
            line={line}
            flagged={line.type === "chat" && flagged.has(line.message.messageId)}
            reader={reader}
          />
        )}
      </div>,
    );
  }
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
        <div
          className={styles["list"]}
          data-guessed={guessedPx !== null}
          style={
            guessedPx === null
              ? {
                  paddingTop: (first - from) * usualRowPx,
                  paddingBottom: (to - end) * usualRowPx + (isHeld ? pillSpacePx : 0),
                }
              : { height: guessedPx }
          }
        >
          <div ref={list}>{drawn}</div>
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
