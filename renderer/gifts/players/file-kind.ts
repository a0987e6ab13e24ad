import { textAt } from "./mp4-boxes.ts";

export type FileKind =
  | "image/gif"
  | "image/png"
  | "image/jpeg"
  | "image/webp"
  | "image/avif"
  | "mp4"
  | "zlib"
  | "zip"
  | "json";

/** What a file is by its first bytes; names and types that came with it count for nothing. */
export const fileKindOf = (bytes: Uint8Array): FileKind | undefined => {
  const head = textAt(bytes, 0, 16);
  if (/^GIF8[79]a/.test(head)) return "image/gif";
  if (head.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (head.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (head.startsWith("RIFF") && head.slice(8, 12) === "WEBP") return "image/webp";
  if (head.slice(4, 8) === "ftyp")
    return /^(avif|avis)$/.test(head.slice(8, 12)) ? "image/avif" : "mp4";
  if (head.startsWith("PK\x03\x04")) return "zip";
  const [first = 0, second = 0] = bytes;
  // RFC 1950: deflate, a window of 32 KB at most, and a check.
  if ((first & 15) === 8 && first >> 4 <= 7 && (first * 256 + second) % 31 === 0) return "zlib";
  if (/^(\xef\xbb\xbf)?\s*\{/.test(head)) return "json";
  return undefined;
};
