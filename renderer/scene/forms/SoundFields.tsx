import { InputNumber, Slider, Switch } from "antd";
import { useWords } from "../../i18n/words.ts";
import { Field } from "../../ui/Field.tsx";

interface Props {
  readonly gainDb: number;
  readonly muted: boolean;
  readonly maxGainDb: number;
  readonly apply: (sound: { gainDb?: number; muted?: boolean }) => void;
  readonly preview: (sound: { gainDb: number }) => void;
}

export const SoundFields = ({ gainDb, muted, maxGainDb, apply, preview }: Props) => {
  const t = useWords();
  return (
    <>
      <Field label={t("mixer.mute")}>
        <Switch checked={muted} onChange={(on) => apply({ muted: on })} />
      </Field>
      <Field label={t("mixer.gain")}>
        <Slider
          min={-60}
          max={maxGainDb}
          value={gainDb}
          tooltip={{ open: false }}
          onChange={(value) => preview({ gainDb: value })}
          onChangeComplete={(value) => apply({ gainDb: value })}
        />
        <InputNumber
          style={{ flex: "none", width: 76 }}
          min={-60}
          max={maxGainDb}
          precision={0}
          value={gainDb}
          suffix="dB"
          onChange={(value) => value !== null && apply({ gainDb: value })}
        />
      </Field>
    </>
  );
};
