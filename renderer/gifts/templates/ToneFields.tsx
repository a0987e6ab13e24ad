import type { AlertTone } from "../../../preload/contract/alert-template.ts";
import { useWords } from "../../i18n/words.ts";
import { ColourField, NumberField, SwitchField } from "./fields.tsx";
import styles from "./TemplateEditor.module.css";

interface Props {
  readonly tone: AlertTone;
  readonly disabled: boolean;
  readonly onPreview: (tone: AlertTone) => void;
  readonly onChange: (tone: AlertTone) => void;
}

const sizes = [
  ["textSize", 12, 80],
  ["giftSize", 16, 480],
  ["height", 40, 240],
  ["maxWidth", 200, 1_200],
  ["countSize", 0, 160],
  ["sparks", 0, 40],
] as const;
const opaque = ["accent", "bright"] as const;
const translucent = ["panelFrom", "panelTo"] as const;

/** Colours, sizes and time of one tier. */
export const ToneFields = ({ tone, disabled, onPreview, onChange }: Props) => {
  const t = useWords();
  return (
    <>
      <div className={styles["colours"]}>
        {[...opaque, ...translucent].map((key) => (
          <ColourField
            key={key}
            label={t(`template.tone.${key}`)}
            value={tone[key]}
            translucent={key === "panelFrom" || key === "panelTo"}
            disabled={disabled}
            onPreview={(value) => onPreview({ ...tone, [key]: value })}
            onChange={(value) => onChange({ ...tone, [key]: value })}
          />
        ))}
      </div>
      {sizes.map(([key, min, max]) => (
        <NumberField
          key={key}
          label={t(`template.tone.${key}`)}
          value={tone[key]}
          min={min}
          max={max}
          step={1}
          disabled={disabled}
          onPreview={(value) => onPreview({ ...tone, [key]: value })}
          onChange={(value) => onChange({ ...tone, [key]: value })}
        />
      ))}
      <NumberField
        label={t("template.tone.shownMs")}
        value={tone.shownMs}
        min={2_000}
        max={20_000}
        step={100}
        format={(value) => `${(value / 1_000).toFixed(1)} s`}
        disabled={disabled}
        onPreview={(shownMs) => onPreview({ ...tone, shownMs })}
        onChange={(shownMs) => onChange({ ...tone, shownMs })}
      />
      <SwitchField
        label={t("template.tone.inline")}
        checked={tone.inline}
        disabled={disabled}
        onChange={(inline) => onChange({ ...tone, inline })}
      />
    </>
  );
};
