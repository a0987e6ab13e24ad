import { succeed } from "../../../../preload/contract/result.ts";
import { openDeviceTrack, watchTrack } from "../../device-track.ts";
import type { SourceKindOpener } from "../../source-kind.ts";

export const cameraKind: SourceKindOpener<"camera"> = {
  keyOf: ({ deviceId, label, width, height, fps }) =>
    JSON.stringify([deviceId, label, width, height, fps]),
  open: async ({ deviceId, label, width, height, fps }, context) => {
    const opened = await openDeviceTrack(
      { kind: "videoinput", deviceId, label },
      { width: { ideal: width }, height: { ideal: height }, frameRate: { ideal: fps } },
    );
    if (!opened.ok) return opened;
    const track = opened.value;
    watchTrack(track, context.onEnded, { code: "capture.device_missing", detail: label });
    return succeed({
      output: { type: "picture", feed: { type: "track", track }, size: null },
      close: () => track.stop(),
    });
  },
};
