import { z } from "zod";
import { fail, type Result, succeed } from "../../../../preload/contract/result.ts";
import { fileKindOf } from "../file-kind.ts";
import { readImageContainer } from "../image/image-container.ts";
import { limits } from "../limits.ts";

/** A Lottie that is safe to draw: its own pictures only, nothing that runs, and no more layers than the limits allow. */
export interface LottieDocument {
  /** Its JSON, for the drawing library. */
  readonly json: string;
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
  readonly frames: number;
}

/** A picture's bytes by the name that the document calls it by; undefined where there is none. */
export type PictureBytes = (name: string) => Promise<Result<Uint8Array<ArrayBuffer>>>;

class Refused extends Error {
  readonly code: "alert.file_broken" | "alert.file_too_large";

  constructor(code: Refused["code"], reason: string) {
    super(reason);
    this.code = code;
  }
}
const tooLarge = (reason: string): Refused => new Refused("alert.file_too_large", reason);
const broken = (reason: string): Refused => new Refused("alert.file_broken", reason);

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = Record<string, Json>;

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const textOf = (value: Json | undefined): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : "";
const listOf = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

const size = z.number().min(1).max(limits.viewSidePx);
const Root = z.looseObject({
  w: size,
  h: size,
  fr: z.number().min(1).max(240),
  ip: z.number(),
  op: z.number(),
  layers: z.array(z.looseObject({})),
});

/** Expressions are programs, which could run for ever: they are taken out, and what they move stays as it was drawn. */
const takeOutExpressions = (value: Json, depth: number): void => {
  if (depth > limits.jsonDepth)
    throw tooLarge(`more than ${limits.jsonDepth} brackets in each other`);
  if (Array.isArray(value)) for (const each of value) takeOutExpressions(each, depth + 1);
  else if (isObject(value)) {
    if (typeof value.x === "string") delete value.x;
    for (const each of Object.values(value)) takeOutExpressions(each, depth + 1);
  }
};

/** The largest number in it, keyframes included. */
const largestIn = (value: Json | undefined): number => {
  if (typeof value === "number") return value;
  if (Array.isArray(value))
    return value.reduce<number>((most, each) => Math.max(most, largestIn(each)), 0);
  if (isObject(value)) return Math.max(largestIn(value.k), largestIn(value.s), largestIn(value.e));
  return 0;
};

/** How often repeaters draw what they repeat, at most. */
const copiesIn = (shapes: readonly JsonObject[]): number => {
  let copies = 1;
  for (const shape of shapes) {
    if (shape.ty === "rp") copies *= Math.max(1, largestIn(shape.c));
    else if (shape.ty === "gr") copies *= copiesIn(listOf(shape.it));
  }
  return copies;
};

/** The farthest of all numbers in it: no line of it is much longer. */
const extentOf = (value: Json | undefined): number => {
  if (typeof value === "number") return Math.abs(value);
  if (typeof value !== "object" || value === null) return 0;
  return Object.values(value).reduce<number>((most, each) => Math.max(most, extentOf(each)), 0);
};

/** The least number in it, keyframes included; infinite where there is none, as in old exports' last keyframes. */
const smallestIn = (value: Json | undefined): number => {
  if (typeof value === "number") return value;
  const parts = isObject(value) ? [value.k, value.s, value.e] : Array.isArray(value) ? value : [];
  let least = Number.POSITIVE_INFINITY;
  for (const part of parts) least = Math.min(least, smallestIn(part));
  return least;
};

/** Shapes in groups as well. */
const flatten = (shapes: readonly JsonObject[]): readonly JsonObject[] =>
  shapes.flatMap((shape) => (shape.ty === "gr" ? flatten(listOf(shape.it)) : [shape]));

/** What a layer's shapes ask for beside their number. */
const detailsOf = (layer: JsonObject): { readonly corners: number; readonly dashes: number } => {
  const shapes = flatten(listOf(layer.shapes));
  const corners = shapes
    .filter(({ ty }) => ty === "sr")
    .reduce((sum, { pt }) => sum + largestIn(pt), 0);
  const outlines = shapes.filter(({ ty }) => /^(sh|rc|el|sr)$/u.test(textOf(ty)));
  const length = outlines.reduce((sum, outline) => sum + 4 * extentOf(outline), 0);
  let dashes = 0;
  for (const stroke of shapes) {
    const period = listOf(stroke.d)
      .filter(({ n }) => n !== "o")
      .reduce((sum, { v }) => sum + Math.max(0, smallestIn(v)), 0);
    if (Array.isArray(stroke.d)) dashes += length / Math.max(0.01, period);
  }
  return { corners, dashes };
};

/** Layers as they are drawn, each composition as often as it is used. */
const countLayers = (root: JsonObject): number => {
  const compositions = new Map<string, readonly JsonObject[]>();
  for (const asset of listOf(root.assets))
    if (Array.isArray(asset.layers)) compositions.set(textOf(asset.id), listOf(asset.layers));
  let corners = 0;
  let dashes = 0;
  const counted = new Map<string, number>();
  const open = new Set<string>();
  const count = (layers: readonly JsonObject[]): number => {
    let total = 0;
    for (const layer of layers) {
      const copies = copiesIn(listOf(layer.shapes));
      if (copies > limits.copies) throw tooLarge(`${copies} copies of one shape`);
      const details = detailsOf(layer);
      corners += copies * details.corners;
      dashes += copies * details.dashes;
      if (corners > limits.lottieCorners) throw tooLarge(`stars with ${corners} corners`);
      if (dashes > limits.lottieDashes) throw tooLarge(`lines of ${Math.round(dashes)} dashes`);
      const refId = textOf(layer.refId);
      const isComposition = layer.ty === 0 || compositions.has(refId);
      total += copies + (isComposition ? countComposition(refId) : 0);
      if (total > limits.layers) throw tooLarge(`more than ${limits.layers} layers`);
    }
    return total;
  };
  const countComposition = (id: string): number => {
    const known = counted.get(id);
    if (known !== undefined) return known;
    const layers = compositions.get(id);
    if (!layers) throw broken(`the composition ${id} is missing`);
    if (open.has(id) || open.size >= limits.jsonDepth)
      throw tooLarge(`the composition ${id} holds itself`);
    open.add(id);
    const total = count(layers);
    open.delete(id);
    counted.set(id, total);
    return total;
  };
  return count(listOf(root.layers));
};

const bytesOfDataUrl = (url: string): Uint8Array<ArrayBuffer> | undefined => {
  const base64 = /^data:[\w/+.-]*;base64,/.exec(url);
  if (!base64) return undefined;
  try {
    return Uint8Array.from(atob(url.slice(base64[0].length)), (letter) => letter.charCodeAt(0));
  } catch (error) {
    if (error instanceof DOMException) return undefined;
    throw error;
  }
};

const dataUrlOf = (bytes: Uint8Array, mimeType: string): string => {
  let binary = "";
  for (let at = 0; at < bytes.length; at += 8_192)
    binary += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return `data:${mimeType};base64,${btoa(binary)}`;
};

/** Puts every picture into the document, and sees that none is missing or too large. */
const takeInPictures = async (root: JsonObject, pictureBytes: PictureBytes): Promise<void> => {
  let pixels = 0;
  const assets = listOf(root.assets);
  if (assets.length > limits.parts) throw tooLarge(`${assets.length} parts`);
  for (const asset of assets) {
    if (typeof asset.p !== "string") continue;
    if (asset.layers !== undefined)
      throw broken(`${textOf(asset.id)} is both a picture and a composition`);
    // A sound, which nothing here plays.
    if (!("w" in asset) && !("h" in asset)) {
      asset.p = "";
      continue;
    }
    const name = asset.p.slice(0, 64);
    let bytes = bytesOfDataUrl(asset.p);
    if (!bytes) {
      const found = await pictureBytes(asset.p);
      if (!found.ok) throw new Refused("alert.file_broken", `the picture ${name} is missing`);
      bytes = found.value;
    }
    const kind = fileKindOf(bytes);
    if (kind !== "image/png" && kind !== "image/webp" && kind !== "image/jpeg")
      throw broken(`the picture ${name} is no PNG, JPEG or WebP`);
    const container = readImageContainer(bytes, kind);
    if (!container.ok)
      throw new Refused(
        "alert.file_broken",
        `the picture ${name}: ${container.error.detail ?? ""}`,
      );
    pixels += container.value.width * container.value.height;
    if (pixels > limits.partsPixels) throw tooLarge(`pictures of ${pixels} pixels`);
    asset.u = "";
    asset.e = 1;
    asset.p = dataUrlOf(bytes, kind);
  }
};

const read = async (text: string, pictureBytes: PictureBytes): Promise<LottieDocument> => {
  const root = JSON.parse(text) as Json;
  takeOutExpressions(root, 0);
  const parsed = Root.safeParse(root);
  if (!parsed.success) throw broken(`no Lottie: ${z.prettifyError(parsed.error)}`);
  if (!isObject(root)) throw broken("no Lottie");
  const { w, h, fr, ip, op } = parsed.data;
  const frames = Math.ceil(op - ip);
  if (frames < 1) throw broken("no frames");
  if (frames > limits.frames) throw tooLarge(`${frames} frames`);
  countLayers(root);
  await takeInPictures(root, pictureBytes);
  return { json: JSON.stringify(root), width: w, height: h, framesPerSecond: fr, frames };
};

/** Reads a Lottie's JSON: https://lottie.github.io/lottie-spec/ */
export const readLottie = async (
  bytes: Uint8Array,
  pictureBytes: PictureBytes,
): Promise<Result<LottieDocument>> => {
  if (bytes.length > limits.jsonBytes)
    return fail("alert.file_too_large", `${bytes.length} bytes of JSON`);
  try {
    return succeed(
      await read(new TextDecoder("utf-8", { fatal: true }).decode(bytes), pictureBytes),
    );
  } catch (error) {
    if (error instanceof Refused) return fail(error.code, error.message);
    // What the text decoder and the JSON parser throw.
    if (error instanceof SyntaxError || error instanceof TypeError)
      return fail("alert.file_broken", error.message);
    throw error;
  }
};
