import { createElement, type KeyboardEvent, useMemo } from "react";
import { useStore } from "zustand";
import type { GroupId, ItemId } from "../../preload/contract/ids.ts";
import type { Item, SceneDocument, Source } from "../../preload/contract/scene.ts";
import { useWords } from "../i18n/words.ts";
import { ItemMenu } from "../stage/ItemMenu.tsx";
import { useCommands } from "../stage/use-commands.ts";
import { sceneOf, useDocument, useDocumentList, useStudio } from "../studio/studio-context.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { EyeIcon, EyeOffIcon, GroupIcon, LockIcon, UnlockIcon } from "../ui/icons.tsx";
import { RowList } from "../ui/RowList.tsx";
import { setLocked, setVisible } from "./edits/arrange-edits.ts";
import { collapseGroup, renameGroup } from "./edits/group-edits.ts";
import { renameSource } from "./edits/source-edits.ts";
import { chooseRow, chosenRows, dropRow, type ItemRow, itemRowsOf } from "./item-rows.ts";
import styles from "./SourcesPanel.module.css";
import { sourceIcons } from "./source-icons.tsx";
import { HiddenMark, StatusMark } from "./StatusMark.tsx";

/** What the list shows of an item. */
interface Listed extends Pick<Item, "id" | "groupId" | "visible" | "locked"> {
  readonly source: Source;
  /** By a background filter. */
  readonly hidesBackground: boolean;
}

/** From the bottom to the top. */
const listedOf = (document: SceneDocument): readonly Listed[] => {
  const sources = new Map(document.sources.map((source) => [source.id, source]));
  return sceneOf(document).items.flatMap(({ id, sourceId, groupId, visible, locked, filters }) => {
    const source = sources.get(sourceId);
    const hidesBackground = filters.some(({ kind, enabled }) => kind === "background" && enabled);
    return source ? [{ id, source, groupId, visible, locked, hidesBackground }] : [];
  });
};

/** What these do in a list is not what they do on the stage. */
const listKeys: ReadonlySet<string> = new Set([
  "Tab",
  "Shift+Tab",
  "Up",
  "Down",
  "Left",
  "Right",
  "Shift+Up",
  "Shift+Down",
  "Shift+Left",
  "Shift+Right",
]);

const isSeen = ({ item, group }: Extract<ItemRow<Listed>, { type: "item" }>): boolean =>
  item.visible && group?.visible !== false;

/** Locks and hides an item, or a group. */
const Switches = ({
  of: { id, visible, locked },
  isSelected,
}: {
  readonly of: {
    readonly id: ItemId | GroupId;
    readonly visible: boolean;
    readonly locked: boolean;
  };
  readonly isSelected: boolean;
}) => {
  const t = useWords();
  const { document } = useStudio();
  return (
    <>
      <span className={styles["lock"]} data-locked={locked}>
        <IconButton
          label={locked ? t("source.unlock") : t("command.lock")}
          shortcut="L"
          icon={locked ? <LockIcon /> : <UnlockIcon />}
          outOfTabOrder={!isSelected}
          onClick={() => document.apply(setLocked([id], !locked))}
        />
      </span>
      <IconButton
        label={visible ? t("source.hide") : t("source.show")}
        shortcut="H"
        icon={visible ? <EyeIcon /> : <EyeOffIcon />}
        outOfTabOrder={!isSelected}
        onClick={() => document.apply(setVisible([id], !visible))}
      />
    </>
  );
};

/** The items of the scene in the programme, and their groups, from the top to the bottom. */
export const ItemList = () => {
  const t = useWords();
  const { document, engine, view } = useStudio();
  const items = useDocumentList(listedOf);
  const groups = useDocument((whole) => sceneOf(whole).groups);
  const statuses = useStore(engine.sources);
  const selection = useStore(view, (state) => state.selection);
  const awaitedRow = useStore(view, (state) => state.awaitedRow);
  const renamedRow = useStore(view, (state) => state.renamedRow);
  const commands = useCommands();
  const scene = useMemo(() => ({ items, groups }), [items, groups]);
  const rows = useMemo(() => itemRowsOf(scene), [scene]);
  const chosen = chosenRows(scene, selection);

  const choose = (id: ItemId | GroupId, how: "only" | "toggle" | "extend") =>
    view.setState({ selection: chooseRow(scene, rows, selection, id, how) });
  const collapse = (groupId: GroupId, collapsed: boolean) =>
    document.apply(collapseGroup(groupId, collapsed));

  /** The keys of trees: into a group and out of it. */
  const pressSideways = (row: ItemRow<Listed>, key: string): ItemId | GroupId | boolean => {
    const { group } = row;
    if (!group || (key !== "ArrowLeft" && key !== "ArrowRight")) return false;
    if (row.type === "group") {
      const first = rows[rows.indexOf(row) + 1];
      if ((key === "ArrowRight") === group.collapsed) collapse(group.id, !group.collapsed);
      else if (key === "ArrowRight" && first) {
        choose(first.id, "only");
        return first.id;
      }
      return true;
    }
    if (key === "ArrowLeft") choose(group.id, "only");
    return key === "ArrowLeft" ? group.id : true;
  };
  const press = (row: ItemRow<Listed>, event: KeyboardEvent): ItemId | GroupId | boolean => {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
    const known = isPlain && pressSideways(row, event.key);
    if (known) return known;
    if (!commands.press(event, listKeys)) return false;
    // Grouping, and going in and out, put another row in the place of this one.
    const now = sceneOf(document.state.getState());
    return chosenRows(now, view.getState().selection).at(-1) ?? true;
  };

  if (rows.length === 0) return <p className={styles["empty"]}>{t("source.empty")}</p>;
  return (
    <ItemMenu onOpen={() => undefined}>
      <div
        onContextMenuCapture={({ target }) => {
          const element = target instanceof Element ? target.closest("[data-row]") : null;
          const row = rows.find(({ id }) => id === element?.getAttribute("data-row"));
          if (row && !chosen.includes(row.id)) choose(row.id, "only");
        }}
      >
        <RowList<ItemId | GroupId>
          label={t("source.sources")}
          renameLabel={t("source.rename")}
          selectOnMove
          rows={rows.map((row) =>
            row.type === "group"
              ? {
                  id: row.id,
                  name: row.group.name,
                  renameLabel: t("group.rename"),
                  icon: <GroupIcon />,
                  dim: !row.group.visible,
                  expanded: !row.group.collapsed,
                  renderTrailing: (isSelected) => (
                    <>
                      <span
                        className={styles["count"]}
                        title={t("group.count", { count: row.count })}
                      >
                        {row.count}
                      </span>
                      <Switches of={row.group} isSelected={isSelected} />
                    </>
                  ),
                }
              : {
                  id: row.id,
                  name: row.item.source.name,
                  icon: createElement(sourceIcons[row.item.source.kind]),
                  dim: !isSeen(row),
                  parentId: row.group?.id,
                  renderTrailing: (isSelected) => (
                    <>
                      <StatusMark
                        sourceId={row.item.source.id}
                        status={statuses.get(row.item.source.id)}
                      />
                      {row.item.hidesBackground && isSeen(row) && <HiddenMark />}
                      <Switches of={row.item} isSelected={isSelected} />
                    </>
                  ),
                },
          )}
          selectedId={chosen.at(-1) ?? null}
          alsoSelected={new Set(chosen)}
          awaitedId={rows.find(({ id }) => id === awaitedRow)?.id ?? null}
          onFocused={() => view.setState({ awaitedRow: null })}
          renamedId={rows.find(({ id }) => id === renamedRow)?.id ?? null}
          onRenamed={() => view.setState({ renamedRow: null })}
          onSelect={choose}
          onRename={(id, name) => {
            const row = rows.find((each) => each.id === id);
            if (row)
              document.apply(
                row.type === "group"
                  ? renameGroup(row.id, name)
                  : renameSource(row.item.source.id, name),
              );
          }}
          onReorder={(id, _, drop) => {
            const dropped = dropRow(scene, rows, selection, id, drop);
            if (!dropped) return;
            document.apply(dropped.edit);
            view.setState({ selection: dropped.selection });
          }}
          toggle={{
            label: (expanded) => (expanded ? t("group.collapse") : t("group.expand")),
            onToggle: (id) => {
              const group = groups.find((each) => each.id === id);
              if (group) collapse(group.id, !group.collapsed);
            },
          }}
          onKey={(id, event) => {
            const row = rows.find((each) => each.id === id);
            return row ? press(row, event) : false;
          }}
        />
      </div>
    </ItemMenu>
  );
};
