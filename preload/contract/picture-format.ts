/** What the bytes say they are, read from the file's head; nothing is decoded. */
export interface PictureFormat {
  readonly contentType: "image/png" | "image/jpeg" | "image/webp" | "image/gif" | "image/avif";
  readonly width: number;
  readonly height: number;
}

const text = (bytes: Uint8Array, from: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(from, from + length));

/** PNG, third edition, section 11.2.1 (IHDR). */
const readPng = (bytes: Uint8Array, view: DataView): PictureFormat | undefined =>
  text(bytes, 0, 8) === "\x89PNG\r\n\x1a\n" && text(bytes, 12, 4) === "IHDR" && bytes.length >= 33
    ? { contentType: "image/png", width: view.getUint32(16), height: view.getUint32(20) }
    : undefined;

/** GIF89a specification, section 18. */
const readGif = (bytes: Uint8Array, view: DataView): PictureFormat | undefined =>
  /^GIF8[79]a$/.test(text(bytes, 0, 6)) && bytes.length >= 13
    ? { contentType: "image/gif", width: view.getUint16(6, true), height: view.getUint16(8, true) }
    : undefined;

/** ITU-T T.81 section B.2.2: the first frame header (SOF) has the size. */
const readJpeg = (bytes: Uint8Array, view: DataView): PictureFormat | undefined => {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8 || bytes[2] !== 0xff) return undefined;
  let at = 2;
  while (at + 9 <= bytes.length) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame)
      return {
        contentType: "image/jpeg",
        width: view.getUint16(at + 7),
        height: view.getUint16(at + 5),
      };
    const alone = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    at += alone ? 2 : 2 + view.getUint16(at + 2);
  }
  return undefined;
};

const uint24 = (view: DataView, at: number): number =>
  view.getUint16(at, true) + (view.getUint8(at + 2) << 16);

/** RFC 9649 sections 2.5 to 2.7: lossy, lossless and extended files. */
const readWebp = (bytes: Uint8Array, view: DataView): PictureFormat | undefined => {
  if (text(bytes, 0, 4) !== "RIFF" || text(bytes, 8, 4) !== "WEBP" || bytes.length < 30)
    return undefined;
  const contentType = "image/webp";
  switch (text(bytes, 12, 4)) {
    case "VP8 ":
      return {
        contentType,
        width: view.getUint16(26, true) & 0x3fff,
        height: view.getUint16(28, true) & 0x3fff,
      };
    case "VP8L": {
      const packed = view.getUint32(21, true);
      return { contentType, width: (packed & 0x3fff) + 1, height: ((packed >> 14) & 0x3fff) + 1 };
    }
    case "VP8X":
      return { contentType, width: uint24(view, 24) + 1, height: uint24(view, 27) + 1 };
    default:
      return undefined;
  }
};

interface Box {
  readonly type: string;
  readonly from: number;
  readonly to: number;
}

/** ISO/IEC 14496-12 section 4.2: boxes between two offsets. */
const readBoxes = (bytes: Uint8Array, view: DataView, from: number, to: number): Box[] => {
  const boxes: Box[] = [];
  let at = from;
  while (at + 8 <= to) {
    const size = view.getUint32(at);
    const end = size === 0 ? to : at + size;
    if ((size !== 0 && size < 8) || end > to) break;
    boxes.push({ type: text(bytes, at + 4, 4), from: at + 8, to: end });
    at = end;
  }
  return boxes;
};

/** ISO/IEC 23008-12: the largest `ispe` among meta/iprp/ipco is the picture's own (others are tiles or thumbnails). */
const readAvif = (bytes: Uint8Array, view: DataView): PictureFormat | undefined => {
  const file = readBoxes(bytes, view, 0, bytes.length);
  const brands = file.find((box) => box.type === "ftyp");
  if (!brands || !/avi[fs]/.test(text(bytes, brands.from, Math.min(brands.to - brands.from, 64))))
    return undefined;
  const inside = (parent: Box | undefined, type: string, skipped: number): Box | undefined =>
    parent &&
    readBoxes(bytes, view, parent.from + skipped, parent.to).find((box) => box.type === type);
  const meta = file.find((box) => box.type === "meta");
  const properties = inside(inside(meta, "iprp", 4), "ipco", 0);
  if (!properties) return undefined;
  let found: PictureFormat | undefined;
  for (const box of readBoxes(bytes, view, properties.from, properties.to)) {
    if (box.type !== "ispe" || box.to - box.from < 12) continue;
    const width = view.getUint32(box.from + 4);
    const height = view.getUint32(box.from + 8);
    if (!found || width * height > found.width * found.height)
      found = { contentType: "image/avif", width, height };
  }
  return found;
};

/** Undefined where the bytes are none of the five formats, or end before they have said their size. */
export const readPictureFormat = (bytes: Uint8Array): PictureFormat | undefined => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const read of [readPng, readJpeg, readGif, readWebp, readAvif]) {
    const format = read(bytes, view);
    if (format && format.width > 0 && format.height > 0) return format;
  }
  return undefined;
};
