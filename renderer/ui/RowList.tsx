import { type DragEvent, type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import { EditableName } from "./EditableName.tsx";
import styles from "./RowList.module.css";

interface Row<Id extends string> {
  readonly id: Id;
  readonly name: string;
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
  /** Arrow keys select as they move; otherwise Enter does. */
  readonly selectOnMove?: boolean;
  /** `how` is said where several can be chosen: only this row, this one in or out, or all up to it. */
  readonly onSelect: (id: Id, how: "only" | "toggle" | "extend") => void;
  readonly onRename: (id: Id, name: string) => void;
  /**
   * `toIndex` counts in the list without the row that moves, `dropIndex` with it. Absent: rows keep their order.
   */
  readonly onReorder?: (id: Id, toIndex: number, dropIndex: number) => void;
  /** Keys that the list has no use for; answers whether it had one. */
  readonly onKey?: (id: Id, event: KeyboardEvent) => boolean;
}

/** A list of named things: chosen by click or arrow keys, renamed by double click or F2, dragged into order. */
export const RowList = <Id extends string>(props: Props<Id>) => {
  const { rows, selectedId } = props;
  const list = useRef<HTMLUListElement>(null);
  const [editing, setEditing] = useState<Id | null>(null);
  const [dragged, setDragged] = useState<Id | null>(null);
  const [dropIndex, setDropIndex] = useState<number | null>(null);
  const tabStop = rows.find(({ id }) => id === selectedId)?.id ?? rows[0]?.id;

  const severally = props.alsoSelected !== undefined;
  const focusRow = (index: number, extend: boolean) => {
    const row = rows[Math.min(Math.max(index, 0), rows.length - 1)];
    if (!row) return;
    list.current?.querySelector<HTMLElement>(`[data-row="${row.id}"]`)?.focus();
    if (props.selectOnMove) props.onSelect(row.id, extend ? "extend" : "only");
  };
  const onKeyDown = (event: KeyboardEvent, row: Row<Id>, index: number) => {
    if (event.target !== event.currentTarget) return;
    const target = { ArrowUp: index - 1, ArrowDown: index + 1, Home: 0, End: rows.length - 1 }[
      event.key
    ];
    const used = () => {
      if (props.onKey?.(row.id, event)) return true;
      if (target !== undefined) focusRow(target, severally && event.shiftKey);
      else if (event.key === "F2") setEditing(row.id);
      else if (event.key === " " && severally && event.ctrlKey) props.onSelect(row.id, "toggle");
      else if (event.key === "Enter" || event.key === " ") props.onSelect(row.id, "only");
      else return false;
      return true;
    };
    if (used()) event.preventDefault();
  };
  const onDragOver = (event: DragEvent, index: number) => {
    if (dragged === null) return;
    event.preventDefault();
    const box = event.currentTarget.getBoundingClientRect();
    setDropIndex(event.clientY < box.top + box.height / 2 ? index : index + 1);
  };
  const endDrag = () => {
    setDragged(null);
    setDropIndex(null);
  };
  const onDrop = () => {
    const from = rows.findIndex(({ id }) => id === dragged);
    if (dragged !== null && dropIndex !== null && from >= 0) {
      const to = dropIndex > from ? dropIndex - 1 : dropIndex;
      if (to !== from) props.onReorder?.(dragged, to, dropIndex);
    }
    endDrag();
  };
  const finishRename = (id: Id, name: string | null) => {
    setEditing(null);
    if (name !== null) props.onRename(id, name);
    list.current?.querySelector<HTMLElement>(`[data-row="${id}"]`)?.focus();
  };

  return (
    <ul ref={list} className={styles["list"]} aria-label={props.label}>
      {rows.map((row, index) => {
        const selected = row.id === selectedId || props.alsoSelected?.has(row.id) === true;
        return (
          <li
            key={row.id}
            data-drop={
              dropIndex === index
                ? "before"
                : dropIndex === rows.length && index === rows.length - 1
                  ? "after"
                  : undefined
            }
            onDragOver={(event) => onDragOver(event, index)}
            onDrop={onDrop}
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
              tabIndex={row.id === tabStop ? 0 : -1}
              draggable={props.onReorder !== undefined && editing !== row.id}
              onDragStart={(event) => {
                event.dataTransfer.effectAllowed = "move";
                event.dataTransfer.setData("text/plain", row.name);
                setDragged(row.id);
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
              <span className={styles["icon"]}>{row.icon}</span>
              <EditableName
                name={row.name}
                label={props.renameLabel}
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
