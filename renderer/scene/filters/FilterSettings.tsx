import { Button, ColorPicker, Segmented, Switch } from "antd";
import { useStore } from "zustand";
import type { Filter } from "../../../preload/contract/filter.ts";
import { useWords } from "../../i18n/words.ts";
import { useStudio } from "../../studio/studio-context.ts";
import styles from "./FilterSettings.module.css";
import { FileSetting } from "./FileSetting.tsx";
import type { FilterField } from "./filter-form.ts";
import { formOf } from "./filter-forms.ts";
import { NumberSetting } from "./NumberSetting.tsx";
import { presetsOfKind } from "./presets/presets-offered.ts";

type Fields = Readonly<Record<string, unknown>>;

interface Props {
  readonly filter: Filter;
  /** While something is dragged: shown, not kept. */
  readonly preview: (fields: Fields) => void;
  readonly apply: (fields: Fields) => void;
}

const Setting = ({
  field,
  initial,
  values,
  preview,
  apply,
}: Omit<Props, "filter"> & {
  readonly field: FilterField<Filter>;
  readonly initial: Fields;
  readonly values: Fields;
}) => {
  const t = useWords();
  const name: string = field.name;
  if (field.when && !field.when.is.includes(values[field.when.name])) return null;
  switch (field.type) {
    case "number":
      return (
        <NumberSetting
          label={t(field.label)}
          hint={field.hint && t(field.hint)}
          value={Number(values[name])}
          initial={Number(initial[name])}
          min={field.min}
          max={field.max}
          step={field.step}
          factor={field.factor}
          unit={field.unit}
          onChange={(value) => preview({ [name]: value })}
          onChangeComplete={(value) => apply({ [name]: value })}
        />
      );
    case "colour":
      return (
        <div className={styles["line"]}>
          <span className={styles["label"]}>{t(field.label)}</span>
          <ColorPicker
            size="small"
            value={String(values[name])}
            showText
            disabledAlpha
            presets={field.presets.map(({ label, colours }) => ({
              label: t(label),
              colors: [...colours],
            }))}
            onChange={(colour) => preview({ [name]: colour.toHexString() })}
            onChangeComplete={(colour) => apply({ [name]: colour.toHexString() })}
          />
        </div>
      );
    case "choice":
      return (
        <div className={styles["choice"]}>
          <span className={styles["label"]}>{t(field.label)}</span>
          <Segmented
            size="small"
            value={String(values[name])}
            options={field.options.map(({ value, label }) => ({ value, label: t(label) }))}
            onChange={(value) => apply({ [name]: value })}
          />
        </div>
      );
    case "switch":
      return (
        <div className={styles["line"]}>
          <span className={styles["label"]}>{t(field.label)}</span>
          <Switch
            size="small"
            aria-label={t(field.label)}
            checked={values[name] === true}
            onChange={(value) => apply({ [name]: value })}
          />
        </div>
      );
    case "picture":
    case "lutFile": {
      const pictureId = values[name];
      const fileName = values["fileName"];
      return (
        <FileSetting
          type={field.type}
          label={t(field.label)}
          none={t((field.type === "picture" && field.none) || "filter.noFile")}
          pictureId={typeof pictureId === "string" ? pictureId : null}
          fileName={typeof fileName === "string" ? fileName : null}
          onImported={(fields) => apply(fields)}
        />
      );
    }
    default:
      return field satisfies never;
  }
};

/** All of a filter but which one it is and whether it is on. */
const settingsOf = (filter: Filter): Fields => {
  const { id: _id, kind: _kind, enabled: _enabled, ...settings } = filter;
  return settings;
};

/** What can be set of one filter, by what its kind says of itself. */
export const FilterSettings = ({ filter, preview, apply }: Props) => {
  const t = useWords();
  const { engine, filterPresets } = useStudio();
  const isOnCpu = useStore(engine.stats, ({ painter }) => painter?.kind === "cpu");
  const form = formOf(filter.kind);
  const own = presetsOfKind(useStore(filterPresets.state), filter.kind);
  return (
    <>
      {form.presets.length + own.length > 0 && (
        <div className={styles["presets"]} role="group" aria-label={t("filter.presets")}>
          {form.presets.map(({ label, settings }) => (
            <Button key={label} size="small" onClick={() => apply(settings)}>
              {t(label)}
            </Button>
          ))}
          {own.map((preset) => (
            <Button
              key={preset.id}
              size="small"
              className={styles["own"] ?? ""}
              title={preset.name}
              onClick={() => apply(settingsOf(preset.filter))}
            >
              {preset.name}
            </Button>
          ))}
        </div>
      )}
      {form.fields.map((field) => (
        <Setting
          key={field.name}
          field={field}
          initial={form.initial as Fields}
          values={filter as Fields}
          preview={preview}
          apply={apply}
        />
      ))}
      {isOnCpu && form.cpuNote && <p className={styles["note"]}>{t(form.cpuNote)}</p>}
    </>
  );
};
