import { strToU8, type Zippable, zipSync } from "fflate";
import { z } from "zod";
import { AlertTemplate, mostTemplates } from "../../../preload/contract/alert-template.ts";
import { PictureId } from "../../../preload/contract/ids.ts";
import { pictureLimits } from "../../../preload/contract/ipc.ts";
import { readPictureFormat } from "../../../preload/contract/picture-format.ts";
import { fail, type Failure, type Result, succeed } from "../../../preload/contract/result.ts";
import { readZip, unzip } from "../players/lottie/unzip.ts";

/** Templates with the pictures that their cards have. */
interface TemplatePack {
  readonly templates: readonly AlertTemplate[];
  readonly pictures: ReadonlyMap<PictureId, Uint8Array<ArrayBuffer>>;
}

export const packLimits = {
  bytes: 128 * 1024 * 1024,
  manifestBytes: 2 * 1024 * 1024,
  files: 200,
} as const;

const format = "anchor-studio-alerts";
const manifestName = "manifest.json";
const version = 1;

/** A file beside the manifest or in one folder there; never used as a path. */
const PackFile = z
  .string()
  .regex(/^([\p{L}\p{N}_-][\p{L}\p{N} ._-]{0,79}\/)?[\p{L}\p{N}_-][\p{L}\p{N} ._-]{0,79}$/u);
const Header = z.object({ format: z.literal(format), version: z.int().min(1) });
const Manifest = Header.extend({
  version: z.literal(version),
  templates: z.array(AlertTemplate).min(1).max(mostTemplates),
  pictures: z
    .array(z.object({ file: PackFile, sha256: PictureId, bytes: z.int().positive() }))
    .max(packLimits.files),
});

/** What a pack's files are read from: an archive, or a folder that was chosen. */
export interface PackSource {
  /** By their paths, with `/`. */
  readonly names: readonly string[];
  /** At most `mostBytes`, which is found out before all of a file is in memory. */
  read(name: string, mostBytes: number): Promise<Result<Uint8Array<ArrayBuffer>>>;
}

/** Every picture that a template's cards have. */
export const picturesOf = (templates: readonly AlertTemplate[]): ReadonlySet<PictureId> =>
  new Set(
    templates.flatMap(({ banner, spotlight }) =>
      [banner.picture, spotlight.picture].filter((pictureId) => pictureId !== null),
    ),
  );

const extensionOf = (bytes: Uint8Array): string =>
  readPictureFormat(bytes)?.contentType.slice("image/".length) ?? "picture";

/** A folder of this name with the manifest and the pictures, as a ZIP archive. */
export const packTemplates = (
  name: string,
  { templates, pictures }: TemplatePack,
): Result<Uint8Array<ArrayBuffer>> => {
  const total = [...pictures.values()].reduce((sum, bytes) => sum + bytes.length, 0);
  if (total > packLimits.bytes - packLimits.manifestBytes || pictures.size > packLimits.files)
    return fail("pack.file_too_large", `${pictures.size} pictures of ${total} bytes`);
  const files = [...pictures].map(([sha256, bytes]) => ({
    file: `pictures/${sha256.slice(0, 16)}.${extensionOf(bytes)}`,
    sha256,
    bytes,
  }));
  const manifest: z.infer<typeof Manifest> = {
    format,
    version,
    templates: [...templates],
    pictures: files.map(({ file, sha256, bytes }) => ({ file, sha256, bytes: bytes.length })),
  };
  const inFolder: Zippable = {
    [`${name}/${manifestName}`]: [strToU8(JSON.stringify(manifest, null, 2)), { level: 6 }],
  };
  // Pictures are compressed already.
  for (const { file, bytes } of files) inFolder[`${name}/${file}`] = [bytes, { level: 0 }];
  return succeed(new Uint8Array(zipSync(inFolder)));
};

/** The words of archives, as those of packs. */
const failureOf = ({ code, detail }: Failure): Result<never> =>
  fail(
    code === "alert.file_too_large" || code === "pack.file_too_large"
      ? "pack.file_too_large"
      : "pack.file_invalid",
    detail,
  );

export const openPackArchive = (bytes: Uint8Array<ArrayBuffer>): Result<PackSource> => {
  if (bytes.length > packLimits.bytes) return fail("pack.file_too_large", `${bytes.length} bytes`);
  const entries = readZip(bytes);
  if (!entries.ok) return failureOf(entries.error);
  return succeed({
    names: [...entries.value.keys()],
    read: (name, mostBytes) => unzip(entries.value, name, mostBytes),
  });
};

/** The files of a folder, each with its path in it. */
export const openPackFolder = (files: readonly File[]): PackSource => {
  const byName = new Map(files.map((file) => [file.webkitRelativePath || file.name, file]));
  return {
    names: [...byName.keys()],
    read: async (name, mostBytes) => {
      const file = byName.get(name);
      if (!file) return fail("pack.file_missing", name);
      if (file.size > mostBytes) return fail("pack.file_too_large", `${name}: ${file.size} bytes`);
      try {
        return succeed(new Uint8Array(await file.arrayBuffer()));
      } catch (error) {
        return fail("pack.file_invalid", `${name}: ${String(error)}`);
      }
    },
  };
};

const hexOf = (bytes: ArrayBuffer): string =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

const readManifest = (bytes: Uint8Array): Result<z.infer<typeof Manifest>> => {
  let content: unknown;
  try {
    content = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    return fail("pack.file_invalid", String(error));
  }
  const header = Header.safeParse(content);
  if (!header.success) return fail("pack.file_invalid", z.prettifyError(header.error));
  if (header.data.version > version)
    return fail("pack.file_newer", `version ${header.data.version}`);
  const manifest = Manifest.safeParse(content);
  return manifest.success
    ? succeed(manifest.data)
    : fail("pack.file_invalid", z.prettifyError(manifest.error));
};

/**
 * Reads what anybody may have made. The manifest lies at the top or in the one folder there; only files that it lists are
 * read, under a running bound, and each must be a picture and the one that its sha-256 says. What else lies there is not looked at.
 */
export const readPack = async (source: PackSource): Promise<Result<TemplatePack>> => {
  const [found, ...others] = source.names.filter((name) => /^([^/]+\/)?manifest\.json$/.test(name));
  if (found === undefined || others.length > 0)
    return fail("pack.file_invalid", `${others.length + (found ? 1 : 0)} manifests`);
  const text = await source.read(found, packLimits.manifestBytes);
  if (!text.ok) return failureOf(text.error);
  const manifest = readManifest(text.value);
  if (!manifest.ok) return manifest;
  const { templates, pictures: listed } = manifest.value;
  const root = found.slice(0, -manifestName.length);
  const names = new Set(source.names);
  const wanted = picturesOf(templates);
  const pictures = new Map<PictureId, Uint8Array<ArrayBuffer>>();
  let left: number = packLimits.bytes;
  for (const { file, sha256, bytes } of listed) {
    if (!wanted.has(sha256)) continue;
    if (!names.has(root + file)) return fail("pack.file_missing", file);
    const most = Math.min(left, pictureLimits.bytes, bytes);
    const picture = await source.read(root + file, most);
    if (!picture.ok) return failureOf(picture.error);
    left -= picture.value.length;
    const digest = hexOf(await crypto.subtle.digest("SHA-256", picture.value));
    if (digest !== sha256) return fail("pack.file_damaged", file);
    if (!readPictureFormat(picture.value)) return fail("picture.invalid", file);
    pictures.set(sha256, picture.value);
  }
  const lacking = [...wanted].find((pictureId) => !pictures.has(pictureId));
  return lacking === undefined
    ? succeed({ templates, pictures })
    : fail("pack.file_missing", lacking);
};
