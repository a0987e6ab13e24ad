import { pictureLimits } from "../../preload/contract/ipc.ts";
import type { PictureId } from "../../preload/contract/ids.ts";
import { readPictureFormat } from "../../preload/contract/picture-format.ts";
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
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch (cause) {
    return fail("picture.invalid", String(cause));
  }
  // Its head says how large it is: decoding something huge to learn that could take all the memory there is.
  const said = readPictureFormat(bytes);
  if (!said) return fail("picture.invalid", "none of the formats");
  if (Math.max(said.width, said.height) > pictureLimits.sidePx)
    return fail("picture.too_large", `${said.width}x${said.height}`);
  let width: number;
  let height: number;
  try {
    const bitmap = await createImageBitmap(file);
    ({ width, height } = bitmap);
    bitmap.close();
  } catch (cause) {
    return fail("picture.invalid", String(cause));
  }
  const answer = await ask("picture.import", { bytes });
  return answer.ok ? succeed({ ...answer.value, width, height }) : answer;
};
