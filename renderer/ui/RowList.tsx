import {
  type DragEvent,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useRef,
  useState,
} from "react";
import { EditableName } from "./EditableName.tsx";
import { ChevronDownIcon, ChevronRightIcon } from "./icons.tsx";
import { type Drop, dropAt, type DropRow } from "./row-drop.ts";
import styles from "./RowList.module.css";
import { useRowsInSight } from "./use-rows-in-sight.ts";

interface Row<Id extends string> extends DropRow<Id> {
  readonly name: string;
  /** What renaming it is called, where that differs from the list's. */
  readonly renameLabel?: string;
  readonly icon: ReactNode;
  /** Shown weaker, e.g. because it is hidden. */
  readonly dim?: boolean;
  /** After the name; its buttons are reached by Tab from the selected row. */
  readonly renderTrailing?: (selected: boolean) => ReactNode;
}

interface Props<Id extends string> {
  readonly label: string;
  readonly renameLabel: string;
  readonly rows: readonly Row<Id>[];
  /** The row that leads. */
  readonly selectedId: Id | null;
  /** Rows that are selected besides; with them goes choosing several. */
  readonly alsoSelected?: ReadonlySet<Id>;
  /** A row that gets the focus; `onFocused` once it has it. */
  readonly awaitedId?: Id | null;
  readonly onFocused?: () => void;
  /** A row whose name is written, besides those that are asked for here; `onRenamed` once that has ended. */
  readonly renamedId?: Id | null;
  readonly onRenamed?: () => void;
  /** Arrow keys select as they move; otherwise Enter does. */
  readonly selectOnMove?: boolean;
  /** `how` is said where several can be chosen: only this row, this one in or out, or all up to it. */
  readonly onSelect: (id: Id, how: "only" | "toggle" | "extend") => void;
  readonly onRename: (id: Id, name: string) => void;
  /** `toIndex` counts in the list without the row that moves. Absent: rows keep their order. */
  readonly onReorder?: (id: Id, toIndex: number, drop: Drop<Id>) => void;
  /** Of rows that hold others. */
  readonly toggle?: {
    readonly label: (expanded: boolean) => string;
    readonly onToggle: (id: Id) => void;
  };
  /** Keys before the list's own; answers whether it was one, or the row that has the focus then. */
  readonly onKey?: (id: Id, event: KeyboardEvent) => boolean | Id;
}

/** As the style sheet has it. */
const rowHeightPx = 32;

/** A list of named things: chosen by click or arrow keys, renamed by double click or F2, dragged into order or each other. */
export const RowList = <Id extends string>(props: Props<Id>) => {
  const { rows, selectedId } = props;
  const list = useRef<HTMLUListElement>(null);
  const [ownEditing, setEditing] = useState<Id | null>(null);
  const editing = ownEditing ?? props.renamedId ?? null;
  const [dragged, setDragged] = useState<Id | null>(null);
  const [drop, setDrop] = useState<Drop<Id> | null>(null);
  /** A row that may be there only after the next rendering. */
  const awaited = useRef<Id | null>(null);
  const tabStop = rows.find(({ id }) => id === selectedId)?.id ?? rows[0]?.id;
  const sight = useRowsInSight(list, rowHeightPx);
  /** What has the focus or is worked on stays, wherever the list is scrolled to. */
  const [focused, setFocused] = useState<Id | null>(null);
  const kept: ReadonlySet<Id | null | undefined> = new Set([tabStop, focused, editing, dragged]);

  const severally = props.alsoSelected !== undefined;
  const focusAwaited = () => {
    if (awaited.current === null) return;
    const row = list.current?.querySelector<HTMLElement>(`[data-row="${awaited.current}"]`);
    if (row) awaited.current = null;
    row?.focus();
  };
  useEffect(focusAwaited);
  const focus = (id: Id) => {
    awaited.current = id;
    setFocused(id);
    focusAwaited();
  };
  const { awaitedId, onFocused } = props;
  useEffect(() => {
    if (awaitedId === undefined || awaitedId === null) return;
    list.current?.querySelector<HTMLElement>(`[data-row="${awaitedId}"]`)?.focus();
    onFocused?.();
  }, [awaitedId, onFocused]);
  const focusRow = (index: number, extend: boolean) => {
    const row = rows[Math.min(Math.max(index, 0), rows.length - 1)];
    if (!row) return;
    focus(row.id);
    if (props.selectOnMove) props.onSelect(row.id, extend ? "extend" : "only");
  };
  const onKeyDown = (event: KeyboardEvent, row: Row<Id>, index: number) => {
    if (event.target !== event.currentTarget) return;
    const target = { ArrowUp: index - 1, ArrowDown: index + 1, Home: 0, End: rows.length - 1 }[
      event.key
    ];
    const used = () => {
      const known = props.onKey?.(row.id, event) ?? false;
      if (typeof known === "string") focus(known);
      if (known) return true;
      if (target !== undefined) focusRow(target, severally && event.shiftKey);
      else if (event.key === "F2") setEditing(row.id);
      else if (event.key === " " && severally && event.ctrlKey) props.onSelect(row.id, "toggle");
      else if (event.key === "Enter" || event.key === " ") props.onSelect(row.id, "only");
      else return false;
      return true;
    };
    if (used()) event.preventDefault();
  };
  const draggedRow = rows.find(({ id }) => id === dragged);
  const onDragOver = (event: DragEvent, index: number) => {
    if (!draggedRow) return;
    event.preventDefault();
    event.stopPropagation();
    const box = event.currentTarget.getBoundingClientRect();
    setDrop(dropAt(rows, draggedRow, index, (event.clientY - box.top) / box.height));
  };
  const endDrag = () => {
    setDragged(null);
    setDrop(null);
  };
  const onDrop = () => {
    const from = rows.findIndex(({ id }) => id === dragged);
    if (draggedRow && drop) {
      const to = drop.gap > from ? drop.gap - 1 : drop.gap;
      if (to !== from || drop.parentId !== (draggedRow.parentId ?? null))
        props.onReorder?.(draggedRow.id, to, drop);
    }
    endDrag();
  };
  const isIntoClosed = rows.some(({ id, expanded }) => id === drop?.parentId && expanded === false);
  const markOf = (row: Row<Id>, index: number): "before" | "after" | "into" | undefined => {
    if (!drop) return undefined;
    if (isIntoClosed) return drop.parentId === row.id ? "into" : undefined;
    if (drop.gap === index) return "before";
    return drop.gap === rows.length && index === rows.length - 1 ? "after" : undefined;
  };
  const finishRename = (id: Id, name: string | null) => {
    setEditing(null);
    props.onRenamed?.();
    if (name !== null) props.onRename(id, name);
    focus(id);
  };

  const drawn = rows
    .map((row, index) => ({ row, index }))
    .filter(({ row, index }) => (index >= sight.from && index < sight.to) || kept.has(row.id));
  const belowPx = (rows.length - 1 - (drawn.at(-1)?.index ?? -1)) * rowHeightPx;

  return (
    <ul
      ref={list}
      className={styles["list"]}
      style={belowPx > 0 ? { marginBottom: belowPx } : undefined}
      aria-label={props.label}
      data-tree={rows.some(({ expanded }) => expanded !== undefined)}
      data-dragging={dragged !== null}
      // Below the rows: behind the last, out of what holds that.
      onDragOver={(event) => onDragOver(event, rows.length)}
      onDrop={onDrop}
    >
      {drawn.map(({ row, index }, at) => {
        const abovePx = (index - 1 - (drawn[at - 1]?.index ?? -1)) * rowHeightPx;
        const selected = row.id === selectedId || props.alsoSelected?.has(row.id) === true;
        return (
          <li
            key={row.id}
            aria-setsize={rows.length}
            aria-posinset={index + 1}
            data-drop={markOf(row, index)}
            data-drop-held={drop !== null && drop.parentId !== null}
            data-held={row.parentId !== undefined}
            style={abovePx > 0 ? { marginTop: abovePx } : undefined}
            onDragOver={(event) => onDragOver(event, index)}
          >
            <div
              className={styles["row"]}
              role="button"
              data-row={row.id}
              data-selected={selected}
              data-dim={row.dim}
              data-dragged={dragged === row.id}
              aria-current={row.id === selectedId}
              aria-pressed={severally ? selected : undefined}
              aria-label={row.name}
              aria-expanded={row.expanded}
              tabIndex={row.id === tabStop ? 0 : -1}
              onFocus={() => setFocused(row.id)}
              draggable={props.onReorder !== undefined && editing !== row.id}
              onDragStart={(event) => {
                event.dataTransfer.effectAllowed = "move";
                event.dataTransfer.setData("text/plain", row.name);
                setDragged(row.id);
                // Where several can be chosen that chooses nothing else than rows.
                if (severally && !selected) props.onSelect(row.id, "only");
              }}
              onDragEnd={endDrag}
              onClick={({ ctrlKey, metaKey, shiftKey }) =>
                props.onSelect(
                  row.id,
                  !severally || !(ctrlKey || metaKey || shiftKey)
                    ? "only"
                    : shiftKey
                      ? "extend"
                      : "toggle",
                )
              }
              onDoubleClick={() => setEditing(row.id)}
              onKeyDown={(event) => onKeyDown(event, row, index)}
            >
              {row.expanded !== undefined && props.toggle && (
                <button
                  type="button"
                  className={styles["toggle"]}
                  tabIndex={-1}
                  aria-label={props.toggle.label(row.expanded)}
                  title={props.toggle.label(row.expanded)}
                  // The row keeps the focus, and its keys.
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={(event) => {
                    event.stopPropagation();
                    props.toggle?.onToggle(row.id);
                  }}
                  onDoubleClick={(event) => event.stopPropagation()}
                >
                  {row.expanded ? <ChevronDownIcon size={12} /> : <ChevronRightIcon size={12} />}
                </button>
              )}
              <span className={styles["icon"]}>{row.icon}</span>
              <EditableName
                name={row.name}
                label={row.renameLabel ?? props.renameLabel}
                editing={editing === row.id}
                onDone={(name) => finishRename(row.id, name)}
              />
              {row.renderTrailing?.(selected)}
            </div>
          </li>
        );
      })}
    </ul>
  );
};
