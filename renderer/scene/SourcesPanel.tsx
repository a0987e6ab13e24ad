import { useStore } from "zustand";
import type { SourceId } from "../../preload/contract/ids.ts";
import type { SourceOf } from "../../preload/contract/scene.ts";
import { useWords } from "../i18n/words.ts";
import { useDocument, useStudio } from "../studio/studio-context.ts";
import { MicrophoneIcon, MicrophoneOffIcon } from "../ui/icons.tsx";
import { Panel } from "../ui/Panel.tsx";
import { RowList } from "../ui/RowList.tsx";
import { AddSourceMenu } from "./AddSourceMenu.tsx";
import { changeSource, removeSource, renameSource } from "./edits/source-edits.ts";
import { ItemList } from "./ItemList.tsx";
import styles from "./SourcesPanel.module.css";
import { SourceToolbar } from "./SourceToolbar.tsx";
import { StatusMark } from "./StatusMark.tsx";

const MicrophoneList = ({
  microphones,
}: {
  readonly microphones: readonly SourceOf<"microphone">[];
}) => {
  const t = useWords();
  const { document, engine, view } = useStudio();
  const statuses = useStore(engine.sources);
  const selection = useStore(view, (state) => state.selection);
  const awaitedRow = useStore(view, (state) => state.awaitedRow);
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
        awaitedId={microphones.find(({ id }) => id === awaitedRow)?.id ?? null}
        onFocused={() => view.setState({ awaitedRow: null })}
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
