import { Tooltip } from "antd";
import { createElement } from "react";
import { useStore } from "zustand";
import type { ItemId, SourceId } from "../../preload/contract/ids.ts";
import type { SceneDocument, Source, SourceOf } from "../../preload/contract/scene.ts";
import { useWords } from "../i18n/words.ts";
import type { SourceStatus } from "../session/state.ts";
import { ItemMenu } from "../stage/ItemMenu.tsx";
import { useCommands } from "../stage/use-commands.ts";
import { sceneOf, useDocument, useDocumentList, useStudio } from "../studio/studio-context.ts";
import { IconButton } from "../ui/IconButton.tsx";
import {
  EyeIcon,
  EyeOffIcon,
  LockIcon,
  MicrophoneIcon,
  MicrophoneOffIcon,
  RetryIcon,
  UnlockIcon,
  WarningIcon,
} from "../ui/icons.tsx";
import { Panel } from "../ui/Panel.tsx";
import { RowList } from "../ui/RowList.tsx";
import { Spinner } from "../ui/Spinner.tsx";
import { AddSourceMenu } from "./AddSourceMenu.tsx";
import { orderItems, setItemsLocked, setItemsVisible } from "./edits/arrange-edits.ts";
import { changeSource, removeSource, renameSource } from "./edits/source-edits.ts";
import styles from "./SourcesPanel.module.css";
import { SourceToolbar } from "./SourceToolbar.tsx";
import { extendedTo, selectedIds, selectionOf, toggled } from "./selection.ts";
import { sourceIcons } from "./source-icons.tsx";

/** Says that a source is being opened, or what is wrong with it, with a retry. */
const StatusMark = (props: { sourceId: SourceId; status: SourceStatus | undefined }) => {
  const t = useWords();
  const { engine } = useStudio();
  const { status } = props;
  if (!status || (status.state === "running" && !status.fault)) return null;
  if (status.state === "opening")
    return (
      <span className={styles["mark"]} role="status" aria-label={t("source.opening")}>
        <Spinner size={13} />
      </span>
    );
  const error = status.state === "failed" ? status.error : status.fault;
  const reason = error ? t(`error.${error.code}`) : "";
  return (
    <>
      <Tooltip title={reason}>
        <span className={styles["failed"]} role="img" aria-label={reason}>
          <WarningIcon size={14} />
        </span>
      </Tooltip>
      <IconButton
        label={t("source.retry")}
        icon={<RetryIcon size={14} />}
        onClick={() => engine.reopenSource(props.sourceId)}
      />
    </>
  );
};

/** Says that all of an item's picture is hidden, since nothing tells people from their background. */
const HiddenMark = () => {
  const t = useWords();
  const { engine } = useStudio();
  const isFailed = useStore(engine.stats, ({ segmenter }) => segmenter.state === "failed");
  if (!isFailed) return null;
  const reason = t("filter.background.failed");
  return (
    <Tooltip title={reason}>
      <span className={styles["failed"]} role="img" aria-label={reason}>
        <WarningIcon size={14} />
      </span>
    </Tooltip>
  );
};

/** What the list shows of an item. */
interface Listed {
  readonly id: ItemId;
  readonly source: Source;
  readonly visible: boolean;
  readonly locked: boolean;
  /** By a background filter. */
  readonly hidesBackground: boolean;
}

/** From the top to the bottom. */
const listedOf = (document: SceneDocument): readonly Listed[] => {
  const sources = new Map(document.sources.map((source) => [source.id, source]));
  return sceneOf(document)
    .items.flatMap(({ id, sourceId, visible, locked, filters }) => {
      const source = sources.get(sourceId);
      const hidesBackground = filters.some(({ kind, enabled }) => kind === "background" && enabled);
      return source ? [{ id, source, visible, locked, hidesBackground }] : [];
    })
    .toReversed();
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

const ItemList = () => {
  const t = useWords();
  const { document, engine, view } = useStudio();
  const listed = useDocumentList(listedOf);
  const statuses = useStore(engine.sources);
  const selection = useStore(view, (state) => state.selection);
  const commands = useCommands();
  const ids = listed.map(({ id }) => id);
  const chosen = new Set(selectedIds(selection));

  const choose = (id: ItemId, how: "only" | "toggle" | "extend") =>
    view.setState({
      selection:
        how === "only"
          ? selectionOf([id])
          : how === "toggle"
            ? toggled(selection, id)
            : extendedTo(selection, id, ids),
    });
  /** A row that is dragged takes the other selected ones with it. */
  const reorder = (id: ItemId, dropIndex: number) => {
    const moving = chosen.has(id) ? chosen : new Set([id]);
    const before = listed.slice(0, dropIndex).filter((entry) => !moving.has(entry.id)).length;
    document.apply(orderItems([...moving], listed.length - moving.size - before));
  };
  if (listed.length === 0) return <p className={styles["empty"]}>{t("source.empty")}</p>;
  return (
    <ItemMenu onOpen={() => undefined}>
      <div
        onContextMenuCapture={({ target }) => {
          const row = target instanceof Element ? target.closest("[data-row]") : null;
          const entry = listed.find(({ id }) => id === row?.getAttribute("data-row"));
          if (entry && !chosen.has(entry.id)) view.setState({ selection: selectionOf([entry.id]) });
        }}
      >
        <RowList
          label={t("source.sources")}
          renameLabel={t("source.rename")}
          selectOnMove
          rows={listed.map(({ id, source, visible, locked, hidesBackground }) => ({
            id,
            name: source.name,
            icon: createElement(sourceIcons[source.kind]),
            dim: !visible,
            renderTrailing: (isSelected) => (
              <>
                <StatusMark sourceId={source.id} status={statuses.get(source.id)} />
                {hidesBackground && visible && <HiddenMark />}
                <span className={styles["lock"]} data-locked={locked}>
                  <IconButton
                    label={locked ? t("source.unlock") : t("command.lock")}
                    shortcut="L"
                    icon={locked ? <LockIcon /> : <UnlockIcon />}
                    outOfTabOrder={!isSelected}
                    onClick={() => document.apply(setItemsLocked([id], !locked))}
                  />
                </span>
                <IconButton
                  label={visible ? t("source.hide") : t("source.show")}
                  shortcut="H"
                  icon={visible ? <EyeIcon /> : <EyeOffIcon />}
                  outOfTabOrder={!isSelected}
                  onClick={() => document.apply(setItemsVisible([id], !visible))}
                />
              </>
            ),
          }))}
          selectedId={selection?.type === "item" ? selection.itemId : null}
          alsoSelected={chosen}
          onSelect={choose}
          onRename={(id, name) => {
            const source = listed.find((entry) => entry.id === id)?.source;
            if (source) document.apply(renameSource(source.id, name));
          }}
          onReorder={(id, _, dropIndex) => reorder(id, dropIndex)}
          onKey={(_, event) => commands.press(event, listKeys)}
        />
      </div>
    </ItemMenu>
  );
};

const MicrophoneList = ({
  microphones,
}: {
  readonly microphones: readonly SourceOf<"microphone">[];
}) => {
  const t = useWords();
  const { document, engine, view } = useStudio();
  const statuses = useStore(engine.sources);
  const selection = useStore(view, (state) => state.selection);
  const toggle = (sourceId: SourceId) =>
    document.apply(
      changeSource(sourceId, (source) =>
        source.kind === "microphone" ? { ...source, muted: !source.muted } : source,
      ),
    );
  return (
    <>
      <h3 className={styles["group"]}>{t("source.everyScene")}</h3>
      <RowList
        label={t("source.everyScene")}
        renameLabel={t("source.rename")}
        selectOnMove
        rows={microphones.map(({ id, name, muted }) => ({
          id,
          name,
          icon: muted ? <MicrophoneOffIcon /> : <MicrophoneIcon />,
          dim: muted,
          renderTrailing: () => <StatusMark sourceId={id} status={statuses.get(id)} />,
        }))}
        selectedId={selection?.type === "source" ? selection.sourceId : null}
        onSelect={(sourceId) => view.setState({ selection: { type: "source", sourceId } })}
        onRename={(id, name) => document.apply(renameSource(id, name))}
        onKey={(sourceId, event) => {
          if (event.key === "Delete" || event.key === "Backspace")
            document.apply(removeSource(sourceId));
          else if (event.key === "m" || event.key === "M") toggle(sourceId);
          else if (event.key === "Enter")
            view.setState({ selection: { type: "source", sourceId }, inspectorOpen: true });
          else return false;
          return true;
        }}
      />
    </>
  );
};

export const SourcesPanel = () => {
  const t = useWords();
  const sources = useDocument((document) => document.sources);
  const microphones = sources.filter((source) => source.kind === "microphone");
  return (
    <>
      <Panel title={t("source.sources")} grow actions={<AddSourceMenu />}>
        <ItemList />
        {microphones.length > 0 && <MicrophoneList microphones={microphones} />}
      </Panel>
      <SourceToolbar />
    </>
  );
};
