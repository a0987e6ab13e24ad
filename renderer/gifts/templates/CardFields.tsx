import { Button, Select } from "antd";
import {
  type AlertCard,
  type AlertLine,
  motionKinds,
} from "../../../preload/contract/alert-template.ts";
import { useWords } from "../../i18n/words.ts";
import { Field } from "../../ui/Field.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import { PlusIcon, TrashIcon } from "../../ui/icons.tsx";
import {
  ColourField,
  NumberField,
  SegmentField,
  SelectField,
  SwitchField,
  TextField,
} from "./fields.tsx";
import styles from "./TemplateEditor.module.css";

interface Props {
  readonly card: AlertCard;
  readonly disabled: boolean;
  readonly onPreview: (card: AlertCard) => void;
  readonly onChange: (card: AlertCard) => void;
}

const percent = (value: number): string => `${Math.round(value * 100)}%`;
const newLine: AlertLine = { text: "{amount}", scale: 0.8, weight: 400, colour: "bright", rows: 1 };
const mostLines = 4;

/** What is where on a card, and its panel. */
export const CardFields = (props: Props & { readonly onChoosePicture: () => void }) => {
  const t = useWords();
  const { card, disabled, onPreview, onChange, onChoosePicture } = props;
  const pictureWords = t(
    card.picture === null ? "template.choosePicture" : "template.otherPicture",
  );
  const number = (key: "corner" | "glow") => ({
    value: card[key],
    disabled,
    onPreview: (value: number) => onPreview({ ...card, [key]: value }),
    onChange: (value: number) => onChange({ ...card, [key]: value }),
  });
  return (
    <>
      <SegmentField
        label={t("template.layout")}
        value={card.layout}
        disabled={disabled}
        options={(["beside", "above"] as const).map((value) => ({
          value,
          label: t(`template.layout.${value}`),
        }))}
        onChange={(layout) => onChange({ ...card, layout })}
      />
      <SegmentField
        label={t("template.gift")}
        value={card.gift}
        disabled={disabled}
        options={(["start", "end", "none"] as const).map((value) => ({
          value,
          label: t(`template.gift.${value}`),
        }))}
        onChange={(gift) => onChange({ ...card, gift })}
      />
      <SwitchField
        label={t("template.avatar")}
        checked={card.avatar}
        disabled={disabled}
        onChange={(avatar) => onChange({ ...card, avatar })}
      />
      <SegmentField
        label={t("template.font")}
        value={card.font}
        disabled={disabled}
        options={(["sans", "serif"] as const).map((value) => ({
          value,
          label: t(`template.font.${value}`),
        }))}
        onChange={(font) => onChange({ ...card, font })}
      />
      <SegmentField
        label={t("template.frame")}
        value={card.frame}
        disabled={disabled}
        options={(["none", "line", "double", "bar"] as const).map((value) => ({
          value,
          label: t(`template.frame.${value}`),
        }))}
        onChange={(frame) => onChange({ ...card, frame })}
      />
      <NumberField
        label={t("template.corner")}
        min={0}
        max={1}
        step={0.01}
        format={percent}
        {...number("corner")}
      />
      <NumberField label={t("template.glow")} min={0} max={40} step={1} {...number("glow")} />
      <Field label={t("template.picture")} hint={t("template.pictureHint")}>
        <Button
          size="small"
          aria-label={pictureWords}
          disabled={disabled}
          onClick={onChoosePicture}
        >
          {pictureWords}
        </Button>
        {card.picture !== null && (
          <IconButton
            label={t("template.removePicture")}
            icon={<TrashIcon />}
            disabled={disabled}
            onClick={() => onChange({ ...card, picture: null })}
          />
        )}
      </Field>
    </>
  );
};

const lineColours = ["bright", "accent", "own"] as const;

/** The lines of a card, from the top down. */
export const LineFields = ({ card, disabled, onPreview, onChange }: Props) => {
  const t = useWords();
  const withLine = (index: number, change: Partial<AlertLine>): AlertCard => ({
    ...card,
    lines: card.lines.map((line, at) => (at === index ? { ...line, ...change } : line)),
  });
  return (
    <>
      {card.lines.map((line, index) => {
        const named = (key: Parameters<typeof t>[0]) => `${t(key)} ${index + 1}`;
        const isOwn = line.colour !== "bright" && line.colour !== "accent";
        return (
          <div key={index} className={styles["line"]}>
            <div className={styles["row"]}>
              <TextField
                label={named("template.line")}
                value={line.text}
                mayBeEmpty={false}
                maxLength={80}
                disabled={disabled}
                onChange={(text) => onChange(withLine(index, { text }))}
              />
              <IconButton
                label={named("template.removeLine")}
                icon={<TrashIcon />}
                disabled={disabled || card.lines.length === 1}
                onClick={() => onChange({ ...card, lines: card.lines.toSpliced(index, 1) })}
              />
            </div>
            <div className={styles["row"]}>
              <Select
                size="small"
                aria-label={named("template.weight")}
                value={line.weight}
                disabled={disabled}
                options={([400, 600, 800] as const).map((value) => ({
                  value,
                  label: t(`template.weight.${value}`),
                }))}
                onChange={(weight) => onChange(withLine(index, { weight }))}
              />
              <Select
                size="small"
                aria-label={named("template.colour")}
                value={isOwn ? "own" : line.colour}
                disabled={disabled}
                options={lineColours.map((value) => ({
                  value,
                  label: t(`template.colour.${value}`),
                }))}
                onChange={(value) =>
                  onChange(withLine(index, { colour: value === "own" ? "#ffffff" : value }))
                }
              />
              <Select
                size="small"
                aria-label={named("template.rows")}
                value={line.rows}
                disabled={disabled}
                options={([1, 2, 3] as const).map((value) => ({
                  value,
                  label: t("template.rowsOf", { count: value }),
                }))}
                onChange={(rows) => onChange(withLine(index, { rows }))}
              />
            </div>
            <NumberField
              label={t("template.lineSize")}
              value={line.scale}
              min={0.4}
              max={2}
              step={0.01}
              format={percent}
              disabled={disabled}
              onPreview={(scale) => onPreview(withLine(index, { scale }))}
              onChange={(scale) => onChange(withLine(index, { scale }))}
            />
            {isOwn && (
              <ColourField
                label={t("template.colour.own")}
                value={line.colour}
                disabled={disabled}
                onPreview={(colour) => onPreview(withLine(index, { colour }))}
                onChange={(colour) => onChange(withLine(index, { colour }))}
              />
            )}
          </div>
        );
      })}
      <Button
        size="small"
        icon={<PlusIcon />}
        disabled={disabled || card.lines.length >= mostLines}
        onClick={() => onChange({ ...card, lines: [...card.lines, newLine] })}
      >
        {t("template.addLine")}
      </Button>
    </>
  );
};

/** How cards come in and go. */
export const MotionFields = ({ card, disabled, onPreview, onChange }: Props) => {
  const t = useWords();
  return (["enter", "exit"] as const).map((part) => (
    <div key={part} className={styles["line"]}>
      <SelectField
        label={t(`template.${part}`)}
        value={card[part].kind}
        disabled={disabled}
        options={motionKinds.map((value) => ({ value, label: t(`template.motion.${value}`) }))}
        onChange={(kind) => onChange({ ...card, [part]: { ...card[part], kind } })}
      />
      <NumberField
        label={t("template.duration")}
        value={card[part].durationMs}
        min={0}
        max={1_000}
        step={20}
        format={(value) => `${(value / 1_000).toFixed(2)} s`}
        disabled={disabled}
        onPreview={(durationMs) => onPreview({ ...card, [part]: { ...card[part], durationMs } })}
        onChange={(durationMs) => onChange({ ...card, [part]: { ...card[part], durationMs } })}
      />
    </div>
  ));
};
