import { pictureLimits } from "../../../preload/contract/ipc.ts";
import type { PictureId } from "../../../preload/contract/ids.ts";
import { readPictureFormat } from "../../../preload/contract/picture-format.ts";
import type { Failure } from "../../../preload/contract/result.ts";
import type { request } from "../../bridge.ts";
import { lutOfPicture, type LutPixels, stripOf } from "../../compositor/filters/lut/lut-picture.ts";
import {
  type LutFault,
  type ParsedLut,
  parseCube,
} from "../../compositor/filters/lut/parse-cube.ts";

/** Text of more is no LUT of ours: 64 steps take 8 MB. */
const mostTextBytes = 32 * 1024 * 1024;

export type ImportedLut =
  | { readonly ok: true; readonly pictureId: PictureId }
  | { readonly ok: false; readonly fault: LutFault }
  | { readonly ok: false; readonly failure: Failure };

const readPixels = async (file: Blob): Promise<LutPixels | undefined> => {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file, {
      premultiplyAlpha: "none",
      colorSpaceConversion: "none",
    });
  } catch {
    return undefined;
  }
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext("2d");
  context?.drawImage(bitmap, 0, 0);
  bitmap.close();
  return context
    ? { width, height, data: context.getImageData(0, 0, width, height).data }
    : undefined;
};

const read = async (file: File): Promise<ParsedLut> => {
  if (file.size > mostTextBytes) return { ok: false, fault: { reason: "tooLarge" } };
  const bytes = new Uint8Array(await file.arrayBuffer());
  const format = readPictureFormat(bytes);
  if (!format) return parseCube(new TextDecoder().decode(bytes));
  if (Math.max(format.width, format.height) > pictureLimits.sidePx)
    return { ok: false, fault: { reason: "pictureSize" } };
  const pixels = await readPixels(file);
  return pixels ? lutOfPicture(pixels) : { ok: false, fault: { reason: "unreadable" } };
};

/** Reads a `.cube` file or a picture of a LUT, and hands it to main to keep, as a picture of its slices. */
export const importLut = async (file: File, ask: typeof request): Promise<ImportedLut> => {
  const parsed = await read(file);
  if (!parsed.ok) return parsed;
  const { width, height, data } = stripOf(parsed.lut);
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext("2d")?.putImageData(new ImageData(data, width, height), 0, 0);
  const blob = await canvas.convertToBlob({ type: "image/png" });
  const answer = await ask("picture.import", { bytes: new Uint8Array(await blob.arrayBuffer()) });
  return answer.ok
    ? { ok: true, pictureId: answer.value.pictureId }
    : { ok: false, failure: answer.error };
};
