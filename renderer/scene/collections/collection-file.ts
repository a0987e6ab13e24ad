import { strToU8, Zip, ZipDeflate, ZipPassThrough } from "fflate";
import { z } from "zod";
import { type PictureId, PictureId as PictureIdSchema } from "../../../preload/contract/ids.ts";
import { pictureLimits } from "../../../preload/contract/ipc.ts";
import { fail, type Failure, type Result, succeed } from "../../../preload/contract/result.ts";
import { SceneDocument } from "../../../preload/contract/scene.ts";
import { readZip, unzip } from "../../gifts/players/lottie/unzip.ts";

/** A scene collection with the pictures that it shows, as one file: a ZIP archive of `collection.json` and `pictures/<id>`. */
export interface CollectionFile {
  readonly name: string;
  readonly document: SceneDocument;
  readonly pictures: ReadonlyMap<PictureId, Uint8Array<ArrayBuffer>>;
}

export const collectionFileLimits = {
  bytes: 512 * 1024 * 1024,
  /** Of what the collection itself is, without its pictures. */
  documentBytes: 32 * 1024 * 1024,
  /** More files than this and one no archive of ours is read with. */
  pictures: 1_000,
} as const;

const format = "anchor-studio-collection";
const documentName = "collection.json";
const pictureNameOf = (pictureId: PictureId): string => `pictures/${pictureId}`;

const Header = z.object({ format: z.literal(format), version: z.int().min(1) });
const Content = Header.extend({
  version: z.literal(1),
  name: z.string().max(100),
  document: SceneDocument,
});

/** Every picture that anything in a document shows. */
export const picturesOf = (document: SceneDocument): ReadonlySet<PictureId> => {
  const found = new Set<PictureId>();
  const look = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      const pictureId = key === "pictureId" ? PictureIdSchema.safeParse(inner) : undefined;
      if (pictureId?.success) found.add(pictureId.data);
      else look(inner);
    }
  };
  look(document);
  return found;
};

/** Packing a few hundred megabytes takes seconds: other things of the window have their turn after each slice. */
const sliceMs = 8;
const sliceBytes = 256 * 1024;

const untilNextTurn = (): Promise<void> => new Promise((done) => setTimeout(done));

export const packCollection = async ({
  name,
  document,
  pictures,
}: CollectionFile): Promise<Result<Blob>> => {
  const total = [...pictures.values()].reduce((sum, bytes) => sum + bytes.length, 0);
  if (
    total > collectionFileLimits.bytes - collectionFileLimits.documentBytes ||
    pictures.size > collectionFileLimits.pictures
  )
    return fail("collection.file_too_large", `${pictures.size} pictures of ${total} bytes`);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const zip = new Zip((error, part) => {
    if (error) throw error;
    parts.push(part);
  });
  let endMs = performance.now() + sliceMs;
  const pack = async (file: ZipDeflate | ZipPassThrough, bytes: Uint8Array): Promise<void> => {
    zip.add(file);
    for (let at = 0; at < bytes.length; at += sliceBytes) {
      file.push(bytes.subarray(at, at + sliceBytes));
      if (performance.now() < endMs) continue;
      await untilNextTurn();
      endMs = performance.now() + sliceMs;
    }
    file.push(new Uint8Array(), true);
  };
  const content = strToU8(JSON.stringify({ format, version: 1, name, document }));
  await pack(new ZipDeflate(documentName, { level: 6 }), content);
  // Pictures are compressed already.
  for (const [id, bytes] of pictures) await pack(new ZipPassThrough(pictureNameOf(id)), bytes);
  zip.end();
  return succeed(new Blob(parts, { type: "application/zip" }));
};

/** The words of archives, as those of this file. */
const failureOf = ({ code, detail }: Failure): Result<never> =>
  fail(
    code === "alert.file_too_large" ? "collection.file_too_large" : "collection.file_invalid",
    detail,
  );

/** Reads a file that anybody may have made. Names in it are never used as paths. */
export const unpackCollection = async (file: Blob): Promise<Result<CollectionFile>> => {
  if (file.size > collectionFileLimits.bytes)
    return fail("collection.file_too_large", `${file.size} bytes`);
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    return fail("collection.file_invalid", String(error));
  }
  const entries = readZip(bytes);
  if (!entries.ok) return failureOf(entries.error);
  const text = await unzip(entries.value, documentName, collectionFileLimits.documentBytes);
  if (!text.ok) return failureOf(text.error);
  let content: unknown;
  try {
    content = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(text.value));
  } catch (error) {
    return fail("collection.file_invalid", String(error));
  }
  const header = Header.safeParse(content);
  if (!header.success) return fail("collection.file_invalid", z.prettifyError(header.error));
  if (header.data.version > 1)
    return fail("collection.file_newer", `version ${header.data.version}`);
  const parsed = Content.safeParse(content);
  if (!parsed.success) return fail("collection.file_invalid", z.prettifyError(parsed.error));
  const { name, document } = parsed.data;
  const pictures = new Map<PictureId, Uint8Array<ArrayBuffer>>();
  for (const pictureId of picturesOf(document)) {
    if (!entries.value.has(pictureNameOf(pictureId))) return fail("picture.missing", pictureId);
    const picture = await unzip(entries.value, pictureNameOf(pictureId), pictureLimits.bytes);
    if (!picture.ok) return failureOf(picture.error);
    pictures.set(pictureId, picture.value);
  }
  return succeed({ name, document, pictures });
};
