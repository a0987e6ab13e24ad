import { ColorPicker, Input, InputNumber, Segmented, Switch } from "antd";
import type { SourceOf } from "../../../preload/contract/scene.ts";
import { useWords } from "../../i18n/words.ts";
import { Field } from "../../ui/Field.tsx";
import { type SourceFormProps, useSourceChange } from "./source-form.ts";

const defaultBackground = "#0e0f13cc";

export const TextForm = ({ source }: SourceFormProps<"text">) => {
  const t = useWords();
  const change = useSourceChange(source);
  return (
    <>
      <Field label={t("source.text")} stacked>
        <Input.TextArea
          value={source.text}
          maxLength={2_000}
          rows={3}
          onChange={(event) => change.apply({ text: event.target.value })}
          onKeyDown={(event) => event.stopPropagation()}
        />
      </Field>
      <Field label={t("source.textSize")}>
        <InputNumber
          value={source.sizePx}
          min={8}
          max={400}
          precision={0}
          suffix="px"
          onChange={(sizePx) => sizePx !== null && change.apply({ sizePx })}
        />
      </Field>
      <Field label={t("source.textWeight")}>
        <Segmented<SourceOf<"text">["weight"]>
          aria-label={t("source.textWeight")}
          block
          value={source.weight}
          options={[
            { value: "normal", label: t("source.weight.normal") },
            { value: "bold", label: t("source.weight.bold") },
          ]}
          onChange={(weight) => change.apply({ weight })}
        />
      </Field>
      <Field label={t("source.textAlign")}>
        <Segmented<SourceOf<"text">["align"]>
          aria-label={t("source.textAlign")}
          block
          value={source.align}
          options={[
            { value: "left", label: t("source.align.left") },
            { value: "center", label: t("source.align.center") },
            { value: "right", label: t("source.align.right") },
          ]}
          onChange={(align) => change.apply({ align })}
        />
      </Field>
      <Field label={t("source.colour")}>
        <ColorPicker
          value={source.colour}
          showText
          onChange={(colour) => change.preview({ colour: colour.toHexString() })}
          onChangeComplete={(colour) => change.apply({ colour: colour.toHexString() })}
        />
      </Field>
      <Field label={t("source.background")}>
        <Switch
          checked={source.background !== null}
          onChange={(on) => change.apply({ background: on ? defaultBackground : null })}
        />
        {source.background !== null && (
          <ColorPicker
            value={source.background}
            onChange={(colour) => change.preview({ background: colour.toHexString() })}
            onChangeComplete={(colour) => change.apply({ background: colour.toHexString() })}
          />
        )}
      </Field>
      <Field label={t("source.maxWidth")}>
        <InputNumber
          value={source.maxWidthPx}
          min={16}
          max={16_384}
          precision={0}
          suffix="px"
          onChange={(maxWidthPx) => maxWidthPx !== null && change.apply({ maxWidthPx })}
        />
      </Field>
    </>
  );
};
