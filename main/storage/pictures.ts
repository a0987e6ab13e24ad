import { createHash } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { PictureId } from "../../preload/contract/ids.ts";
import { pictureLimits } from "../../preload/contract/ipc.ts";
import { type Result, fail, succeed } from "../../preload/contract/result.ts";
import { readBytesIfPresent, writeFileAtomically } from "./atomic-file.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { readPictureFormat } from "../../preload/contract/picture-format.ts";

export interface StoredPicture {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

/** Pictures by the sha-256 of their bytes; the same picture twice is one file. */
export interface PictureStore {
  add(bytes: Uint8Array): Promise<Result<PictureId>>;
  /** Undefined where there is none, or where its file no longer holds what its name says. */
  read(pictureId: PictureId): Promise<StoredPicture | undefined>;
}

const idOf = (bytes: Uint8Array): PictureId =>
  PictureId.parse(createHash("sha256").update(bytes).digest("hex"));

export const openPictures = async (directory: string): Promise<PictureStore> => {
  await mkdir(directory, { recursive: true });
  const inTurn = oneAtATime();
  const read = async (pictureId: PictureId): Promise<StoredPicture | undefined> => {
    const bytes = await readBytesIfPresent(join(directory, pictureId));
    if (!bytes || idOf(bytes) !== pictureId) return undefined;
    const format = readPictureFormat(bytes);
    return format && { bytes, contentType: format.contentType };
  };
  return {
    read,
    add: (bytes) =>
      inTurn(async () => {
        if (bytes.byteLength > pictureLimits.bytes) return fail("picture.too_large");
        const format = readPictureFormat(bytes);
        if (!format) return fail("picture.invalid");
        if (Math.max(format.width, format.height) > pictureLimits.sidePx)
          return fail("picture.too_large", `${format.width}x${format.height}`);
        const pictureId = idOf(bytes);
        if (await read(pictureId)) return succeed(pictureId);
        try {
          await writeFileAtomically(join(directory, pictureId), bytes);
        } catch (error) {
          return fail("document.write_failed", String(error));
        }
        return succeed(pictureId);
      }),
  };
};
