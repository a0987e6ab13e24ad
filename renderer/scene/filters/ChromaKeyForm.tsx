import { ColorPicker, Slider } from "antd";
import type { FilterOf } from "../../../preload/contract/scene.ts";
import { useWords } from "../../i18n/words.ts";
import { Field } from "../../ui/Field.tsx";

type Fields = Partial<Omit<FilterOf<"chromaKey">, "id" | "kind">>;

interface Props {
  readonly filter: FilterOf<"chromaKey">;
  readonly change: {
    readonly apply: (fields: Fields) => void;
    readonly preview: (fields: Fields) => void;
  };
}

/** As the usual fabrics and paints are. */
const green = "#00b140";
const blue = "#0047bb";
/** Grey lies 0.4 from these; more takes everything out. */
const most = 0.6;

export const ChromaKeyForm = ({ filter, change }: Props) => {
  const t = useWords();
  return (
    <>
      <Field label={t("filter.chromaKey.colour")}>
        <ColorPicker
          value={filter.colour}
          showText
          disabledAlpha
          presets={[
            { label: t("filter.chromaKey.green"), colors: [green, "#00ff00"] },
            { label: t("filter.chromaKey.blue"), colors: [blue, "#0000ff"] },
          ]}
          onChange={(colour) => change.preview({ colour: colour.toHexString() })}
          onChangeComplete={(colour) => change.apply({ colour: colour.toHexString() })}
        />
      </Field>
      {(["similarity", "smoothness", "spill"] as const).map((name) => (
        <Field
          key={name}
          label={t(`filter.chromaKey.${name}`)}
          hint={name === "similarity" ? t("filter.chromaKey.similarityHint") : undefined}
        >
          <Slider
            min={0}
            max={most}
            step={0.005}
            value={filter[name]}
            tooltip={{ formatter: (value) => `${Math.round(((value ?? 0) / most) * 100)} %` }}
            onChange={(value) => change.preview({ [name]: value })}
            onChangeComplete={(value) => change.apply({ [name]: value })}
          />
        </Field>
      ))}
    </>
  );
};
