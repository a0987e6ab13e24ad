import type { CanvasId, SourceId } from "../../../preload/contract/ids.ts";
import type { SceneDocument } from "../../../preload/contract/scene.ts";
import type { Picture } from "../picture.ts";
import { modelFor, modelInput, modelSizes } from "./model-input.ts";
import { picturePixels } from "./picture-pixels.ts";
import type { SegmenterCommand, SegmenterReport } from "./protocol.ts";
import { segmentedSources } from "./segmented-sources.ts";

/** At most 15 masks a second of each source. */
const everyMs = 1_000 / 15;
/** A mask of a picture that has been replaced since is of no use any more after this time. */
const staleMs = 1_000;
/** One that has not answered for so long never will. */
const silentMs = 15_000;
const loadingMs = 60_000;
/** Before one that failed is tried again. */
const retryMs = 10_000;
/** Nobody needs it: kept for so long, as its models take a while to be there again. */
const lingerMs = 10_000;

/** How the finding of people is doing; `failed` is tried again by itself, and is so until that has worked. */
export type SegmenterState =
  | { readonly state: "off" | "loading" | "running" }
  | { readonly state: "failed"; readonly reason: string };

/** The part of `Worker` in use. */
export interface SegmenterWorker {
  postMessage(command: SegmenterCommand, transfer: Transferable[]): void;
  addEventListener(type: "message", listener: (event: { data: SegmenterReport }) => void): void;
  addEventListener(
    type: "error",
    listener: (event: { readonly message: string; preventDefault(): void }) => void,
  ): void;
  terminate(): void;
}

const openSegmenter = (): SegmenterWorker =>
  new Worker(new URL("./segmenter.ts", import.meta.url), { type: "module" });

interface Followed {
  /** When the picture was read that the segmenter has now; null: it has none of this source. */
  askedAtMs: number | null;
  lastAskedAtMs: number;
  /** Of the picture that was asked about last. */
  version: number;
  mask: { readonly picture: Picture; readonly takenAtMs: number; readonly of: number } | null;
}

const nothingYet: Followed = {
  askedAtMs: null,
  lastAskedAtMs: Number.NEGATIVE_INFINITY,
  version: -1,
  mask: null,
};

let versions = 0;

/**
 * Where people are in the pictures of sources whose items have a background filter. The newest picture is asked about, one
 * at a time of each source; whoever draws takes what is there and never waits.
 */
export class PersonMasks {
  readonly #onState: (state: SegmenterState) => void;
  readonly #open: () => SegmenterWorker;
  readonly #followed = new Map<SourceId, Followed>();
  #worker: SegmenterWorker | undefined;
  /** It takes pictures; its models are loaded with the first ones. */
  #isReady = false;
  /** It has given a mask. */
  #works = false;
  #openedAtMs = 0;
  /** Since it last worked. */
  #failedAtMs = Number.NEGATIVE_INFINITY;
  #linger: ReturnType<typeof setTimeout> | undefined;
  #closed = false;
  /** Masks that have come since the start. */
  masks = 0;

  constructor(onState: (state: SegmenterState) => void, open = openSegmenter) {
    this.#onState = onState;
    this.#open = open;
  }

  follow(document: SceneDocument, canvasId: CanvasId): void {
    const wanted = segmentedSources(document, canvasId);
    for (const sourceId of this.#followed.keys()) {
      if (wanted.has(sourceId)) continue;
      this.forget(sourceId);
      this.#followed.delete(sourceId);
    }
    for (const sourceId of wanted)
      if (!this.#followed.has(sourceId)) this.#followed.set(sourceId, { ...nothingYet });
    clearTimeout(this.#linger);
    if (this.#followed.size === 0 && this.#worker)
      this.#linger = setTimeout(() => this.#end({ state: "off" }), lingerMs);
  }

  /** Nothing that was found in this source's pictures is good any more: another device, another picture. */
  forget(sourceId: SourceId): void {
    if (!this.#followed.has(sourceId)) return;
    this.#followed.set(sourceId, { ...nothingYet });
    this.#worker?.postMessage({ type: "forget", sourceId }, []);
  }

  /** With each beat: asks about what is new, and gives the masks that fit the pictures. Sources without one are all background. */
  of(pictures: ReadonlyMap<SourceId, Picture>, nowMs: number): ReadonlyMap<SourceId, Picture> {
    const masks = new Map<SourceId, Picture>();
    if (this.#followed.size === 0) return masks;
    this.#watch(nowMs);
    for (const [sourceId, followed] of this.#followed) {
      const picture = pictures.get(sourceId);
      if (!picture) continue;
      const { mask } = followed;
      if (mask && (mask.of === picture.version || nowMs - mask.takenAtMs <= staleMs))
        masks.set(sourceId, mask.picture);
      if (
        !this.#isReady ||
        followed.askedAtMs !== null ||
        followed.version === picture.version ||
        // Beats come a little early and late.
        nowMs - followed.lastAskedAtMs < everyMs - 2
      )
        continue;
      followed.askedAtMs = nowMs;
      followed.lastAskedAtMs = nowMs;
      followed.version = picture.version;
      this.#ask(sourceId, picture, nowMs).catch((error: unknown) => {
        // Another picture of it may be better.
        followed.askedAtMs = null;
        console.warn("a picture in which people are looked for cannot be read", error);
      });
    }
    return masks;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#linger);
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#followed.clear();
  }

  async #ask(sourceId: SourceId, picture: Picture, takenAtMs: number): Promise<void> {
    const worker = this.#worker;
    const pixels = await picturePixels(picture);
    if (worker !== this.#worker) return;
    const model = modelFor(picture);
    const input = modelInput(pixels, modelSizes[model]);
    worker?.postMessage({ type: "segment", sourceId, model, input, takenAtMs }, [input.buffer]);
  }

  #watch(nowMs: number): void {
    if (!this.#worker) {
      if (nowMs - this.#failedAtMs >= retryMs) this.#start(nowMs);
      return;
    }
    const asked = [...this.#followed.values()].flatMap(({ askedAtMs }) => askedAtMs ?? []);
    const silentSinceMs = this.#isReady ? Math.min(nowMs, ...asked) : this.#openedAtMs;
    if (nowMs - silentSinceMs > (this.#isReady ? silentMs : loadingMs))
      this.#fail("the segmenter does not answer", nowMs);
  }

  #start(nowMs: number): void {
    const worker = this.#open();
    this.#worker = worker;
    this.#openedAtMs = nowMs;
    worker.addEventListener("message", ({ data }) => {
      if (worker === this.#worker) this.#take(data);
    });
    worker.addEventListener("error", (event) => {
      // Else it is an error of the compositor worker's too, which would be made anew.
      event.preventDefault();
      if (worker === this.#worker) this.#fail(event.message, performance.now());
    });
    if (this.#failedAtMs === Number.NEGATIVE_INFINITY) this.#onState({ state: "loading" });
  }

  #take(report: SegmenterReport): void {
    if (report.type === "ready") {
      this.#isReady = true;
      return;
    }
    const { sourceId, takenAtMs, width, height, data } = report;
    const followed = this.#followed.get(sourceId);
    // Of a source that was forgotten meanwhile.
    if (followed?.askedAtMs !== takenAtMs) return;
    followed.askedAtMs = null;
    if (!this.#works) {
      this.#works = true;
      this.#failedAtMs = Number.NEGATIVE_INFINITY;
      this.#onState({ state: "running" });
    }
    versions += 1;
    this.masks += 1;
    const pixels = { format: "RGBA", premultiplied: false, data } as const;
    const picture = { id: `person ${sourceId}`, version: versions, width, height, pixels };
    followed.mask = { picture, takenAtMs, of: followed.version };
  }

  #fail(reason: string, nowMs: number): void {
    this.#failedAtMs = nowMs;
    console.error(`people cannot be told from what is behind them: ${reason}`);
    this.#end({ state: "failed", reason });
  }

  #end(state: SegmenterState): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#isReady = false;
    this.#works = false;
    for (const sourceId of this.#followed.keys()) this.#followed.set(sourceId, { ...nothingYet });
    this.#onState(state);
  }
}
