/** A box of ISO 14496-12, without its header. */
export interface Box {
  readonly type: string;
  readonly body: Uint8Array;
}

/** Characters of one byte each; fewer where the bytes end. */
export const textAt = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length));

/** Boxes that follow each other. A cut or lying one ends them. */
export function* boxesIn(bytes: Uint8Array): Generator<Box> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 8 <= bytes.length;) {
    const shortSize = view.getUint32(at);
    const isLong = shortSize === 1;
    if (isLong && at + 16 > bytes.length) return;
    const size =
      shortSize === 0 ? bytes.length - at : isLong ? Number(view.getBigUint64(at + 8)) : shortSize;
    const header = isLong ? 16 : 8;
    if (size < header || at + size > bytes.length) return;
    yield { type: textAt(bytes, at + 4, 4), body: bytes.subarray(at + header, at + size) };
    at += size;
  }
}
