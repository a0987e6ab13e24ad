import { fail, type Result, succeed } from "../../../preload/contract/result.ts";
import { limits } from "./limits.ts";

/** Goes in at once. All that comes out of it is made before the next, so that a bomb is seen in time. */
const pieceBytes = 4_096;

const piecesOf = (bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> => {
  let at = 0;
  return new ReadableStream({
    pull: (controller) => {
      if (at < bytes.length) controller.enqueue(bytes.subarray(at, at + pieceBytes));
      else controller.close();
      at += pieceBytes;
    },
  });
};

const join = (pieces: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> => {
  const joined = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
};

/** RFC 1950 (`deflate`) or 1951 (`deflate-raw`). Stops where more than `mostBytes` come out, or too many of too few. */
export const inflate = async (
  bytes: Uint8Array<ArrayBuffer>,
  format: "deflate" | "deflate-raw",
  mostBytes: number = limits.inflatedBytes,
): Promise<Result<Uint8Array<ArrayBuffer>>> => {
  const reader = piecesOf(bytes).pipeThrough(new DecompressionStream(format)).getReader();
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return succeed(join(pieces, length));
      pieces.push(value);
      length += value.length;
      const isBomb =
        length > limits.inflateFloorBytes && length > limits.inflateRatio * bytes.length;
      if (length <= mostBytes && !isBomb) continue;
      await reader.cancel();
      return fail("alert.file_too_large", `${bytes.length} bytes become more than ${length}`);
    }
  } catch (error) {
    return fail("alert.file_broken", error instanceof Error ? error.message : "not compressed");
  }
};
