import { InputNumber } from "antd";
import { useWords } from "../../i18n/words.ts";
import { Field } from "../../ui/Field.tsx";

interface Props {
  readonly width: number;
  readonly height: number;
  readonly onChange: (size: { width?: number; height?: number }) => void;
}

/** The natural size of a source that is made rather than captured. */
export const SizeFields = ({ width, height, onChange }: Props) => {
  const t = useWords();
  const side = { min: 1, max: 16_384, precision: 0, suffix: "px" };
  return (
    <>
      <Field label={t("source.width")}>
        <InputNumber
          {...side}
          value={width}
          onChange={(value) => value !== null && onChange({ width: value })}
        />
      </Field>
      <Field label={t("source.height")}>
        <InputNumber
          {...side}
          value={height}
          onChange={(value) => value !== null && onChange({ height: value })}
        />
      </Field>
    </>
  );
};
