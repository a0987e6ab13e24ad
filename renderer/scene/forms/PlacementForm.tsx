import { Button, InputNumber, Select, Slider } from "antd";
import { BlendMode } from "../../../preload/contract/scene.ts";
import { useWords } from "../../i18n/words.ts";
import type { Layer } from "../../stage/layers.ts";
import { canvasOf, useDocument, useStudio } from "../../studio/studio-context.ts";
import { blendCommands } from "../../stage/commands/commands.ts";
import { Field } from "../../ui/Field.tsx";
import { setItemsBlend, setItemsOpacity } from "../edits/arrange-edits.ts";
import { placeItem } from "../edits/item-edits.ts";
import {
  boxOf,
  croppedSize,
  fitToCanvas,
  middleOf,
  noCrop,
  type Placement,
  plainTransform,
  turnBy,
} from "../transform.ts";
import styles from "../Inspector.module.css";

interface NumberProps {
  readonly label: string;
  readonly value: number;
  readonly min?: number;
  readonly max?: number;
  readonly decimals?: number;
  readonly disabled?: boolean;
  readonly onChange: (value: number) => void;
}

const NumberCell = ({ label, value, min, max, decimals = 0, disabled, onChange }: NumberProps) => (
  <InputNumber
    className={styles["cell"] ?? ""}
    aria-label={label}
    prefix={<span className={styles["cellLabel"]}>{label}</span>}
    value={Number(value.toFixed(decimals))}
    min={min ?? -100_000}
    max={max ?? 100_000}
    {...(decimals === 0 && { precision: 0 })}
    controls={false}
    disabled={disabled ?? false}
    onChange={(next) => next !== null && onChange(next)}
  />
);

/** The most that can be cut from one side; a source of unknown size allows as much as a crop can say. */
const cutMost = (other: number, side: number | undefined): number =>
  Math.max(0, (side ?? 16_384) - other - 1);

/** Where the item lies, in canvas pixels, and what is cut away, in pixels of the source. */
export const PlacementForm = ({ layer }: { readonly layer: Layer }) => {
  const t = useWords();
  const { document } = useStudio();
  const canvas = useDocument(canvasOf);
  const { item, size } = layer;
  const { transform, crop } = item;
  const bounds = size && boxOf(item, size);
  const cropped = size && croppedSize(crop, size);
  const place = (placement: Partial<Placement>) =>
    document.apply(placeItem(item.id, { transform, crop, ...placement }));

  return (
    <>
      <h3 className={styles["section"]}>{t("source.placement")}</h3>
      <div className={styles["cells"]}>
        <NumberCell
          label="X"
          value={transform.x}
          onChange={(x) => place({ transform: { ...transform, x } })}
        />
        <NumberCell
          label="Y"
          value={transform.y}
          onChange={(y) => place({ transform: { ...transform, y } })}
        />
        <NumberCell
          label={t("source.widthShort")}
          value={bounds?.width ?? 0}
          min={1}
          disabled={!cropped}
          onChange={(width) =>
            cropped && place({ transform: { ...transform, scaleX: width / cropped.width } })
          }
        />
        <NumberCell
          label={t("source.heightShort")}
          value={bounds?.height ?? 0}
          min={1}
          disabled={!cropped}
          onChange={(height) =>
            cropped && place({ transform: { ...transform, scaleY: height / cropped.height } })
          }
        />
        <NumberCell
          label={t("source.rotation")}
          value={transform.rotationDeg}
          decimals={1}
          min={-360}
          max={360}
          disabled={!size}
          onChange={(deg) => {
            if (!size) return;
            const box = boxOf(item, size);
            place(turnBy(item, size, middleOf(box), deg - transform.rotationDeg));
          }}
        />
      </div>
      <h3 className={styles["section"]}>{t("source.mixing")}</h3>
      <Field label={t("source.opacity")}>
        <Slider
          min={0}
          max={100}
          value={Math.round(item.opacity * 100)}
          tooltip={{ formatter: (value) => `${value ?? 0}%` }}
          onChange={(percent) =>
            document.apply(setItemsOpacity([item.id], percent / 100), {
              merge: { key: `opacity ${item.id}`, withinMs: 1_000 },
            })
          }
        />
      </Field>
      <Field label={t("command.group.blend")}>
        <Select<BlendMode>
          value={item.blend}
          options={BlendMode.options.map((mode) => ({
            value: mode,
            label: t(`command.${blendCommands[mode]}`),
          }))}
          onChange={(blend) => document.apply(setItemsBlend([item.id], blend))}
        />
      </Field>
      <h3 className={styles["section"]}>{t("source.crop")}</h3>
      <div className={styles["cells"]}>
        {(["left", "right", "top", "bottom"] as const).map((side) => {
          const opposite = { left: "right", right: "left", top: "bottom", bottom: "top" } as const;
          const length = side === "left" || side === "right" ? size?.width : size?.height;
          return (
            <NumberCell
              key={side}
              label={t(`source.side.${side}`)}
              value={crop[side]}
              min={0}
              max={Math.min(16_384, cutMost(crop[opposite[side]], length))}
              onChange={(value) => place({ crop: { ...crop, [side]: value } })}
            />
          );
        })}
      </div>
      <div className={styles["buttons"]}>
        <Button disabled={!size} onClick={() => size && place(fitToCanvas(item, size, canvas))}>
          {t("source.fit")}
        </Button>
        <Button onClick={() => place({ crop: noCrop, transform: plainTransform })}>
          {t("source.resetPlacement")}
        </Button>
      </div>
    </>
  );
};
