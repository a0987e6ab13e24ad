import { Select } from "antd";
import { useWords } from "../../i18n/words.ts";
import { Field } from "../../ui/Field.tsx";
import { DeviceSelect } from "./DeviceSelect.tsx";
import { type SourceFormProps, useSourceChange } from "./source-form.ts";

const sizes = [
  [640, 360],
  [640, 480],
  [1280, 720],
  [1920, 1080],
] as const;
const rates = [15, 24, 30, 60] as const;

export const CameraForm = ({ source }: SourceFormProps<"camera">) => {
  const t = useWords();
  const change = useSourceChange(source);
  return (
    <>
      <DeviceSelect
        kind="camera"
        deviceId={source.deviceId}
        label={source.label}
        onChoose={change.apply}
      />
      <Field label={t("source.resolution")} hint={t("source.cameraHint")}>
        <Select
          value={`${source.width}x${source.height}`}
          options={sizes.map(([width, height]) => ({
            value: `${width}x${height}`,
            label: `${width} × ${height}`,
          }))}
          onChange={(value) => {
            const size = sizes.find(([width, height]) => value === `${width}x${height}`);
            if (size) change.apply({ width: size[0], height: size[1] });
          }}
        />
      </Field>
      <Field label={t("source.frameRate")}>
        <Select
          value={source.fps}
          options={rates.map((fps) => ({ value: fps, label: `${fps} fps` }))}
          onChange={(fps) => change.apply({ fps })}
        />
      </Field>
    </>
  );
};
