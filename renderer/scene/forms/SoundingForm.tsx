import { SizeFields } from "./SizeFields.tsx";
import { SoundFields } from "./SoundFields.tsx";
import { type SourceFormProps, useSourceChange } from "./source-form.ts";

/** The test pattern and the alerts: pictures of a chosen size with a sound of their own. */
export const SoundingForm = ({ source }: SourceFormProps<"testPattern" | "alerts">) => {
  const change = useSourceChange(source);
  return (
    <>
      <SoundFields
        gainDb={source.gainDb}
        muted={source.muted}
        maxGainDb={0}
        apply={change.apply}
        preview={change.preview}
      />
      <SizeFields width={source.width} height={source.height} onChange={change.apply} />
    </>
  );
};
