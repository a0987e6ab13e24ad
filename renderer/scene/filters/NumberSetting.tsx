import { InputNumber, Slider } from "antd";
import { useWords } from "../../i18n/words.ts";
import { IconButton } from "../../ui/IconButton.tsx";
import { RetryIcon } from "../../ui/icons.tsx";
import styles from "./FilterSettings.module.css";

interface Props {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly value: number;
  readonly initial: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly factor: number;
  readonly unit: string;
  readonly onChange: (value: number) => void;
  readonly onChangeComplete: (value: number) => void;
}

/** A number with a slider, a field and the way back. */
export const NumberSetting = (props: Props) => {
  const t = useWords();
  const { label, value, initial, min, max, step, factor, unit } = props;
  const shown = (number: number) => Math.round(number * factor * 10) / 10;
  return (
    <div className={styles["setting"]}>
      <div className={styles["line"]}>
        <span className={styles["label"]} title={label}>
          {label}
        </span>
        {value !== initial && (
          <IconButton
            label={t("filter.reset", { name: label })}
            icon={<RetryIcon />}
            onClick={() => props.onChangeComplete(initial)}
          />
        )}
        <InputNumber
          size="small"
          className={styles["number"] ?? ""}
          aria-label={label}
          controls={false}
          min={shown(min)}
          max={shown(max)}
          value={shown(value)}
          suffix={unit}
          onChange={(next) =>
            next !== null &&
            next !== shown(value) &&
            props.onChangeComplete(Math.min(max, Math.max(min, next / factor)))
          }
        />
      </div>
      <Slider
        className={styles["slider"] ?? ""}
        ariaLabelForHandle={label}
        min={min}
        max={max}
        step={step}
        value={value}
        included={min >= 0}
        {...(min < 0 && { marks: { [initial]: <></> } })}
        tooltip={{ formatter: null }}
        onChange={props.onChange}
        onChangeComplete={props.onChangeComplete}
      />
      {props.hint && <p className={styles["hint"]}>{props.hint}</p>}
    </div>
  );
};
