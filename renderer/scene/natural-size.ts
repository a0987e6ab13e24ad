import type { Size } from "../../preload/contract/geometry.ts";
import type { Source } from "../../preload/contract/scene.ts";
import type { SourceStatus } from "../session/state.ts";

/** The size of a source's picture in its own pixels; null while it is unknown or where there is no picture. */
export const naturalSize = (source: Source, status: SourceStatus | undefined): Size | null => {
  switch (source.kind) {
    case "image":
    case "colour":
    case "testPattern":
    case "alerts":
    case "scene":
      return { width: source.width, height: source.height };
    case "screen":
    case "window":
    case "camera":
    case "text":
      return status?.state === "running" ? status.size : null;
    case "microphone":
      return null;
    default:
      return source satisfies never;
  }
};
