import type { CaptureSource } from "../../preload/contract/ipc.ts";

/** The part of Electron's DesktopCapturerSource that is used here. */
export interface DesktopSource {
  readonly id: string;
  readonly name: string;
  readonly thumbnail: { isEmpty(): boolean; toDataURL(): string };
}

/** Electron's `desktopCapturer.getSources`. */
export type GetDesktopSources = (options: {
  types: ("screen" | "window")[];
  thumbnailSize: { width: number; height: number };
}) => Promise<readonly DesktopSource[]>;

const thumbnailSize = { width: 320, height: 180 };
const most = 500;

/**
 * Our own windows: `window:XX:1` (structures/desktop-capturer-source). The studio in its own programme is an endless
 * corridor of studios.
 */
const isOwnWindow = (id: string): boolean => /^window:.*:1$/.test(id);

/** The screens and windows that can be captured; with a size of 0 no thumbnails are made (desktop-capturer). */
export const listCaptureSources = async (
  getSources: GetDesktopSources,
  thumbnails: boolean,
): Promise<CaptureSource[]> => {
  const sources = await getSources({
    types: ["screen", "window"],
    thumbnailSize: thumbnails ? thumbnailSize : { width: 0, height: 0 },
  });
  return sources
    .filter(({ id }) => id.length <= 200 && !isOwnWindow(id))
    .slice(0, most)
    .map(({ id, name, thumbnail }) => ({
      captureId: id,
      kind: id.startsWith("screen:") ? "screen" : "window",
      name: name.slice(0, 500),
      thumbnail: thumbnails && !thumbnail.isEmpty() ? thumbnail.toDataURL() : "",
    }));
};
