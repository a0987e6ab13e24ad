import type { AlertTemplate } from "../../../preload/contract/alert-template.ts";
import type { PictureId } from "../../../preload/contract/ids.ts";
import { fail, type Result, succeed } from "../../../preload/contract/result.ts";
import { type PackSource, picturesOf, readPack } from "./template-pack.ts";

/** The pictures of these templates, from where main keeps them. */
export const fetchPictures = async (
  templates: readonly AlertTemplate[],
  readPicture: (pictureId: PictureId) => Promise<Uint8Array<ArrayBuffer> | undefined>,
): Promise<Result<ReadonlyMap<PictureId, Uint8Array<ArrayBuffer>>>> => {
  const pictures = new Map<PictureId, Uint8Array<ArrayBuffer>>();
  for (const pictureId of picturesOf(templates)) {
    const bytes = await readPicture(pictureId);
    if (!bytes) return fail("picture.missing", pictureId);
    pictures.set(pictureId, bytes);
  }
  return succeed(pictures);
};

/** Reads a pack and has main keep its pictures, which looks at them once more; answers its templates. */
export const importPack = async (
  source: PackSource,
  keep: (bytes: Uint8Array<ArrayBuffer>) => Promise<Result<{ readonly pictureId: PictureId }>>,
): Promise<Result<readonly AlertTemplate[]>> => {
  const pack = await readPack(source);
  if (!pack.ok) return pack;
  for (const [pictureId, bytes] of pack.value.pictures) {
    const kept = await keep(bytes);
    if (!kept.ok) return kept;
    if (kept.value.pictureId !== pictureId) return fail("pack.file_damaged", pictureId);
  }
  return succeed(pack.value.templates);
};
