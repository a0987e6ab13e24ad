import { Tooltip } from "antd";
import { useStore } from "zustand";
import type { Group } from "../../preload/contract/scene.ts";
import { useWords } from "../i18n/words.ts";
import { selectedIds } from "../scene/selection.ts";
import { boxOf, type Rect, type View } from "../scene/transform.ts";
import { useStudio } from "../studio/studio-context.ts";
import { FrameIcon, GuidesIcon, KeyboardIcon, MinusIcon, PlusIcon } from "../ui/icons.tsx";
import { CommandButton } from "./CommandButton.tsx";
import { shortcutOf } from "./commands/commands.ts";
import styles from "./StageBar.module.css";
import { useCommands } from "./use-commands.ts";
import { boundsOfLayers, type Layer } from "./layers.ts";
import { useLayers, useSelectedGroup, useSelectedLayer } from "./use-layers.ts";

interface Place {
  readonly name: string;
  readonly box: Rect;
  readonly isSized: boolean;
  readonly rotationDeg: number;
  readonly locked: boolean;
}

const placeOfLayer = ({ item, source, size, shownSize, locked }: Layer): Place => ({
  name: source.name,
  box: boxOf(item, shownSize),
  isSized: size !== null,
  rotationDeg: item.transform.rotationDeg,
  locked,
});

const placeOfGroup = ({ name, locked }: Group, layers: readonly Layer[]): Place | null => {
  const box = boundsOfLayers(layers);
  const isSized = layers.every(({ size }) => size !== null);
  return box && { name, box, isSized, rotationDeg: 0, locked };
};

/** Where the selected item or group lies, in canvas pixels. */
const Where = () => {
  const t = useWords();
  const layers = useLayers();
  const layer = useSelectedLayer(layers);
  const group = useSelectedGroup();
  const count = useStore(useStudio().view, ({ selection }) => selectedIds(selection).length);
  const place = group
    ? placeOfGroup(
        group,
        layers.filter(({ item }) => item.groupId === group.id),
      )
    : count === 1 && layer && placeOfLayer(layer);
  if (!place)
    return (
      <span className={styles["where"]}>
        {count > 1 ? <strong>{t("edit.several", { count })}</strong> : t("stage.hint")}
      </span>
    );
  const { name, box, isSized, rotationDeg, locked } = place;
  return (
    <span className={styles["where"]} title={name}>
      <strong>{name}</strong>
      <span>
        {Math.round(box.x)}, {Math.round(box.y)}
      </span>
      {isSized && (
        <span>
          {Math.round(box.width)} × {Math.round(box.height)}
        </span>
      )}
      {rotationDeg !== 0 && <span>{Math.round(rotationDeg * 10) / 10}°</span>}
      {locked && <span>{t("stage.locked")}</span>}
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
