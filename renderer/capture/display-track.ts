import type { CaptureSource } from "../../preload/contract/ipc.ts";
import { fail, type Result, succeed } from "../../preload/contract/result.ts";
import { failureOfMediaError } from "./media-failure.ts";
import type { OpenContext } from "./source-kind.ts";

/** A screen or window as the document remembers it. */
export interface DisplayWish {
  readonly kind: CaptureSource["kind"];
  readonly captureId: string;
  readonly name: string;
}

/** Main's grant is for the next getDisplayMedia of this window: one choice and its capture at a time. */
let turn: Promise<unknown> = Promise.resolve();
const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
  const result = turn.then(task);
  // The next in turn does not care how this one ended; its own caller sees it.
  turn = result.catch(() => undefined);
  return result;
};

/**
 * The id to capture: the remembered one while it exists, else the one that has the remembered name,
 * else the only screen there is. Undefined where it cannot be told.
 */
export const findCapture = (
  wish: DisplayWish,
  listed: readonly CaptureSource[],
): string | undefined => {
  const ofKind = listed.filter(({ kind }) => kind === wish.kind);
  const same = ofKind.find(({ captureId }) => captureId === wish.captureId);
  const named = ofKind.find(({ name }) => name === wish.name);
  const only = wish.kind === "screen" && ofKind.length === 1 ? ofKind[0] : undefined;
  return (same ?? named ?? only)?.captureId;
};

/** Not in lib.dom: https://w3c.github.io/mediacapture-screen-share/#dom-displaymediastreamoptions */
interface DisplayOptions extends DisplayMediaStreamOptions {
  readonly monitorTypeSurfaces: "include" | "exclude";
}

export const openDisplayTrack = (
  wish: DisplayWish,
  context: OpenContext,
): Promise<Result<MediaStreamTrack>> =>
  inTurn(async () => {
    const listed = await context.request("capture.list", { thumbnails: false });
    if (!listed.ok) return listed;
    const captureId = findCapture(wish, listed.value);
    if (captureId === undefined) return fail("capture.unknown_source", wish.name);
    const chosen = await context.request("capture.choose", { captureId });
    if (!chosen.ok) return chosen;
    let track: MediaStreamTrack | undefined;
    try {
      const options: DisplayOptions = {
        video: { frameRate: { max: context.fps } },
        audio: false,
        monitorTypeSurfaces: wish.kind === "window" ? "exclude" : "include",
      };
      const stream = await navigator.mediaDevices.getDisplayMedia(options);
      track = stream.getVideoTracks()[0];
    } catch (error) {
      return { ok: false, error: failureOfMediaError(error) };
    }
    if (!track) return fail("capture.failed", "a stream without a picture");
    // Never show another thing than the one that was chosen.
    const { displaySurface } = track.getSettings();
    const expected = wish.kind === "window" ? "window" : "monitor";
    if (displaySurface !== undefined && displaySurface !== expected) {
      track.stop();
      return fail("capture.failed", `asked for a ${expected}, got a ${displaySurface}`);
    }
    return succeed(track);
  });
