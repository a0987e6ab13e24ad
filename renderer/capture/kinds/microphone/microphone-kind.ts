import { succeed } from "../../../../preload/contract/result.ts";
import { openDeviceTrack, watchTrack } from "../../device-track.ts";
import type { SourceKindOpener } from "../../source-kind.ts";

/**
 * Echo cancellation and automatic gain are made for calls and spoil music and dynamics; nothing is played back here
 * that could echo. Noise suppression stays: fans and keyboards are what a desk microphone hears most.
 */
const processing: MediaTrackConstraints = {
  echoCancellation: false,
  noiseSuppression: true,
  autoGainControl: false,
};

export const microphoneKind: SourceKindOpener<"microphone"> = {
  keyOf: ({ deviceId, label }) => JSON.stringify([deviceId, label]),
  open: async ({ deviceId, label }, context) => {
    const opened = await openDeviceTrack({ kind: "audioinput", deviceId, label }, processing);
    if (!opened.ok) return opened;
    const track = opened.value;
    watchTrack(track, context.onEnded, { code: "capture.device_missing", detail: label });
    return succeed({ output: { type: "sound", track }, close: () => track.stop() });
  },
};
