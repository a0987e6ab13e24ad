import { DotLottie } from "@lottiefiles/dotlottie-web";
import wasmUrl from "@lottiefiles/dotlottie-web/dotlottie-player.wasm?url";
import { fail, type Result, succeed } from "../../../../preload/contract/result.ts";
import type { Picture } from "../../../compositor/picture.ts";
import { FrameStore, inTime } from "../frame-store.ts";
import { limits } from "../limits.ts";
import { type AlertAnimation, timeInPass } from "../player.ts";
import type { LottieDocument } from "./lottie-document.ts";

// Without it the library would ask its makers' servers.
DotLottie.setWasmUrl(new URL(wasmUrl, import.meta.url).href);

class LottieAnimation implements AlertAnimation {
  readonly width: number;
  readonly height: number;
  readonly passMs: number;
  readonly durationMs: number;
  readonly cues = [];
  readonly maxBytes: number;
  readonly #id: string;
  readonly #library: DotLottie;
  /** Of what is drawn; the document's own frames may be more. */
  readonly #frameMs: number;
  readonly #framesEach: number;
  readonly #frameCount: number;
  readonly #lastFrame: number;
  readonly #frames: FrameStore<Picture>;

  constructor(
    id: string,
    library: DotLottie,
    document: LottieDocument,
    surface: { readonly width: number; readonly height: number },
  ) {
    const { framesPerSecond, frames, json } = document;
    this.#id = id;
    this.#library = library;
    this.width = surface.width;
    this.height = surface.height;
    this.#framesEach = Math.max(1, Math.round(framesPerSecond / limits.drawnFps));
    this.#frameMs = (this.#framesEach * 1_000) / framesPerSecond;
    this.#lastFrame = frames - 1;
    this.passMs = Math.min(limits.longestMs, (frames * 1_000) / framesPerSecond);
    this.durationMs = this.passMs;
    this.#frameCount = Math.ceil(frames / this.#framesEach);
    const frameBytes = 4 * this.width * this.height;
    this.maxBytes =
      // The text, and about as much again of what the library makes of it.
      2 * json.length +
      2 * frameBytes +
      Math.min(this.#frameCount * frameBytes, limits.decodedBytes);
    this.#frames = new FrameStore({
      frameCount: this.#frameCount,
      frameBytes,
      endless: false,
      decode: inTime((index) => this.#draw(index)),
    });
  }

  get failure() {
    return this.#frames.failure;
  }

  frameAt(tMs: number): Picture | undefined {
    return this.#frames.get(this.#indexAt(tMs));
  }

  prepare(tMs: number): Promise<Result<void>> {
    return this.#frames.prepare(this.#indexAt(tMs));
  }

  close(): void {
    this.#frames.close();
    this.#library.destroy();
  }

  #indexAt(tMs: number): number {
    // A frame's own beginning may come out a little too early.
    const index = Math.floor(timeInPass(tMs, this) / this.#frameMs + 1e-6);
    return Math.min(this.#frameCount - 1, index);
  }

  #draw(index: number): Picture {
    const frame = Math.min(this.#lastFrame, index * this.#framesEach);
    this.#library.setFrame(frame);
    const { buffer } = this.#library;
    const { width, height } = this;
    if (buffer?.length !== 4 * width * height) throw new Error(`no picture of frame ${frame}`);
    return {
      id: `${this.#id}/${index}`,
      version: 0,
      width,
      height,
      pixels: { format: "RGBA", premultiplied: false, data: new Uint8ClampedArray(buffer) },
    };
  }
}

/** Waits for the library to have read it. */
const loaded = (library: DotLottie): Promise<Result<void>> =>
  new Promise((resolve) => {
    library.addEventListener("load", () => resolve(succeed(undefined)));
    library.addEventListener("loadError", ({ error }) =>
      resolve(fail("alert.file_broken", error.message)),
    );
    if (library.isLoaded) resolve(succeed(undefined));
  });

/** Draws a checked Lottie with ThorVG in WebAssembly. */
export const openLottieAnimation = async (
  document: LottieDocument,
  id: string,
): Promise<Result<AlertAnimation>> => {
  const scale = Math.min(1, limits.drawnSidePx / Math.max(document.width, document.height));
  const surface = {
    width: Math.ceil(document.width * scale),
    height: Math.ceil(document.height * scale),
  };
  const library = new DotLottie({
    canvas: surface,
    data: document.json,
    autoplay: false,
    useFrameInterpolation: false,
    layout: { fit: "fill" },
    renderConfig: { autoResize: false, devicePixelRatio: 1, freezeOnOffscreen: false },
  });
  const read = await loaded(library);
  if (!read.ok) {
    library.destroy();
    return read;
  }
  const animation = new LottieAnimation(id, library, document, surface);
  const first = await animation.prepare(0);
  if (first.ok) return succeed(animation);
  animation.close();
  return first;
};
