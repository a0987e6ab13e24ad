import { ColorPicker, Input, Segmented, Select, Slider, Switch } from "antd";
import { Field } from "../../ui/Field.tsx";
import styles from "./TemplateEditor.module.css";

interface NumberProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** What is shown of it; the value itself without it. */
  readonly format?: (value: number) => string;
  readonly disabled: boolean;
  readonly onPreview: (value: number) => void;
  readonly onChange: (value: number) => void;
}

export const NumberField = ({
  label,
  value,
  format,
  onPreview,
  onChange,
  ...range
}: NumberProps) => (
  <Field label={label}>
    <Slider
      {...range}
      value={value}
      tooltip={{ open: false }}
      ariaLabelForHandle={label}
      onChange={onPreview}
      onChangeComplete={onChange}
    />
    <span className={styles["value"]}>{format ? format(value) : Math.round(value)}</span>
  </Field>
);

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly disabled: boolean;
  readonly onChange: (value: T) => void;
}

/** All choices side by side. */
export const SegmentField = <T extends string>({ label, options, ...props }: ChoiceProps<T>) => (
  <Field label={label}>
    <Segmented<T> {...props} size="small" block aria-label={label} options={[...options]} />
  </Field>
);

export const SelectField = <T extends string>({ label, options, ...props }: ChoiceProps<T>) => (
  <Field label={label}>
    <Select<T> {...props} size="small" aria-label={label} options={[...options]} />
  </Field>
);

export const SwitchField = (props: {
  readonly label: string;
  readonly checked: boolean;
  readonly disabled: boolean;
  readonly onChange: (checked: boolean) => void;
}) => {
  const { label, ...rest } = props;
  return (
    <Field label={label}>
      <Switch {...rest} size="small" aria-label={label} />
    </Field>
  );
};

/** `#rrggbb`, or `#rrggbbaa` where it may be translucent. */
export const ColourField = (props: {
  readonly label: string;
  readonly value: string;
  readonly translucent?: boolean;
  readonly disabled: boolean;
  readonly onPreview: (value: string) => void;
  readonly onChange: (value: string) => void;
}) => {
  const { label, value, translucent = false, disabled, onPreview, onChange } = props;
  const written = (hex: string): string => {
    const colour = hex.toLowerCase();
    if (!translucent) return colour.slice(0, 7);
    return colour.length === 7 ? `${colour}ff` : colour;
  };
  return (
    <div className={styles["colour"]}>
      <ColorPicker
        size="small"
        value={value}
        disabled={disabled}
        disabledAlpha={!translucent}
        format="hex"
        onChange={(colour) => onPreview(written(colour.toHexString()))}
        onChangeComplete={(colour) => onChange(written(colour.toHexString()))}
      >
        <button
          type="button"
          className={styles["swatch"]}
          aria-label={`${label} ${value}`}
          disabled={disabled}
        >
          <i style={{ background: value }} />
        </button>
      </ColorPicker>
      <span>{label}</span>
    </div>
  );
};

/** Taken when it is left, or by Enter. */
export const TextField = (props: {
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly mayBeEmpty: boolean;
  readonly maxLength: number;
  readonly disabled: boolean;
  readonly onChange: (value: string) => void;
}) => {
  const { label, value, placeholder, mayBeEmpty, maxLength, disabled, onChange } = props;
  return (
    <Input
      key={value}
      size="small"
      aria-label={label}
      defaultValue={value}
      maxLength={maxLength}
      disabled={disabled}
      {...(placeholder !== undefined && { placeholder })}
      onPressEnter={(event) => event.currentTarget.blur()}
      onBlur={(event) => {
        const written = event.target.value.trim();
        if (written !== value && (written !== "" || mayBeEmpty)) onChange(written);
      }}
    />
  );
};
