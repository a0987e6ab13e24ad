import { ColorPicker } from "antd";
import { useWords } from "../../i18n/words.ts";
import { Field } from "../../ui/Field.tsx";
import { SizeFields } from "./SizeFields.tsx";
import { type SourceFormProps, useSourceChange } from "./source-form.ts";

export const ColourForm = ({ source }: SourceFormProps<"colour">) => {
  const t = useWords();
  const change = useSourceChange(source);
  return (
    <>
      <Field label={t("source.colour")}>
        <ColorPicker
          value={source.colour}
          showText
          onChange={(colour) => change.preview({ colour: colour.toHexString() })}
          onChangeComplete={(colour) => change.apply({ colour: colour.toHexString() })}
        />
      </Field>
      <SizeFields width={source.width} height={source.height} onChange={change.apply} />
    </>
  );
};
