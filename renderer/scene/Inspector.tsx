import { createElement } from "react";
import { useStore } from "zustand";
import { useWords } from "../i18n/words.ts";
import { useLayers, useSelectedGroup, useSelectedLayer } from "../stage/use-layers.ts";
import { useDocument, useStudio } from "../studio/studio-context.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { CloseIcon, GroupIcon } from "../ui/icons.tsx";
import { FilterList } from "./filters/FilterList.tsx";
import { GroupForm } from "./forms/GroupForm.tsx";
import { PlacementForm } from "./forms/PlacementForm.tsx";
import { SourceForm } from "./forms/SourceForm.tsx";
import styles from "./Inspector.module.css";
import { sourceIcons } from "./source-icons.tsx";

/** The properties of what is selected, beside the stage, so that both are seen. */
export const Inspector = () => {
  const t = useWords();
  const { view } = useStudio();
  const { selection, inspectorOpen } = useStore(view);
  const layers = useLayers();
  const layer = useSelectedLayer(layers);
  const selectedSource = useDocument((document) =>
    selection?.type === "source"
      ? document.sources.find(({ id }) => id === selection.sourceId)
      : undefined,
  );
  const group = useSelectedGroup();
  const source = layer?.source ?? selectedSource;
  if (!inspectorOpen || !source) return null;
  const { name } = group ?? source;
  const close = () => view.setState({ inspectorOpen: false });
  return (
    <aside
      className={styles["inspector"]}
      aria-label={t("source.properties")}
      // Not where it was pressed in a menu or a dialog that was opened from here: React lets it rise through those too.
      onKeyDown={({ key, currentTarget, target }) => {
        if (key !== "Escape" || !(target instanceof Node) || !currentTarget.contains(target))
          return;
        if (view.getState().comparedItem === null) close();
        else view.setState({ comparedItem: null });
      }}
    >
      <header className={styles["header"]}>
        {createElement(group ? GroupIcon : sourceIcons[source.kind])}
        <h2 title={name}>{name}</h2>
        <IconButton label={t("app.close")} shortcut="Esc" icon={<CloseIcon />} onClick={close} />
      </header>
      <div className={styles["body"]}>
        {group ? (
          <GroupForm group={group} />
        ) : (
          <>
            <SourceForm key={source.id} source={source} />
            {layer && <FilterList key={`filters ${layer.item.id}`} item={layer.item} />}
            {layer && <PlacementForm key={layer.item.id} layer={layer} />}
          </>
        )}
      </div>
    </aside>
  );
};
