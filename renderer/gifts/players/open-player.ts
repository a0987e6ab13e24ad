import type { SvgaSlots, VideoLayout } from "../../../preload/contract/gift.ts";
import { fail, type Result } from "../../../preload/contract/result.ts";
import { type FileKind, fileKindOf } from "./file-kind.ts";
import { openImageAnimation } from "./image/image-animation.ts";
import { limits } from "./limits.ts";
import { readDotLottie } from "./lottie/dotlottie-archive.ts";
import { type LottieDocument, type PictureBytes, readLottie } from "./lottie/lottie-document.ts";
import type { AlertAnimation } from "./player.ts";
import { openSvgaAnimation } from "./svga/svga-animation.ts";
import { openVideoAnimation } from "./video/video-animation.ts";

export interface OpenOptions {
  /** Its pictures' ids begin so: another for another content or other options. */
  readonly id: string;
  /** Where an MP4 without a `vapc` box has its alpha; `alphaLeft` where nothing is said, as VAP's players do. */
  readonly videoLayout?: VideoLayout | undefined;
  /** SVGA files do not say which of their sprites are meant for the sender. */
  readonly svgaSlots?: SvgaSlots | undefined;
}

type Open = (
  bytes: Uint8Array<ArrayBuffer>,
  options: OpenOptions,
) => Promise<Result<AlertAnimation>>;

/** A bare JSON has no other files with it. */
const missingPicture: PictureBytes = () =>
  Promise.resolve(fail("alert.file_broken", "no such picture"));

/** The library is large and most shows need none. */
const openLottie = async (
  document: LottieDocument,
  id: string,
): Promise<Result<AlertAnimation>> => {
  const { openLottieAnimation } = await import("./lottie/lottie-animation.ts");
  return openLottieAnimation(document, id);
};

const openers: Readonly<Partial<Record<FileKind, Open>>> = {
  "image/gif": (bytes, { id }) => openImageAnimation(bytes, "image/gif", id),
  "image/png": (bytes, { id }) => openImageAnimation(bytes, "image/png", id),
  "image/jpeg": (bytes, { id }) => openImageAnimation(bytes, "image/jpeg", id),
  "image/webp": (bytes, { id }) => openImageAnimation(bytes, "image/webp", id),
  "image/avif": (bytes, { id }) => openImageAnimation(bytes, "image/avif", id),
  json: async (bytes, { id }) => {
    const document = await readLottie(bytes, missingPicture);
    return document.ok ? openLottie(document.value, id) : document;
  },
  zip: async (bytes, { id }) => {
    const document = await readDotLottie(bytes);
    return document.ok ? openLottie(document.value, id) : document;
  },
  zlib: (bytes, { id, svgaSlots }) => openSvgaAnimation(bytes, svgaSlots ?? {}, id),
  mp4: (bytes, { id, videoLayout }) => openVideoAnimation(bytes, videoLayout ?? "alphaLeft", id),
};

/** Opens a gift's animation by what is in its file. Its owner closes it. */
export const openPlayer = async (
  bytes: Uint8Array<ArrayBuffer>,
  options: OpenOptions,
): Promise<Result<AlertAnimation>> => {
  if (bytes.byteLength > limits.fileBytes)
    return fail("alert.file_too_large", `${bytes.byteLength} bytes`);
  const kind = fileKindOf(bytes);
  const open = kind && openers[kind];
  return open
    ? open(bytes, options)
    : fail("alert.format_unknown", kind ?? "neither a picture nor an animation");
};
