import { succeed } from "../../../../preload/contract/result.ts";
import { watchTrack } from "../../device-track.ts";
import { openDisplayTrack } from "../../display-track.ts";
import type { SourceKindOpener } from "../../source-kind.ts";

export const screenKind: SourceKindOpener<"screen"> = {
  keyOf: (source) => JSON.stringify([source.captureId, source.displayName]),
  open: async (source, context) => {
    const { captureId, displayName: name } = source;
    const opened = await openDisplayTrack({ kind: "screen", captureId, name }, context);
    if (!opened.ok) return opened;
    const track = opened.value;
    watchTrack(track, context.onEnded, { code: "capture.unknown_source", detail: name });
    return succeed({
      output: { type: "picture", feed: { type: "track", track }, size: null },
      close: () => track.stop(),
    });
  },
};
