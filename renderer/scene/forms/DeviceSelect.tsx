import { Select } from "antd";
import { useStore } from "zustand";
import { useWords } from "../../i18n/words.ts";
import { useStudio } from "../../studio/studio-context.ts";
import { Field } from "../../ui/Field.tsx";

interface Props {
  readonly kind: "camera" | "microphone";
  readonly deviceId: string;
  readonly label: string;
  readonly onChoose: (device: { deviceId: string; label: string }) => void;
}

/** Follows devices that come and go; one that is chosen but gone stays in the list and says so. */
export const DeviceSelect = ({ kind, deviceId, label, onChoose }: Props) => {
  const t = useWords();
  const devices = useStore(useStudio().engine.devices);
  const found = kind === "camera" ? devices.cameras : devices.microphones;
  const options = found.map((device, index) => ({
    value: device.deviceId,
    label: device.label || t(`source.unnamed.${kind}`, { number: index + 1 }),
  }));
  const present = found.some((device) => device.deviceId === deviceId);
  if (!present) options.push({ value: deviceId, label: t("source.deviceGone", { label }) });
  return (
    <Field
      label={t("source.device")}
      hint={found.length === 0 ? t(`source.none.${kind}`) : undefined}
    >
      <Select
        value={deviceId}
        options={options}
        onChange={(value) => {
          const chosen = options.find((option) => option.value === value);
          if (chosen) onChoose({ deviceId: value, label: chosen.label });
        }}
      />
    </Field>
  );
};
