import { pictureLimits } from "../../preload/contract/ipc.ts";
import type { PictureId } from "../../preload/contract/ids.ts";
import { fail, type Result, succeed } from "../../preload/contract/result.ts";
import type { request } from "../bridge.ts";

interface ImportedPicture {
  readonly pictureId: PictureId;
  readonly width: number;
  readonly height: number;
}

/** Checks that a file is a picture this window can show, and hands it to main to keep. */
export const importPicture = async (
  file: File,
  ask: typeof request,
): Promise<Result<ImportedPicture>> => {
  if (file.size > pictureLimits.bytes) return fail("picture.too_large", `${file.size} bytes`);
  let width: number;
  let height: number;
  try {
    const bitmap = await createImageBitmap(file);
    ({ width, height } = bitmap);
    bitmap.close();
  } catch (cause) {
    return fail("picture.invalid", String(cause));
  }
  if (Math.max(width, height) > pictureLimits.sidePx)
    return fail("picture.too_large", `${width}x${height}`);
  const answer = await ask("picture.import", { bytes: new Uint8Array(await file.arrayBuffer()) });
  return answer.ok ? succeed({ ...answer.value, width, height }) : answer;
};
