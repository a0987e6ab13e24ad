import { crc32, deflateSync } from "node:zlib";
import type { Size } from "electron";
import { guardedObject } from "./guard.ts";
import type { Picture } from "./x11.ts";

/** Scaled down by averaging so that it fits into `limit`, with its proportions kept. */
export function scaleToFit(picture: Picture, limit: Size): Picture {
  const scale = Math.min(1, limit.width / picture.width, limit.height / picture.height);
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const bgrx = Buffer.alloc(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    const top = Math.floor((y * picture.height) / height);
    const bottom = Math.max(top + 1, Math.floor(((y + 1) * picture.height) / height));
    for (let x = 0; x < width; x += 1) {
      const left = Math.floor((x * picture.width) / width);
      const right = Math.max(left + 1, Math.floor(((x + 1) * picture.width) / width));
      const sums = [0, 0, 0];
      for (let row = top; row < bottom; row += 1) {
        for (
          let at = (row * picture.width + left) * 4;
          at < (row * picture.width + right) * 4;
          at += 4
        ) {
          for (let channel = 0; channel < 3; channel += 1)
            sums[channel] = (sums[channel] ?? 0) + (picture.bgrx[at + channel] ?? 0);
        }
      }
      const count = (bottom - top) * (right - left);
      sums.forEach(
        (sum, channel) => (bgrx[(y * width + x) * 4 + channel] = Math.round(sum / count)),
      );
    }
  }
  return { width, height, bgrx };
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}

/** https://www.w3.org/TR/png-3/ : 8 bit RGB, no filter. */
function encodePng({ width, height, bgrx }: Picture): Buffer {
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0, to = 0; y < height; y += 1) {
    to += 1;
    for (let from = y * width * 4; from < (y + 1) * width * 4; from += 4, to += 3) {
      rows[to] = bgrx[from + 2] ?? 0;
      rows[to + 1] = bgrx[from + 1] ?? 0;
      rows[to + 2] = bgrx[from] ?? 0;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows, { level: 3 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** https://www.electronjs.org/docs/latest/api/native-image ; null is the empty image. */
export function nativeImageOf(picture: Picture | null) {
  const toPNG = (): Buffer => (picture ? encodePng(picture) : Buffer.alloc(0));
  return guardedObject("NativeImage", {
    isEmpty: (): boolean => picture === null,
    getSize: (): Size => ({ width: picture?.width ?? 0, height: picture?.height ?? 0 }),
    toPNG,
    toDataURL: (): string => `data:image/png;base64,${toPNG().toString("base64")}`,
  });
}
