import { fail, type Result, succeed } from "../../../../preload/contract/result.ts";
import { inflate } from "../inflate.ts";
import { limits } from "../limits.ts";

interface ZipEntry {
  readonly isDeflated: boolean;
  readonly data: Uint8Array<ArrayBuffer>;
}

/** An archive's files by their names. */
export type ZipEntries = ReadonlyMap<string, ZipEntry>;

const endSignature = 0x06_05_4b_50;
const entrySignature = 0x02_01_4b_50;
const localSignature = 0x04_03_4b_50;
const endBytes = 22;

const findEnd = (data: DataView): number | undefined => {
  // A comment of up to 65,535 bytes may follow.
  const first = Math.max(0, data.byteLength - endBytes - 65_535);
  for (let at = data.byteLength - endBytes; at >= first; at -= 1)
    if (data.getUint32(at, true) === endSignature) return at;
  return undefined;
};

const readEntries = (bytes: Uint8Array<ArrayBuffer>): Result<ZipEntries> => {
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(data);
  if (end === undefined) return fail("alert.file_broken", "an archive without its directory");
  const count = data.getUint16(end + 10, true);
  if (count > limits.parts) return fail("alert.file_too_large", `${count} files in an archive`);
  const entries = new Map<string, ZipEntry>();
  let at = data.getUint32(end + 16, true);
  for (let index = 0; index < count; index += 1) {
    if (data.getUint32(at, true) !== entrySignature)
      return fail("alert.file_broken", "an archive's directory is torn");
    const flags = data.getUint16(at + 8, true);
    const method = data.getUint16(at + 10, true);
    const size = data.getUint32(at + 20, true);
    const nameBytes = data.getUint16(at + 28, true);
    const local = data.getUint32(at + 42, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameBytes));
    at += 46 + nameBytes + data.getUint16(at + 30, true) + data.getUint16(at + 32, true);
    if (name.endsWith("/")) continue;
    if ((flags & 1) !== 0 || (method !== 0 && method !== 8))
      return fail("alert.file_broken", `${name} is packed in a way that is not in use`);
    if (data.getUint32(local, true) !== localSignature)
      return fail("alert.file_broken", `${name} is not where the directory says`);
    const start = local + 30 + data.getUint16(local + 26, true) + data.getUint16(local + 28, true);
    if (start + size > bytes.length) return fail("alert.file_broken", `${name} is cut off`);
    entries.set(name, { isDeflated: method === 8, data: bytes.subarray(start, start + size) });
  }
  return succeed(entries);
};

/** A ZIP archive's directory, by PKWARE's APPNOTE; nothing is inflated yet. No ZIP64, no secrets. */
export const readZip = (bytes: Uint8Array<ArrayBuffer>): Result<ZipEntries> => {
  try {
    return readEntries(bytes);
  } catch (error) {
    if (error instanceof RangeError) return fail("alert.file_broken", "an archive is cut off");
    throw error;
  }
};

/** One file of an archive, `mostBytes` at most. */
export const unzip = async (
  entries: ZipEntries,
  name: string,
  mostBytes: number,
): Promise<Result<Uint8Array<ArrayBuffer>>> => {
  const entry = entries.get(name);
  if (!entry) return fail("alert.file_broken", `${name} is missing`);
  if (entry.isDeflated) return inflate(entry.data, "deflate-raw", mostBytes);
  return entry.data.length > mostBytes
    ? fail("alert.file_too_large", `${name} has ${entry.data.length} bytes`)
    : succeed(entry.data);
};
