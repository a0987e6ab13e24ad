import { Tooltip } from "antd";
import { useStore } from "zustand";
import { useWords } from "../i18n/words.ts";
import { selectedIds } from "../scene/selection.ts";
import { boxOf, type View } from "../scene/transform.ts";
import { useStudio } from "../studio/studio-context.ts";
import { FrameIcon, GuidesIcon, KeyboardIcon, MinusIcon, PlusIcon } from "../ui/icons.tsx";
import { CommandButton } from "./CommandButton.tsx";
import { shortcutOf } from "./commands/commands.ts";
import styles from "./StageBar.module.css";
import { useCommands } from "./use-commands.ts";
import { useLayers, useSelectedLayer } from "./use-layers.ts";

/** Where the selected item lies, in canvas pixels. */
const Where = () => {
  const t = useWords();
  const layers = useLayers();
  const layer = useSelectedLayer(layers);
  const count = useStore(useStudio().view, ({ selection }) => selectedIds(selection).length);
  if (count > 1)
    return (
      <span className={styles["where"]}>
        <strong>{t("edit.several", { count })}</strong>
      </span>
    );
  if (!layer) return <span className={styles["where"]}>{t("stage.hint")}</span>;
  const { x, y, width, height } = boxOf(layer.item, layer.shownSize);
  const { rotationDeg } = layer.item.transform;
  return (
    <span className={styles["where"]} title={layer.source.name}>
      <strong>{layer.source.name}</strong>
      <span>
        {Math.round(x)}, {Math.round(y)}
      </span>
      {layer.size && (
        <span>
          {Math.round(width)} × {Math.round(height)}
        </span>
      )}
      {rotationDeg !== 0 && <span>{Math.round(rotationDeg * 10) / 10}°</span>}
      {layer.item.locked && <span>{t("stage.locked")}</span>}
    </span>
  );
};

/** Below the stage: what is selected, and how the canvas is shown. */
export const StageBar = ({ view }: { readonly view: View | null }) => {
  const t = useWords();
  const commands = useCommands();
  return (
    <div className={styles["bar"]} role="toolbar" aria-label={t("stage.bar")}>
      <Where />
      <CommandButton id="safeAreas" icon={<GuidesIcon />} />
      <CommandButton id="zoomOut" icon={<MinusIcon />} />
      <Tooltip title={`${t("command.zoomActual")}  ${shortcutOf("zoomActual")}`}>
        <button
          type="button"
          className={styles["scale"]}
          aria-label={t("command.zoomActual")}
          onClick={() => commands.run("zoomActual")}
        >
          {view && `${Math.round(view.scale * 100)}%`}
        </button>
      </Tooltip>
      <CommandButton id="zoomIn" icon={<PlusIcon />} />
      <CommandButton id="zoomFit" icon={<FrameIcon />} />
      <CommandButton id="keyList" icon={<KeyboardIcon />} />
    </div>
  );
};
