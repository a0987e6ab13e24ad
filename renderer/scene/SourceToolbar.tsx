import { useStore } from "zustand";
import { useWords } from "../i18n/words.ts";
import { useLayers, useSelectedLayer } from "../stage/use-layers.ts";
import { canvasOf, useDocument, useStudio } from "../studio/studio-context.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { DownIcon, FitIcon, SlidersIcon, TrashIcon, UpIcon } from "../ui/icons.tsx";
import { placeItem, raiseItem, removeItem } from "./edits/item-edits.ts";
import { removeSource } from "./edits/source-edits.ts";
import styles from "./SourcesPanel.module.css";
import { fitToCanvas } from "./transform.ts";

/** What can be done with the selected source. */
export const SourceToolbar = () => {
  const t = useWords();
  const { document, view } = useStudio();
  const canvas = useDocument(canvasOf);
  const { selection, inspectorOpen } = useStore(view);
  const layers = useLayers();
  const layer = useSelectedLayer(layers);
  const index = layer ? layers.indexOf(layer) : -1;

  const remove = () => {
    if (selection?.type === "item") document.apply(removeItem(selection.itemId));
    if (selection?.type === "source") document.apply(removeSource(selection.sourceId));
  };
  const fit = () => {
    if (layer?.size)
      document.apply(placeItem(layer.item.id, fitToCanvas(layer.item.crop, layer.size, canvas)));
  };
  return (
    <div className={styles["toolbar"]} role="toolbar" aria-label={t("source.toolbar")}>
      <IconButton
        label={t("source.properties")}
        shortcut="Enter"
        icon={<SlidersIcon />}
        pressed={inspectorOpen}
        disabled={!selection}
        onClick={() => view.setState({ inspectorOpen: !inspectorOpen })}
      />
      <IconButton
        label={t("source.fit")}
        shortcut="F"
        icon={<FitIcon />}
        disabled={!layer?.size}
        onClick={fit}
      />
      <span className={styles["spacer"]} />
      <IconButton
        label={t("source.raise")}
        shortcut="Ctrl+]"
        icon={<UpIcon />}
        disabled={!layer || index === layers.length - 1}
        onClick={() => layer && document.apply(raiseItem(layer.item.id, 1))}
      />
      <IconButton
        label={t("source.lower")}
        shortcut="Ctrl+["
        icon={<DownIcon />}
        disabled={!layer || index === 0}
        onClick={() => layer && document.apply(raiseItem(layer.item.id, -1))}
      />
      <span className={styles["spacer"]} />
      <IconButton
        label={t("source.remove")}
        shortcut="Del"
        icon={<TrashIcon />}
        disabled={!selection}
        onClick={remove}
      />
    </div>
  );
};
