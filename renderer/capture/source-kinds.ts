import { drawnKind } from "./drawn-kind.ts";
import { cameraKind } from "./kinds/camera/camera-kind.ts";
import { imageKind } from "./kinds/image/image-kind.ts";
import { microphoneKind } from "./kinds/microphone/microphone-kind.ts";
import { screenKind } from "./kinds/screen/screen-kind.ts";
import { windowKind } from "./kinds/window/window-kind.ts";
import type { SourceKindOpeners } from "./source-kind.ts";

const sizeOfSource = ({ width, height }: { readonly width: number; readonly height: number }) => ({
  width,
  height,
});

/** Every kind of source. */
export const sourceKinds: SourceKindOpeners = {
  screen: screenKind,
  window: windowKind,
  camera: cameraKind,
  microphone: microphoneKind,
  image: imageKind,
  /** Its size is known when its words have been set. */
  text: drawnKind<"text">(() => null),
  colour: drawnKind<"colour">(sizeOfSource),
  testPattern: drawnKind<"testPattern">(sizeOfSource),
  alerts: drawnKind<"alerts">(sizeOfSource),
  scene: drawnKind<"scene">(sizeOfSource),
};
