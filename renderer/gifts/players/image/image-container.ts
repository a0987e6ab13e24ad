import { fail, type Result, succeed } from "../../../../preload/contract/result.ts";
import { limits } from "../limits.ts";
import { boxesIn, type Box, textAt } from "../mp4-boxes.ts";

/** What a picture's file says of itself before anything is decoded. */
export interface ImageContainer {
  readonly mimeType: "image/gif" | "image/png" | "image/jpeg" | "image/webp" | "image/avif";
  /** What its decoded frames have at most, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Of each frame, in milliseconds, as the file has them; one of 0 for a still picture. */
  readonly frameMs: readonly number[];
  /** 0 is endless. */
  readonly plays: number;
}

type Found = Omit<ImageContainer, "mimeType">;

class Broken extends Error {}

const view = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const addFrame = (frameMs: number[], ms: number): void => {
  if (frameMs.length >= limits.frames) throw new Broken(`more than ${limits.frames} frames`);
  frameMs.push(ms);
};

/** GIF89a specification: blocks of each other's length, sizes in little endian. */
const readGif = (bytes: Uint8Array): Found => {
  const data = view(bytes);
  let width = data.getUint16(6, true);
  let height = data.getUint16(8, true);
  const flags = data.getUint8(10);
  let at = 13 + (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);
  const frameMs: number[] = [];
  let delayMs = 0;
  let plays = 1;
  const skipSubBlocks = (): void => {
    for (let size = data.getUint8(at++); size > 0; size = data.getUint8(at++)) at += size;
  };
  for (;;) {
    const kind = data.getUint8(at++);
    if (kind === 0x3b) break;
    if (kind === 0x21) {
      const label = data.getUint8(at++);
      if (label === 0xf9) delayMs = data.getUint16(at + 2, true) * 10;
      if (label === 0xff && /^(NETSCAPE2\.0|ANIMEXTS1\.0)$/.test(textAt(bytes, at + 1, 11))) {
        const repeats = data.getUint16(at + 14, true);
        plays = repeats === 0 ? 0 : repeats + 1;
      }
      skipSubBlocks();
    } else if (kind === 0x2c) {
      // Decoders may grow the screen to a frame that lies outside of it: the bound is on both.
      width = Math.max(width, data.getUint16(at, true) + data.getUint16(at + 4, true));
      height = Math.max(height, data.getUint16(at + 2, true) + data.getUint16(at + 6, true));
      const local = data.getUint8(at + 8);
      at += 9 + (local & 0x80 ? 3 << ((local & 7) + 1) : 0) + 1;
      skipSubBlocks();
      addFrame(frameMs, delayMs);
      delayMs = 0;
    } else throw new Broken(`an unknown block in a GIF at ${at}`);
  }
  return { width, height, frameMs, plays };
};

/** PNG specification, third edition: chunks; fcTL before each frame of an animation. */
const readPng = (bytes: Uint8Array): Found => {
  const data = view(bytes);
  const width = data.getUint32(16);
  const height = data.getUint32(20);
  const frameMs: number[] = [];
  let plays: number | undefined;
  let hasEnded = false;
  for (let at = 8; !hasEnded;) {
    const length = data.getUint32(at);
    const kind = textAt(bytes, at + 4, 4);
    if (kind === "acTL") plays = data.getUint32(at + 12);
    if (kind === "fcTL") {
      const parts = data.getUint16(at + 30) || 100;
      addFrame(frameMs, (data.getUint16(at + 28) * 1_000) / parts);
    }
    hasEnded = kind === "IEND";
    at += 12 + length;
    if (at > bytes.length) throw new Broken("the PNG ends in the middle of a chunk");
  }
  return plays === undefined || frameMs.length === 0
    ? { width, height, frameMs: [0], plays: 1 }
    : { width, height, frameMs, plays };
};

/** ITU T.81: segments up to the one with the picture's size. */
const readJpeg = (bytes: Uint8Array): Found => {
  const data = view(bytes);
  for (let at = 2; ;) {
    if (data.getUint8(at) !== 0xff) throw new Broken(`no segment of a JPEG at ${at}`);
    const kind = data.getUint8(at + 1);
    // Start of frame in any coding; the three others there are tables.
    if (kind >= 0xc0 && kind <= 0xcf && kind !== 0xc4 && kind !== 0xc8 && kind !== 0xcc)
      return {
        width: data.getUint16(at + 7),
        height: data.getUint16(at + 5),
        frameMs: [0],
        plays: 1,
      };
    // Padding.
    at += kind === 0xff ? 1 : 2 + data.getUint16(at + 2);
  }
};

const uint24 = (data: DataView, at: number): number =>
  data.getUint16(at, true) | (data.getUint8(at + 2) << 16);

/** RFC 9649: RIFF chunks, padded to even lengths. */
const readWebp = (bytes: Uint8Array): Found => {
  const data = view(bytes);
  const end = data.getUint32(4, true) + 8;
  if (end > bytes.length) throw new Broken("the WebP ends early");
  let size: { width: number; height: number } | undefined;
  const frameMs: number[] = [];
  let plays = 1;
  for (let at = 12; at + 8 <= end;) {
    const kind = textAt(bytes, at, 4);
    const length = data.getUint32(at + 4, true);
    const body = at + 8;
    if (kind === "VP8X")
      size = { width: uint24(data, body + 4) + 1, height: uint24(data, body + 7) + 1 };
    else if (kind === "VP8 ")
      size ??= {
        width: data.getUint16(body + 6, true) & 0x3fff,
        height: data.getUint16(body + 8, true) & 0x3fff,
      };
    else if (kind === "VP8L") {
      const packed = data.getUint32(body + 1, true);
      size ??= { width: (packed & 0x3fff) + 1, height: ((packed >> 14) & 0x3fff) + 1 };
    } else if (kind === "ANIM") plays = data.getUint16(body + 4, true);
    else if (kind === "ANMF") addFrame(frameMs, uint24(data, body + 12));
    at = body + length + (length & 1);
    if (body + length > end) throw new Broken("the WebP ends in the middle of a chunk");
  }
  if (!size) throw new Broken("a WebP without a picture");
  return { ...size, frameMs: frameMs.length > 0 ? frameMs : [0], plays };
};

const find = (boxes: Iterable<Box>, type: string): Box | undefined => {
  for (const box of boxes) if (box.type === type) return box;
  return undefined;
};

/** ISO 14496-12 and AV1 Image File Format: sizes in `ispe`, an animation's times in the track's `stts`. */
const readAvif = (bytes: Uint8Array): Found => {
  let width = 0;
  let height = 0;
  const frameMs: number[] = [];
  let plays = 1;
  for (const box of boxesIn(bytes)) {
    if (box.type === "meta") {
      const properties = find(boxesIn(box.body.subarray(4)), "iprp");
      const container = properties && find(boxesIn(properties.body), "ipco");
      for (const property of container ? boxesIn(container.body) : [])
        if (property.type === "ispe") {
          width = Math.max(width, view(property.body).getUint32(4));
          height = Math.max(height, view(property.body).getUint32(8));
        }
    }
    if (box.type !== "moov") continue;
    for (const track of boxesIn(box.body)) {
      if (track.type !== "trak") continue;
      const header = find(boxesIn(track.body), "tkhd");
      if (header) {
        const { byteLength } = header.body;
        width = Math.max(width, view(header.body).getUint32(byteLength - 8) >>> 16);
        height = Math.max(height, view(header.body).getUint32(byteLength - 4) >>> 16);
      }
      // Its alpha is a track of its own, with the same times.
      if (frameMs.length > 0) continue;
      const media = find(boxesIn(track.body), "mdia");
      const mediaHeader = media && find(boxesIn(media.body), "mdhd");
      const information = media && find(boxesIn(media.body), "minf");
      const samples = information && find(boxesIn(information.body), "stbl");
      const times = samples && find(boxesIn(samples.body), "stts");
      if (!mediaHeader || !times) throw new Broken("an AVIF track without times");
      const isLong = mediaHeader.body[0] === 1;
      const timescale = view(mediaHeader.body).getUint32(isLong ? 20 : 12) || 1;
      const runs = view(times.body).getUint32(4);
      for (let run = 0; run < runs; run += 1) {
        const count = view(times.body).getUint32(8 + 8 * run);
        const ms = (view(times.body).getUint32(12 + 8 * run) * 1_000) / timescale;
        for (let frame = 0; frame < count; frame += 1) addFrame(frameMs, ms);
      }
      // An edit list whose flag does not ask for repeats plays once; without a list it is not said.
      const edits = find(boxesIn(track.body), "edts");
      const list = edits && find(boxesIn(edits.body), "elst");
      plays = list && ((list.body[3] ?? 0) & 1) === 0 ? 1 : 0;
    }
  }
  return { width, height, frameMs: frameMs.length > 0 ? frameMs : [0], plays };
};

const readers = {
  "image/gif": readGif,
  "image/png": readPng,
  "image/jpeg": readJpeg,
  "image/webp": readWebp,
  "image/avif": readAvif,
} as const;

/** Walks the file without decoding it. */
export const readImageContainer = (
  bytes: Uint8Array,
  mimeType: ImageContainer["mimeType"],
): Result<ImageContainer> => {
  let found: Found;
  try {
    found = readers[mimeType](bytes);
  } catch (error) {
    if (error instanceof RangeError) return fail("alert.file_broken", `${mimeType} ends early`);
    if (error instanceof Broken) return fail("alert.file_broken", error.message);
    throw error;
  }
  const { width, height, frameMs } = found;
  if (width < 1 || height < 1 || frameMs.length < 1)
    return fail("alert.file_broken", `${mimeType} without a picture`);
  if (width > limits.sidePx || height > limits.sidePx)
    return fail("alert.file_too_large", `${width} x ${height} pixels`);
  return succeed({ mimeType, ...found });
};
