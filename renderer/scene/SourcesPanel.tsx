import { Tooltip } from "antd";
import { createElement, type KeyboardEvent } from "react";
import { useStore } from "zustand";
import type { ItemId, SourceId } from "../../preload/contract/ids.ts";
import type { SourceOf } from "../../preload/contract/scene.ts";
import { useWords } from "../i18n/words.ts";
import type { SourceStatus } from "../session/state.ts";
import { editOfKey } from "../stage/item-keys.ts";
import { useLayers, useSelectedLayer } from "../stage/use-layers.ts";
import { canvasOf, useDocument, useStudio } from "../studio/studio-context.ts";
import { IconButton } from "../ui/IconButton.tsx";
import {
  EyeIcon,
  EyeOffIcon,
  MicrophoneIcon,
  MicrophoneOffIcon,
  RetryIcon,
  WarningIcon,
} from "../ui/icons.tsx";
import { Panel } from "../ui/Panel.tsx";
import { RowList } from "../ui/RowList.tsx";
import { Spinner } from "../ui/Spinner.tsx";
import { AddSourceMenu } from "./AddSourceMenu.tsx";
import { orderItem, setItemVisible } from "./edits/item-edits.ts";
import { changeSource, removeSource, renameSource } from "./edits/source-edits.ts";
import styles from "./SourcesPanel.module.css";
import { SourceToolbar } from "./SourceToolbar.tsx";
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

const ItemList = () => {
  const t = useWords();
  const { document, view } = useStudio();
  const canvas = useDocument(canvasOf);
  const layers = useLayers();
  const selected = useSelectedLayer(layers);
  const fromTop = layers.toReversed();

  const onKey = (id: ItemId, event: KeyboardEvent): boolean => {
    const layer = layers.find(({ item }) => item.id === id);
    if (!layer) return false;
    if (event.key === "Enter") {
      view.setState({ selection: { type: "item", itemId: id }, inspectorOpen: true });
      return true;
    }
    const edit = editOfKey(event, layer, canvas);
    if (!edit) return false;
    document.apply(edit);
    return true;
  };
  if (layers.length === 0) return <p className={styles["empty"]}>{t("source.empty")}</p>;
  return (
    <RowList
      label={t("source.sources")}
      renameLabel={t("source.rename")}
      selectOnMove
      rows={fromTop.map(({ item, source, status }) => ({
        id: item.id,
        name: source.name,
        icon: createElement(sourceIcons[source.kind]),
        dim: !item.visible,
        renderTrailing: (isSelected) => (
          <>
            <StatusMark sourceId={source.id} status={status} />
            <IconButton
              label={item.visible ? t("source.hide") : t("source.show")}
              shortcut="H"
              icon={item.visible ? <EyeIcon /> : <EyeOffIcon />}
              outOfTabOrder={!isSelected}
              onClick={() => document.apply(setItemVisible(item.id, !item.visible))}
            />
          </>
        ),
      }))}
      selectedId={selected?.item.id ?? null}
      onSelect={(itemId) => view.setState({ selection: { type: "item", itemId } })}
      onRename={(id, name) => {
        const source = layers.find(({ item }) => item.id === id)?.source;
        if (source) document.apply(renameSource(source.id, name));
      }}
      onReorder={(id, index) => document.apply(orderItem(id, layers.length - 1 - index))}
      onKey={onKey}
    />
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
