// The two containers that Windows and macOS want their icons in.

/** @typedef {{ sidePx: number, png: Buffer }} Rendered a square picture */
/** @typedef {{ sidePx: number, rgba: Uint8Array }} Pixels rows from the top, not premultiplied */

const bitmapHeaderBytes = 40;
const entryBytes = 16;

/** A device-independent bitmap as icons hold it: 32 bits a pixel, rows from the bottom, then an empty mask. */
const bitmap = ({ sidePx, rgba }) => {
  const maskRowBytes = Math.ceil(sidePx / 32) * 4;
  const pixelBytes = sidePx * sidePx * 4;
  const data = Buffer.alloc(bitmapHeaderBytes + pixelBytes + maskRowBytes * sidePx);
  data.writeUInt32LE(bitmapHeaderBytes, 0);
  data.writeInt32LE(sidePx, 4);
  // Pixels and mask together.
  data.writeInt32LE(sidePx * 2, 8);
  data.writeUInt16LE(1, 12);
  data.writeUInt16LE(32, 14);
  data.writeUInt32LE(pixelBytes, 20);
  for (let y = 0; y < sidePx; y += 1)
    for (let x = 0; x < sidePx; x += 1) {
      const from = (y * sidePx + x) * 4;
      const to = bitmapHeaderBytes + ((sidePx - 1 - y) * sidePx + x) * 4;
      [data[to], data[to + 1], data[to + 2], data[to + 3]] = [
        rgba[from + 2],
        rgba[from + 1],
        rgba[from],
        rgba[from + 3],
      ];
    }
  return data;
};

/**
 * A Windows icon (learn.microsoft.com/previous-versions/ms997538): bitmaps for the small sizes, as what shows
 * them is often old, PNG for those of 256 pixels.
 * @param {(Rendered & Pixels)[]} pictures up to 256 pixels a side
 */
export const icoOf = (pictures) => {
  const images = pictures.map((picture) => (picture.sidePx >= 256 ? picture.png : bitmap(picture)));
  const header = Buffer.alloc(6 + entryBytes * pictures.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(pictures.length, 4);
  let offset = header.length;
  for (const [i, { sidePx }] of pictures.entries()) {
    const at = 6 + entryBytes * i;
    // 0 is 256.
    header.writeUInt8(sidePx % 256, at);
    header.writeUInt8(sidePx % 256, at + 1);
    header.writeUInt16LE(1, at + 4);
    header.writeUInt16LE(32, at + 6);
    header.writeUInt32LE(images[i].length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += images[i].length;
  }
  return Buffer.concat([header, ...images]);
};

/**
 * What holds which size (en.wikipedia.org/wiki/Apple_Icon_Image_format). Those for 16 and 32 pixels on screens of one
 * pixel a point are left out, as macOS does not read them as PNG in an app; so are those of a size that is there.
 * @type {[string, number][]}
 */
const icnsTypes = [
  ["ic11", 32],
  ["ic12", 64],
  ["ic07", 128],
  ["ic13", 256],
  ["ic14", 512],
  ["ic10", 1024],
];

/** The sizes that an icon of macOS holds. */
export const icnsSidesPx = [...new Set(icnsTypes.map(([, sidePx]) => sidePx))];

const chunk = (type, data) => {
  const header = Buffer.alloc(8);
  header.write(type, 0, "latin1");
  header.writeUInt32BE(header.length + data.length, 4);
  return Buffer.concat([header, data]);
};

/** @param {Rendered[]} pictures one of each of `icnsSidesPx` */
export const icnsOf = (pictures) => {
  const chunks = icnsTypes.map(([type, sidePx]) => {
    const picture = pictures.find((each) => each.sidePx === sidePx);
    if (!picture) throw new Error(`no picture of ${sidePx} pixels`);
    return chunk(type, picture.png);
  });
  return chunk("icns", Buffer.concat(chunks));
};
