import { createFile, MP4BoxBuffer } from "mp4box";
import { fail, type Result, succeed } from "../../../../preload/contract/result.ts";
import { limits } from "../limits.ts";
import { boxesIn, textAt } from "../mp4-boxes.ts";

/** One coded picture; times from the first picture on. */
export interface VideoSample {
  readonly data: Uint8Array<ArrayBuffer>;
  readonly isKey: boolean;
  readonly timeUs: number;
}

export interface DemuxedMp4 {
  /** As `VideoDecoder` takes it. */
  readonly codec: string;
  /** The body of `avcC`. */
  readonly description: Uint8Array<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
  /** In the order of decoding. */
  readonly samples: readonly VideoSample[];
  /** When each picture begins, in the order of showing, and the end of the last. */
  readonly timesUs: readonly number[];
  readonly hasSound: boolean;
  /** The body of VAP's box. */
  readonly vapc: Uint8Array<ArrayBuffer> | undefined;
}

/** The boxes that tell of samples. Of all others, some of which ask for memory without bound, nothing reaches the parser. */
const needed = new Set(
  "trak mdia minf stbl mvhd tkhd mdhd hdlr vmhd stsd stts ctts stss stsc stsz stco co64".split(" "),
);
const containers = new Set(["moov", "trak", "mdia", "minf", "stbl"]);

interface Trimmed {
  readonly parts: Uint8Array[];
  readonly bytes: number;
}

class Refused extends Error {
  readonly code: "alert.file_broken" | "alert.file_too_large" | "alert.format_unknown";

  constructor(code: Refused["code"], reason: string) {
    super(reason);
    this.code = code;
  }
}

const uint32 = (bytes: Uint8Array, at: number): number =>
  at + 4 <= bytes.length ? new DataView(bytes.buffer, bytes.byteOffset + at, 4).getUint32(0) : 0;

const box = (type: string, body: Trimmed): Trimmed => {
  const header = new Uint8Array(8);
  new DataView(header.buffer).setUint32(0, 8 + body.bytes);
  header.set(new TextEncoder().encode(type), 4);
  return { parts: [header, ...body.parts], bytes: 8 + body.bytes };
};

const wholeOf = (bytes: Uint8Array): Trimmed => ({ parts: [bytes], bytes: bytes.length });

const joinedOf = (...trimmed: readonly Trimmed[]): Trimmed => ({
  parts: trimmed.flatMap(({ parts }) => parts),
  bytes: trimmed.reduce((sum, { bytes }) => sum + bytes, 0),
});

/** Of the trimmed file; the real one's says nothing that matters here. */
const brand = new TextEncoder().encode("isom\0\0\0\0");

/** Runs of samples, each of a count and a number: how many samples they make. */
const samplesOfRuns = (body: Uint8Array): number => {
  let count = 0;
  for (let at = 8; at + 8 <= body.length; at += 8) count += uint32(body, at);
  return count;
};

const checkCounts = (type: string, body: Uint8Array): void => {
  const counted =
    type === "stsz"
      ? uint32(body, 8)
      : type === "stts" || type === "ctts"
        ? samplesOfRuns(body)
        : 0;
  if (counted > limits.frames) throw new Refused("alert.file_too_large", `${counted} video frames`);
};

const handlerOf = (track: Uint8Array): string => {
  for (const media of boxesIn(track))
    if (media.type === "mdia")
      for (const handler of boxesIn(media.body))
        if (handler.type === "hdlr") return textAt(handler.body, 8, 4);
  return "";
};

const trim = (body: Uint8Array): Trimmed => {
  const kept: Trimmed[] = [];
  for (const inner of boxesIn(body)) {
    if (!needed.has(inner.type)) continue;
    if (inner.type === "trak" && handlerOf(inner.body) !== "vide") continue;
    checkCounts(inner.type, inner.body);
    kept.push(box(inner.type, containers.has(inner.type) ? trim(inner.body) : wholeOf(inner.body)));
  }
  return joinedOf(...kept);
};

/** Where the parser found a box. */
interface ParsedBox {
  readonly start: number;
  readonly size: number;
  readonly hdr_size: number;
}

/** What the file says of its pictures; the pictures themselves stay where they are. */
const parse = (movie: Trimmed) => {
  const joined = new Uint8Array(movie.bytes);
  let at = 0;
  for (const part of movie.parts) {
    joined.set(part, at);
    at += part.length;
  }
  const file = createFile();
  let reason: string | undefined;
  file.onError = (module, message) => {
    reason = `${module}: ${message}`;
  };
  file.appendBuffer(MP4BoxBuffer.fromArrayBuffer(joined.buffer, 0), true);
  file.flush();
  if (reason !== undefined) throw new Refused("alert.file_broken", reason);
  const track = file.getInfo().videoTracks[0];
  if (!track) throw new Refused("alert.format_unknown", "an MP4 without a picture");
  const entry = file.getTrackById(track.id).mdia.minf.stbl.stsd.entries[0];
  const avcC = (entry as { readonly avcC?: ParsedBox } | undefined)?.avcC;
  if (!avcC) throw new Refused("alert.format_unknown", `video in ${track.codec}, not H264`);
  return {
    codec: track.codec,
    width: track.video?.width ?? 0,
    height: track.video?.height ?? 0,
    description: joined.slice(avcC.start + avcC.hdr_size, avcC.start + avcC.size),
    samples: file.getTrackSamplesInfo(track.id),
  };
};

const demux = (bytes: Uint8Array<ArrayBuffer>): DemuxedMp4 => {
  let movie: Trimmed | undefined;
  let hasSound = false;
  let vapc: Uint8Array<ArrayBuffer> | undefined;
  for (const { type, body } of boxesIn(bytes)) {
    if (type === "moof") throw new Refused("alert.format_unknown", "an MP4 in fragments");
    if (type === "vapc") vapc ??= body as Uint8Array<ArrayBuffer>;
    if (type !== "moov" || movie) continue;
    movie = joinedOf(box("ftyp", wholeOf(brand)), box("moov", trim(body)));
    for (const inner of boxesIn(body))
      hasSound ||= inner.type === "trak" && handlerOf(inner.body) === "soun";
  }
  if (!movie) throw new Refused("alert.file_broken", "an MP4 without a list of its pictures");
  const { samples: infos, ...video } = parse(movie);
  const { width, height } = video;
  if (width > limits.codedSidePx || height > limits.codedSidePx)
    throw new Refused("alert.file_too_large", `${width} x ${height} pixels`);
  const first = infos[0];
  if (!first?.is_sync) throw new Refused("alert.file_broken", "an MP4 that begins in the middle");
  const startUs = Math.min(...infos.map(({ cts, timescale }) => (cts / timescale) * 1e6));
  let endUs = 0;
  const samples = infos.map((info) => {
    const data = bytes.subarray(info.offset, info.offset + info.size);
    if (data.length !== info.size || info.size === 0)
      throw new Refused("alert.file_broken", "the MP4 ends before its pictures");
    const timeUs = Math.round((info.cts / info.timescale) * 1e6 - startUs);
    // Some tools leave the last one without a length.
    endUs = Math.max(
      endUs,
      timeUs + Math.max(1, Math.round((info.duration / info.timescale) * 1e6)),
    );
    return { data, isKey: info.is_sync, timeUs };
  });
  const timesUs = [...samples.map(({ timeUs }) => timeUs).toSorted((a, b) => a - b), endUs];
  if (!timesUs.every((time, index) => Number.isFinite(time) && time !== timesUs[index - 1]))
    throw new Refused("alert.file_broken", "two pictures of an MP4 at one time");
  return { ...video, samples, timesUs, hasSound, vapc };
};

/** The first video of a whole (not fragmented) MP4 in H264. */
export const demuxMp4 = (bytes: Uint8Array<ArrayBuffer>): Result<DemuxedMp4> => {
  try {
    return succeed(demux(bytes));
  } catch (error) {
    // The parser throws what it likes at a broken file.
    return error instanceof Refused
      ? fail(error.code, error.message)
      : fail("alert.file_broken", error instanceof Error ? error.message : String(error));
  }
};
