import type { Source } from "../../../preload/contract/scene.ts";
import { CameraForm } from "./CameraForm.tsx";
import { CaptureForm } from "./CaptureForm.tsx";
import { ColourForm } from "./ColourForm.tsx";
import { ImageForm } from "./ImageForm.tsx";
import { MicrophoneForm } from "./MicrophoneForm.tsx";
import { SceneForm } from "./SceneForm.tsx";
import { SoundingForm } from "./SoundingForm.tsx";
import { TextForm } from "./TextForm.tsx";

/** The properties of a source, by its kind. */
export const SourceForm = ({ source }: { readonly source: Source }) => {
  switch (source.kind) {
    case "screen":
    case "window":
      return <CaptureForm source={source} />;
    case "camera":
      return <CameraForm source={source} />;
    case "microphone":
      return <MicrophoneForm source={source} />;
    case "image":
      return <ImageForm source={source} />;
    case "text":
      return <TextForm source={source} />;
    case "colour":
      return <ColourForm source={source} />;
    case "testPattern":
    case "alerts":
      return <SoundingForm source={source} />;
    case "scene":
      return <SceneForm source={source} />;
    default:
      return source satisfies never;
  }
};
