import type { SourceKind } from "../../preload/contract/scene.ts";
import type { SourceFlow } from "../compositor/protocol.ts";

/** What is wrong with the pictures of a source that is open. */
export type PictureFault = "frozen" | "black";

/** `late` and `black`: reports in a row, one a second. */
export interface PictureHealth {
  readonly late: number;
  readonly black: number;
  readonly fault: PictureFault | null;
}

export const healthy: PictureHealth = { late: 0, black: 0, fault: null };

const lateMs = 3_000;
/** Some cameras take their time with the first picture. */
const firstMs = 8_000;
/** A worker that was busy itself is late once, not twice. */
const lateReports = 2;
/** Bright parts of a covered lens are below this, those of a dim room above. */
const blackLuma = 20;
const blackReports = 4;

/**
 * What one more report says. A camera sends frames all the time; screens and windows send them only when something
 * has changed, so they are never frozen. A black screen may be wanted.
 */
export const judgePicture = (
  before: PictureHealth,
  kind: SourceKind,
  { lastFrameAgeMs, brightness }: Pick<SourceFlow, "lastFrameAgeMs" | "brightness">,
): PictureHealth => {
  const isLate = kind === "camera" && lastFrameAgeMs >= (brightness === null ? firstMs : lateMs);
  const isBlack =
    (kind === "camera" || kind === "window") && brightness !== null && brightness < blackLuma;
  const late = isLate ? before.late + 1 : 0;
  const black = isBlack ? before.black + 1 : 0;
  const fault = late >= lateReports ? "frozen" : black >= blackReports ? "black" : null;
  return { late, black, fault };
};
