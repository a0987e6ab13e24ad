import type { ComponentType } from "react";
import type { SourceKind } from "../../preload/contract/scene.ts";
import {
  CameraIcon,
  ColourIcon,
  GiftIcon,
  ImageIcon,
  LayersIcon,
  MicrophoneIcon,
  ScreenIcon,
  TestPatternIcon,
  TextIcon,
  WindowIcon,
} from "../ui/icons.tsx";

export const sourceIcons: Readonly<Record<SourceKind, ComponentType<{ size?: number }>>> = {
  screen: ScreenIcon,
  window: WindowIcon,
  camera: CameraIcon,
  microphone: MicrophoneIcon,
  image: ImageIcon,
  text: TextIcon,
  colour: ColourIcon,
  testPattern: TestPatternIcon,
  alerts: GiftIcon,
  scene: LayersIcon,
};
