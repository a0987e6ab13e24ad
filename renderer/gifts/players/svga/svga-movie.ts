import { PbfReader } from "pbf";
import { fail, type Result, succeed } from "../../../../preload/contract/result.ts";
import type { Rect } from "../../../compositor/picture.ts";
import { limits } from "../limits.ts";

/** Of canvas: x' = a x + c y + tx, y' = b x + d y + ty. */
export interface SvgaTransform {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly tx: number;
  readonly ty: number;
}

export type SvgaOutline =
  | { readonly kind: "path"; readonly d: string }
  | ({ readonly kind: "rect"; readonly cornerRadius: number } & Rect)
  | {
      readonly kind: "ellipse";
      readonly x: number;
      readonly y: number;
      readonly radiusX: number;
      readonly radiusY: number;
    };

/** Red, green, blue and alpha from 0 to 1. */
export type SvgaColour = readonly [number, number, number, number];

export interface SvgaStyle {
  readonly fill: SvgaColour | null;
  readonly stroke: SvgaColour | null;
  readonly strokeWidth: number;
  readonly lineCap: CanvasLineCap;
  readonly lineJoin: CanvasLineJoin;
  readonly miterLimit: number;
  readonly dash: number;
  readonly gap: number;
  readonly dashOffset: number;
}

export interface SvgaShape {
  readonly outline: SvgaOutline;
  readonly style: SvgaStyle;
  readonly transform: SvgaTransform;
}

export interface SvgaFrame {
  readonly alpha: number;
  /** Where the sprite's picture lies before the transform. */
  readonly layout: Rect;
  readonly transform: SvgaTransform;
  /** An SVG path; empty where nothing is cut off. */
  readonly clipPath: string;
  readonly shapes: readonly SvgaShape[];
}

export interface SvgaSprite {
  readonly imageKey: string;
  /** The image key of the sprite that masks it; empty where none does. */
  readonly matteKey: string;
  readonly frames: readonly SvgaFrame[];
}

export interface SvgaAudio {
  readonly audioKey: string;
  readonly startFrame: number;
  readonly endFrame: number;
  readonly startTimeMs: number;
}

export interface SvgaMovie {
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly frames: number;
  /** Pictures and sounds by their keys. */
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  /** From back to front. */
  readonly sprites: readonly SvgaSprite[];
  readonly audios: readonly SvgaAudio[];
}

class Refused extends Error {
  readonly code: "alert.file_broken" | "alert.file_too_large";

  constructor(code: Refused["code"], reason: string) {
    super(reason);
    this.code = code;
  }
}

const tooLarge = (reason: string): Refused => new Refused("alert.file_too_large", reason);

/** What one file has used up of its limits. */
interface Spent {
  shapes: number;
  frames: number;
}

const finite = (value: number): number => {
  if (!Number.isFinite(value)) throw new Refused("alert.file_broken", "a number without an end");
  return value;
};

const identity: SvgaTransform = { a: 1, b: 0, c: 0, d: 1, tx: 0, ty: 0 };

/** A message of floats by their field numbers; those that are left out are 0, as in every proto3 message. */
const readFloats = (pbf: PbfReader, count: number): readonly number[] =>
  pbf.readMessage<number[]>(
    (field, values, reader) => {
      if (field <= count) values[field - 1] = finite(reader.readFloat());
    },
    Array.from({ length: count }, () => 0),
  );

const readTransform = (pbf: PbfReader): SvgaTransform => {
  const [a = 0, b = 0, c = 0, d = 0, tx = 0, ty = 0] = readFloats(pbf, 6);
  return { a, b, c, d, tx, ty };
};

const readRect = (pbf: PbfReader): Rect => {
  const [x = 0, y = 0, width = 0, height = 0] = readFloats(pbf, 4);
  return { x, y, width, height };
};

const readPath = (pbf: PbfReader): string => {
  const path = pbf.readString();
  if (path.length > limits.pathLength) throw tooLarge(`a path of ${path.length} characters`);
  return path;
};

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

const lineCaps = ["butt", "round", "square"] as const;
const lineJoins = ["miter", "round", "bevel"] as const;

const readColour = (pbf: PbfReader): SvgaColour => {
  const [r = 0, g = 0, b = 0, a = 0] = readFloats(pbf, 4);
  return [r, g, b, a];
};

const plainStyle: SvgaStyle = {
  fill: null,
  stroke: null,
  strokeWidth: 0,
  lineCap: "butt",
  lineJoin: "miter",
  miterLimit: 0,
  dash: 0,
  gap: 0,
  dashOffset: 0,
};

const readStyle = (pbf: PbfReader): SvgaStyle =>
  pbf.readMessage<Mutable<SvgaStyle>>(
    (field, style, reader) => {
      if (field === 1) style.fill = readColour(reader);
      else if (field === 2) style.stroke = readColour(reader);
      else if (field === 3) style.strokeWidth = finite(reader.readFloat());
      else if (field === 4) style.lineCap = lineCaps[reader.readVarint()] ?? "butt";
      else if (field === 5) style.lineJoin = lineJoins[reader.readVarint()] ?? "miter";
      else if (field === 6) style.miterLimit = finite(reader.readFloat());
      else if (field === 7) style.dash = finite(reader.readFloat());
      else if (field === 8) style.gap = finite(reader.readFloat());
      else if (field === 9) style.dashOffset = finite(reader.readFloat());
    },
    { ...plainStyle },
  );

/** As the frame before. */
const keep = "keep";

const readShape = (pbf: PbfReader): SvgaShape | typeof keep | undefined => {
  const shape = pbf.readMessage<{
    type: number;
    outline: SvgaOutline | undefined;
    style: SvgaStyle;
    transform: SvgaTransform;
  }>(
    (field, read, reader) => {
      if (field === 1) read.type = reader.readVarint();
      else if (field === 2)
        read.outline = reader.readMessage<{ kind: "path"; d: string }>(
          (inner, path, at) => {
            if (inner === 1) path.d = readPath(at);
          },
          { kind: "path", d: "" },
        );
      else if (field === 3) {
        const [x = 0, y = 0, width = 0, height = 0, cornerRadius = 0] = readFloats(reader, 5);
        read.outline = { kind: "rect", x, y, width, height, cornerRadius };
      } else if (field === 4) {
        const [x = 0, y = 0, radiusX = 0, radiusY = 0] = readFloats(reader, 4);
        read.outline = { kind: "ellipse", x, y, radiusX, radiusY };
      } else if (field === 10) read.style = readStyle(reader);
      else if (field === 11) read.transform = readTransform(reader);
    },
    { type: 0, outline: undefined, style: plainStyle, transform: identity },
  );
  if (shape.type === 3) return keep;
  const { outline, style, transform } = shape;
  return outline && { outline, style, transform };
};

const readFrame = (pbf: PbfReader, before: SvgaFrame | undefined, spent: Spent): SvgaFrame => {
  const shapes: (SvgaShape | typeof keep)[] = [];
  const frame = pbf.readMessage<Omit<Mutable<SvgaFrame>, "shapes">>(
    (field, read, reader) => {
      if (field === 1) read.alpha = finite(reader.readFloat());
      else if (field === 2) read.layout = readRect(reader);
      else if (field === 3) read.transform = readTransform(reader);
      else if (field === 4) read.clipPath = readPath(reader);
      else if (field === 5) {
        const shape = readShape(reader);
        if (shape !== undefined) shapes.push(shape);
        spent.shapes += 1;
        if (spent.shapes > limits.shapes) throw tooLarge(`more than ${limits.shapes} shapes`);
        if (shapes.length > limits.shapesInFrame)
          throw tooLarge(`more than ${limits.shapesInFrame} shapes in one frame`);
      }
    },
    { alpha: 0, layout: { x: 0, y: 0, width: 0, height: 0 }, transform: identity, clipPath: "" },
  );
  return {
    ...frame,
    shapes: shapes[0] === keep ? (before?.shapes ?? []) : shapes.filter((shape) => shape !== keep),
  };
};

const readSprite = (pbf: PbfReader, spent: Spent): SvgaSprite => {
  const frames: SvgaFrame[] = [];
  const sprite = pbf.readMessage(
    (field, read, reader) => {
      if (field === 1) read.imageKey = reader.readString();
      else if (field === 2) {
        frames.push(readFrame(reader, frames.at(-1), spent));
        spent.frames += 1;
        if (frames.length > limits.frames || spent.frames > limits.spriteFrames)
          throw tooLarge(`${spent.frames} frames of sprites`);
      } else if (field === 3) read.matteKey = reader.readString();
    },
    { imageKey: "", matteKey: "" },
  );
  return { ...sprite, frames };
};

const readFile = (pbf: PbfReader): { key: string; bytes: Uint8Array<ArrayBuffer> } =>
  pbf.readMessage(
    (field, read, reader) => {
      if (field === 1) read.key = reader.readString();
      // A copy, so that the rest of the file need not be kept.
      else if (field === 2) read.bytes = new Uint8Array(reader.readBytes());
    },
    { key: "", bytes: new Uint8Array(0) },
  );

const readAudio = (pbf: PbfReader): SvgaAudio =>
  pbf.readMessage<Mutable<SvgaAudio>>(
    (field, read, reader) => {
      if (field === 1) read.audioKey = reader.readString();
      else if (field === 2) read.startFrame = reader.readVarint(true);
      else if (field === 3) read.endFrame = reader.readVarint(true);
      else if (field === 4) read.startTimeMs = reader.readVarint(true);
    },
    { audioKey: "", startFrame: 0, endFrame: 0, startTimeMs: 0 },
  );

const readMovie = (bytes: Uint8Array): SvgaMovie => {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const sprites: SvgaSprite[] = [];
  const audios: SvgaAudio[] = [];
  const spent: Spent = { shapes: 0, frames: 0 };
  const params = new PbfReader(bytes).readFields(
    (field, read, reader) => {
      if (field === 2)
        reader.readMessage((inner, into, at) => {
          if (inner === 1) into.width = finite(at.readFloat());
          else if (inner === 2) into.height = finite(at.readFloat());
          else if (inner === 3) into.fps = at.readVarint(true);
          else if (inner === 4) into.frames = at.readVarint(true);
        }, read);
      else if (field === 3) {
        const { key, bytes: file } = readFile(reader);
        files.set(key, file);
        if (files.size > limits.parts) throw tooLarge(`more than ${limits.parts} pictures`);
      } else if (field === 4) {
        sprites.push(readSprite(reader, spent));
        if (sprites.length > limits.sprites) throw tooLarge(`more than ${limits.sprites} sprites`);
      } else if (field === 5) {
        audios.push(readAudio(reader));
        if (audios.length > limits.parts) throw tooLarge(`more than ${limits.parts} sounds`);
      }
    },
    { width: 0, height: 0, fps: 0, frames: 0 },
  );
  return { ...params, files, sprites, audios };
};

const check = ({ width, height, fps, frames }: SvgaMovie): void => {
  if (!(width >= 1 && height >= 1)) throw new Refused("alert.file_broken", "no picture's size");
  if (width > limits.viewSidePx || height > limits.viewSidePx)
    throw tooLarge(`${width} x ${height} pixels`);
  if (fps < 1 || fps > 120) throw new Refused("alert.file_broken", `${fps} frames a second`);
  if (frames < 1) throw new Refused("alert.file_broken", "no frames");
  if (frames > limits.frames) throw tooLarge(`${frames} frames`);
};

/** Reads an inflated SVGA 2.x file: https://github.com/svga/SVGA-Format, proto/svga.proto. */
export const readSvgaMovie = (bytes: Uint8Array): Result<SvgaMovie> => {
  try {
    const movie = readMovie(bytes);
    check(movie);
    return succeed(movie);
  } catch (error) {
    // The reader throws what it likes at a broken file.
    return error instanceof Refused
      ? fail(error.code, error.message)
      : fail("alert.file_broken", error instanceof Error ? error.message : String(error));
  }
};
