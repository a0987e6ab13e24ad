import { fail, succeed } from "../../../../preload/contract/result.ts";
import type { SourceKindOpener } from "../../source-kind.ts";

/** Larger pictures are kept scaled down to this many pixels: no canvas shows more. */
const maxPixels = 4_096 * 4_096;

export const imageKind: SourceKindOpener<"image"> = {
  keyOf: ({ pictureId, width, height }) => JSON.stringify([pictureId, width, height]),
  open: async ({ pictureId, width, height }) => {
    let blob: Blob;
    try {
      const answer = await fetch(`pictures/${pictureId}`);
      if (!answer.ok) return fail("picture.missing", `status ${answer.status}`);
      blob = await answer.blob();
    } catch (error) {
      return fail("picture.missing", String(error));
    }
    const shrink = Math.min(1, Math.sqrt(maxPixels / (width * height)));
    const makeBitmap = () =>
      createImageBitmap(
        blob,
        shrink < 1
          ? {
              resizeWidth: Math.max(1, Math.round(width * shrink)),
              resizeHeight: Math.max(1, Math.round(height * shrink)),
              resizeQuality: "high",
            }
          : {},
      );
    try {
      // Decoded once here to know that it can be: the compositor makes its own.
      (await makeBitmap()).close();
    } catch (error) {
      return fail("picture.invalid", String(error));
    }
    return succeed({
      output: { type: "picture", feed: { type: "image", makeBitmap }, size: { width, height } },
      close: () => undefined,
    });
  },
};
