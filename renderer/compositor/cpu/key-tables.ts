import type { FilterOf } from "../../../preload/contract/scene.ts";
import { keyOf } from "../chroma-key.ts";

/** Entries of one table: every chroma, at `u * 256 + v`. */
export const tableBytes = 65_536;

/**
 * What chroma keys, one after the other, make of every chroma: premultiplied U, premultiplied V and alpha,
 * one table after the other.
 */
export const keyTables = (filters: readonly FilterOf<"chromaKey">[]): Uint8Array => {
  const keys = filters.map(keyOf);
  const tables = new Uint8Array(3 * tableBytes);
  for (let at = 0; at < tableBytes; at += 1) {
    let u = (at >> 8) - 128;
    let v = (at & 255) - 128;
    let alpha = 1;
    for (const key of keys) {
      const keyed = key({ cb: (u + 128) / 255, cr: (v + 128) / 255 });
      u *= keyed.saturation;
      v *= keyed.saturation;
      alpha *= keyed.alpha;
    }
    tables[at] = Math.round((128 + u) * alpha);
    tables[tableBytes + at] = Math.round((128 + v) * alpha);
    tables[2 * tableBytes + at] = Math.round(alpha * 255);
  }
  return tables;
};
