import { DeviceSelect } from "./DeviceSelect.tsx";
import { SoundFields } from "./SoundFields.tsx";
import { type SourceFormProps, useSourceChange } from "./source-form.ts";

export const MicrophoneForm = ({ source }: SourceFormProps<"microphone">) => {
  const change = useSourceChange(source);
  return (
    <>
      <DeviceSelect
        kind="microphone"
        deviceId={source.deviceId}
        label={source.label}
        onChoose={change.apply}
      />
      <SoundFields
        gainDb={source.gainDb}
        muted={source.muted}
        maxGainDb={20}
        apply={change.apply}
        preview={change.preview}
      />
    </>
  );
};
