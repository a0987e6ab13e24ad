import type { SvgaSlots } from "../../../../preload/contract/gift.ts";
import { fail, type Result, succeed } from "../../../../preload/contract/result.ts";
import { type Picture, pictureOfCanvas } from "../../../compositor/picture.ts";
import { fileKindOf } from "../file-kind.ts";
import { FrameStore, inTime } from "../frame-store.ts";
import { readImageContainer } from "../image/image-container.ts";
import { inflate } from "../inflate.ts";
import { limits } from "../limits.ts";
import { keptPictures, PictureMemo } from "../picture-memo.ts";
import { type AlertAnimation, type AlertSender, type SoundCue, timeInPass } from "../player.ts";
import type { Slot } from "../slot-picture.ts";
import { drawSvga, isMatte, pictureKeyOf, sizeOfPicture, type SvgaScene } from "./draw-svga.ts";
import { readSvgaMovie, type SvgaMovie } from "./svga-movie.ts";

type Pictures = SvgaScene["pictures"];

/** Of what the movie is when it has been read, beside its files. */
const bytesOfSpriteFrame = 350;
const bytesOfShape = 600;

const slotOf = (filling: "name" | "avatar"): Slot => ({
  kind: filling === "name" ? "text" : "picture",
  colour: "#ffffff",
  isBold: true,
  covers: true,
});

const frameMs = ({ fps }: SvgaMovie): number => 1_000 / fps;

const isSound = (bytes: Uint8Array): boolean => {
  const [first = 0, second = 0, third = 0] = bytes;
  // An ID3 tag, or the beginning of an MPEG audio frame.
  return (
    (first === 0x49 && second === 0x44 && third === 0x33) ||
    (first === 0xff && (second & 0xe0) === 0xe0)
  );
};

const cuesOf = (movie: SvgaMovie, passMs: number): readonly SoundCue[] =>
  movie.audios
    .flatMap((audio): SoundCue[] => {
      const sound = movie.files.get(audio.audioKey);
      const atMs = audio.startFrame * frameMs(movie);
      // Designers leave entries behind whose sound is gone; the picture needs none.
      if (!sound || !isSound(sound) || atMs < 0 || atMs >= passMs) return [];
      const endMs = audio.endFrame > audio.startFrame ? audio.endFrame * frameMs(movie) : passMs;
      const offsetMs = Math.max(0, audio.startTimeMs);
      return [{ atMs, lengthMs: Math.min(endMs, passMs) - atMs, offsetMs, sound }];
    })
    .toSorted((a, b) => a.atMs - b.atMs);

/** So often a mask goes over the whole. */
const passesOfMask = 2;

/** Pixels that the pictures and masks of one frame cover, the whole at most each. */
const drawnPixels = (movie: SvgaMovie, pictures: Pictures, index: number): number => {
  const whole = movie.width * movie.height;
  let pixels = 0;
  let maskedBy = "";
  for (const sprite of movie.sprites) {
    const frame = sprite.frames[index];
    if (!frame || frame.alpha <= 0) continue;
    if (sprite.matteKey !== "" && sprite.matteKey !== maskedBy) pixels += passesOfMask * whole;
    maskedBy = sprite.matteKey;
    const { a, b, c, d } = frame.transform;
    const { width, height } = sizeOfPicture(frame, pictures.get(pictureKeyOf(sprite)));
    pixels += Math.min(Math.abs((a * d - b * c) * width * height), whole);
  }
  return pixels;
};

const checkFrames = (movie: SvgaMovie, pictures: Pictures): Result<void> => {
  for (let index = 0; index < movie.frames; index += 1) {
    if (drawnPixels(movie, pictures, index) > limits.overdraw * movie.width * movie.height)
      return fail("alert.file_too_large", `too many pictures over each other in frame ${index}`);
    const shapes = movie.sprites.reduce(
      (sum, { frames }) => sum + (frames[index]?.shapes.length ?? 0),
      0,
    );
    if (shapes > limits.shapesInFrame)
      return fail("alert.file_too_large", `${shapes} shapes in frame ${index}`);
  }
  return succeed(undefined);
};

const checkSprites = (movie: SvgaMovie, slots: ReadonlyMap<string, Slot>): Result<void> => {
  const masks = new Set(movie.sprites.filter(isMatte).map(({ imageKey }) => imageKey));
  for (const sprite of movie.sprites) {
    const key = pictureKeyOf(sprite);
    const isDrawn =
      key === "" || slots.has(key) || sprite.frames.some(({ shapes }) => shapes.length);
    if (!movie.files.has(key) && !isDrawn && !key.endsWith(".vector"))
      return fail("alert.file_broken", `the picture ${key} is missing`);
    if (sprite.matteKey !== "" && !masks.has(sprite.matteKey))
      return fail("alert.file_broken", `the mask ${sprite.matteKey} is missing`);
  }
  return succeed(undefined);
};

const closeAll = (pictures: Pictures): void => {
  for (const picture of pictures.values()) picture.close();
};

/** The pictures that sprites use; their owner closes them. */
const openPictures = async (movie: SvgaMovie): Promise<Result<Pictures>> => {
  const pictures = new Map<string, ImageBitmap>();
  let pixels = 0;
  const refuse = (
    code: "alert.file_broken" | "alert.file_too_large",
    detail: string,
  ): Result<never> => {
    closeAll(pictures);
    return fail(code, detail);
  };
  for (const key of new Set(movie.sprites.map(pictureKeyOf))) {
    const file = movie.files.get(key);
    if (!file) continue;
    const kind = fileKindOf(file);
    if (kind !== "image/png" && kind !== "image/jpeg" && kind !== "image/webp")
      return refuse("alert.file_broken", `the picture ${key} is no PNG, JPEG or WebP`);
    const container = readImageContainer(file, kind);
    if (!container.ok)
      return refuse("alert.file_broken", `the picture ${key}: ${container.error.detail ?? kind}`);
    pixels += container.value.width * container.value.height;
    if (pixels > limits.partsPixels)
      return refuse("alert.file_too_large", `pictures of ${pixels} pixels`);
    try {
      pictures.set(key, await createImageBitmap(new Blob([file], { type: kind })));
    } catch (error) {
      const reason = error instanceof Error ? error.message : kind;
      return refuse("alert.file_broken", `the picture ${key}: ${reason}`);
    }
  }
  return succeed(pictures);
};

class SvgaAnimation implements AlertAnimation {
  readonly width: number;
  readonly height: number;
  readonly passMs: number;
  readonly durationMs: number;
  readonly cues: readonly SoundCue[];
  readonly maxBytes: number;
  readonly #id: string;
  readonly #scene: SvgaScene;
  readonly #frames: FrameStore<Picture>;
  readonly #withSender = new PictureMemo();

  constructor(id: string, scene: SvgaScene, inflatedBytes: number) {
    const { canvas, movie, pictures, slots } = scene;
    this.#id = id;
    this.#scene = scene;
    this.width = canvas.width;
    this.height = canvas.height;
    this.passMs = Math.min(limits.longestMs, movie.frames * frameMs(movie));
    this.durationMs = this.passMs;
    this.cues = cuesOf(movie, this.passMs);
    const frameBytes = 4 * canvas.width * canvas.height;
    let pictureBytes = 0;
    for (const { width, height } of pictures.values()) pictureBytes += 4 * width * height;
    let readBytes = 0;
    for (const { frames } of movie.sprites)
      for (const { shapes } of frames)
        readBytes += bytesOfSpriteFrame + bytesOfShape * shapes.length;
    this.maxBytes =
      inflatedBytes +
      readBytes +
      pictureBytes +
      // Three canvases.
      (3 + (slots.size > 0 ? keptPictures : 0)) * frameBytes +
      Math.min(movie.frames * frameBytes, limits.decodedBytes);
    this.#frames = new FrameStore({
      frameCount: movie.frames,
      frameBytes,
      endless: false,
      decode: inTime((index) => this.#draw(`${id}/${index}`, index, undefined)),
    });
  }

  get failure() {
    return this.#frames.failure;
  }

  frameAt(tMs: number, sender?: AlertSender): Picture | undefined {
    const index = this.#indexAt(tMs);
    const drawn = this.#frames.get(index);
    if (!drawn || !sender || this.#scene.slots.size === 0) return drawn;
    return this.#withSender.get(`${this.#id}/${index}/${sender.id}`, (id) =>
      this.#draw(id, index, sender),
    );
  }

  prepare(tMs: number): Promise<Result<void>> {
    return this.#frames.prepare(this.#indexAt(tMs));
  }

  close(): void {
    this.#frames.close();
    this.#withSender.close();
    closeAll(this.#scene.pictures);
  }

  #indexAt(tMs: number): number {
    const { movie } = this.#scene;
    // A frame's own beginning may come out a little too early.
    const index = Math.floor(timeInPass(tMs, this) / frameMs(movie) + 1e-6);
    return Math.min(movie.frames - 1, index);
  }

  #draw(id: string, index: number, sender: AlertSender | undefined): Picture {
    drawSvga(this.#scene, index, sender);
    return pictureOfCanvas(this.#scene.canvas, { id, version: 0 });
  }
}

/** SVGA 2.x. @param fillings what of the sender replaces or covers sprites, by their image keys */
export const openSvgaAnimation = async (
  bytes: Uint8Array<ArrayBuffer>,
  fillings: SvgaSlots,
  id: string,
): Promise<Result<AlertAnimation>> => {
  const inflated = await inflate(bytes, "deflate");
  if (!inflated.ok) return inflated;
  const parsed = readSvgaMovie(inflated.value);
  if (!parsed.ok) return parsed;
  const movie = parsed.value;
  const slots = new Map(Object.entries(fillings).map(([key, filling]) => [key, slotOf(filling)]));
  const checked = checkSprites(movie, slots);
  if (!checked.ok) return checked;
  const pictures = await openPictures(movie);
  if (!pictures.ok) return pictures;
  const drawable = checkFrames(movie, pictures.value);
  if (!drawable.ok) {
    closeAll(pictures.value);
    return drawable;
  }
  const scale = Math.min(1, limits.drawnSidePx / Math.max(movie.width, movie.height));
  const width = Math.ceil(movie.width * scale);
  const height = Math.ceil(movie.height * scale);
  const newCanvas = (): OffscreenCanvas => new OffscreenCanvas(width, height);
  const scene: SvgaScene = {
    movie,
    pictures: pictures.value,
    slots,
    scale,
    canvas: newCanvas(),
    masked: newCanvas(),
    mask: newCanvas(),
  };
  return succeed(new SvgaAnimation(id, scene, inflated.value.byteLength));
};
