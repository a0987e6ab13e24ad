import type { Failure, Result } from "../../../preload/contract/result.ts";
import type { Picture } from "../../compositor/picture.ts";

/** Something to be heard at a time of the animation. */
export interface SoundCue {
  /** From the animation's beginning. */
  readonly atMs: number;
  /** At most so long. */
  readonly lengthMs: number;
  /** Of the sound within its own file. */
  readonly offsetMs: number;
  /** A whole sound file, as `decodeAudioData` takes it. */
  readonly sound: Uint8Array<ArrayBuffer>;
}

/** Whom an animation with places for it names. */
export interface AlertSender {
  /** The same for the same name and picture, another for others. */
  readonly id: string;
  readonly name: string;
  /** Borrowed: whoever made it closes it, after the alert. */
  readonly avatar: ImageBitmap | null;
}

/** A gift's animation, opened from its file. Lives in the compositor worker; may be shown in several places at once. */
export interface AlertAnimation {
  /** Of its pictures, in pixels. */
  readonly width: number;
  readonly height: number;
  /** One pass, `limits.longestMs` at most; 0 for a still picture. */
  readonly passMs: number;
  /** All passes that the file asks for, `limits.longestMs` at most (endless ones are cut there); 0 for a still picture. */
  readonly durationMs: number;
  /** By their times, of the first pass. */
  readonly cues: readonly SoundCue[];
  /** What it holds at most, the file included. */
  readonly maxBytes: number;
  /** Why it cannot be shown any more: a later part of the file has turned out broken. */
  readonly failure: Failure | undefined;
  /**
   * The picture at a time from its beginning; the same time and sender always give the same pixels under the same id
   * and version. Undefined while that picture is not decoded yet: show the one before. Decodes on from there.
   * Before the beginning it is the first picture, after `durationMs` the last.
   */
  frameAt(tMs: number, sender?: AlertSender): Picture | undefined;
  /** Decodes the picture of that time and some after it. Has failed where it cannot be decoded, or after `close`. */
  prepare(tMs: number): Promise<Result<void>>;
  close(): void;
}

/** The time within the pass. Falls into the last pass's end from `durationMs` on. */
export const timeInPass = (
  tMs: number,
  { passMs, durationMs }: Pick<AlertAnimation, "passMs" | "durationMs">,
): number => {
  if (passMs <= 0 || !(tMs > 0)) return 0;
  if (tMs < durationMs) return tMs % passMs;
  const rest = durationMs % passMs;
  return rest === 0 ? passMs : rest;
};

/** Which frame is shown at a time: `times` has when each begins, and the end of the last. */
export const indexAt = (times: readonly number[], time: number): number => {
  let low = 0;
  let high = times.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((times[middle] ?? 0) <= time) low = middle;
    else high = middle - 1;
  }
  return low;
};
