import { z } from "zod";
import { fail, type Result } from "../../../../preload/contract/result.ts";
import { limits } from "../limits.ts";
import { type LottieDocument, readLottie } from "./lottie-document.ts";
import { readZip, unzip, type ZipEntries } from "./unzip.ts";

/** Of either version of dotLottie: https://dotlottie.io/spec/ */
const Manifest = z.object({
  animations: z
    .array(z.object({ id: z.string().max(256) }))
    .min(1)
    .max(limits.parts),
  activeAnimationId: z.string().optional(),
  initial: z.object({ animation: z.string().optional() }).optional(),
});

const mainAnimation = (bytes: Uint8Array): string | undefined => {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  const { data } = Manifest.safeParse(json);
  return data?.initial?.animation ?? data?.activeAnimationId ?? data?.animations[0]?.id;
};

/** The first of the folders that has the file: version 2's and version 1's. */
const pathIn = (entries: ZipEntries, folders: readonly string[], name: string): string =>
  folders.map((folder) => `${folder}/${name}`).find((path) => entries.has(path)) ?? name;

/** The main animation of a dotLottie, with its pictures. Themes and state machines are not in use. */
export const readDotLottie = async (
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Result<LottieDocument>> => {
  const zip = readZip(bytes);
  if (!zip.ok) return zip;
  const entries = zip.value;
  if (!entries.has("manifest.json"))
    return fail(
      "alert.format_unknown",
      entries.has("movie.spec") || entries.has("movie.binary")
        ? "SVGA 1, which is out of use: export it as SVGA 2"
        : "an archive without an animation",
    );
  const manifest = await unzip(entries, "manifest.json", limits.jsonBytes);
  if (!manifest.ok) return manifest;
  const id = mainAnimation(manifest.value);
  if (id === undefined) return fail("alert.file_broken", "a dotLottie without an animation");
  const json = await unzip(
    entries,
    pathIn(entries, ["a", "animations"], `${id}.json`),
    limits.jsonBytes,
  );
  if (!json.ok) return json;
  let leftBytes: number = limits.inflatedBytes;
  return readLottie(json.value, async (name) => {
    const picture = await unzip(entries, pathIn(entries, ["i", "images"], name), leftBytes);
    if (picture.ok) leftBytes -= picture.value.length;
    return picture;
  });
};
