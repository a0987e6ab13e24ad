import type { CanvasId, ItemId, SourceId } from "../../preload/contract/ids.ts";
import { sourcesShownBy } from "../../preload/contract/nesting.ts";
import type { PainterKind } from "../../preload/contract/painter.ts";
import type { SceneDocument } from "../../preload/contract/scene.ts";
import { mapItem } from "../scene/edits/edit.ts";
import { drawTextPicture } from "../capture/kinds/text/text-picture.ts";
import type { AlertPlayer } from "../gifts/alert-player.ts";
import { brightnessOf, isOther, sampleLuma } from "./brightness.ts";
import { contextOf } from "./canvas-context.ts";
import { copyFrame } from "./copy-frame.ts";
import type { FilterPictures } from "./filter-pictures.ts";
import type { PersonMasks } from "./segmenter/person-masks.ts";
import { FrameSink } from "./frame-sink.ts";
import { FrameSource } from "./frame-source.ts";
import { openPainter } from "./open-painter.ts";
import { PainterKeeper } from "./painter-keeper.ts";
import type { Painter } from "./painter.ts";
import { type Picture, type PlacedPicture, pictureOfCanvas } from "./picture.ts";
import { type PlanInput, planProgramme } from "./plan.ts";
import { ProgrammeClock, type Tick } from "./programme-clock.ts";
import type { CompositorReport, PainterState, SourceFlow } from "./protocol.ts";

const statsEveryMs = 1_000;
/** Of the programme's pictures, one is painted for comparison too. */
const comparedEvery = 3;
/** A track that has not taken a frame for so long never will. */
const longestSilenceMs = 3_000;

export interface ProgrammeReports {
  readonly onSize: (sourceId: SourceId, width: number, height: number) => void;
  readonly onStats: (stats: Omit<Extract<CompositorReport, { type: "stats" }>, "type">) => void;
  readonly onPainter: (state: PainterState) => void;
  readonly onPainterLost: (kind: PainterKind, reason: string) => void;
}

const withoutFilters = (document: SceneDocument, itemId: ItemId): SceneDocument =>
  mapItem(document, itemId, (item) => ({ ...item, filters: [] }));

const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;

/** Composes one canvas at its rate into one sink, from whatever is attached. Lives in the worker. */
export class Programme {
  readonly #canvasId: CanvasId;
  readonly #sink: FrameSink;
  readonly #alerts: AlertPlayer;
  readonly #filterPictures: FilterPictures;
  readonly #personMasks: PersonMasks;
  readonly #reports: ProgrammeReports;
  readonly #live = new Map<SourceId, FrameSource>();
  readonly #stills = new Map<SourceId, Picture>();
  readonly #texts = new Map<SourceId, { readonly key: string; readonly picture: Picture }>();
  #document: SceneDocument;
  readonly #painters: PainterKeeper;
  #clock: ProgrammeClock | undefined;
  #output = { width: 0, height: 0, fps: 0 };
  /** What was composed last, to be repeated. */
  #last: VideoFrame | undefined;
  #comparison: { readonly itemId: ItemId; readonly sink: FrameSink; beats: number } | undefined;
  #lastTimestampUs = -1;
  /** A picture is being painted; beats meanwhile are repeated after it. */
  #painting = false;
  #skipped = 0;
  #closed = false;
  #pictureVersion = 0;
  #repeatedFrames = 0;
  #composeMs: number[] = [];
  /** What the picture looked like when it last changed. */
  #look: { readonly lumas: readonly number[]; readonly sinceMs: number } | undefined;
  #statsTimer: ReturnType<typeof setInterval>;
  #before: { taken: number; atMs: number; frames: Map<SourceId, number> };

  constructor(options: {
    readonly canvasId: CanvasId;
    readonly document: SceneDocument;
    readonly painter: PainterKind;
    readonly writable: WritableStream<VideoFrame>;
    readonly alerts: AlertPlayer;
    readonly filterPictures: FilterPictures;
    readonly personMasks: PersonMasks;
    readonly reports: ProgrammeReports;
  }) {
    this.#canvasId = options.canvasId;
    this.#document = options.document;
    this.#sink = new FrameSink(options.writable);
    this.#alerts = options.alerts;
    this.#filterPictures = options.filterPictures;
    this.#personMasks = options.personMasks;
    this.#reports = options.reports;
    this.#painters = new PainterKeeper({
      kind: options.painter,
      open: openPainter,
      onState: options.reports.onPainter,
      onLost: options.reports.onPainterLost,
      // The window makes a worker anew that had an error.
      onBroken: reportError,
      now: () => performance.now(),
    });
    this.#before = { taken: 0, atMs: performance.now(), frames: new Map() };
    this.#statsTimer = setInterval(() => void this.#report(), statsEveryMs);
    this.setDocument(options.document);
  }

  setDocument(document: SceneDocument): void {
    this.#document = document;
    this.#filterPictures.follow(document);
    this.#personMasks.follow(document, this.#canvasId);
    const canvas = document.canvases.find(({ id }) => id === this.#canvasId);
    if (!canvas) return;
    const { width, height, fps } = canvas;
    this.#painters.resize({ width, height });
    if (!this.#clock || fps !== this.#output.fps) {
      this.#clock?.close();
      this.#clock = new ProgrammeClock(fps, (tick) => this.#tick(tick));
    }
    this.#output = { width, height, fps };
    this.#drawTexts();
  }

  /** The picture goes on in the same track. */
  usePainter(kind: PainterKind): void {
    this.#painters.use(kind);
  }

  attachFrames(sourceId: SourceId, readable: ReadableStream<VideoFrame>): void {
    this.detach(sourceId);
    this.#live.set(
      sourceId,
      new FrameSource(readable, {
        mayCopy: () => this.#painters.kind === "cpu",
        onSize: (width, height) => this.#reports.onSize(sourceId, width, height),
      }),
    );
  }

  /** Takes over the bitmap. */
  attachImage(sourceId: SourceId, bitmap: ImageBitmap): void {
    this.detach(sourceId);
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    contextOf(canvas).drawImage(bitmap, 0, 0);
    bitmap.close();
    this.#stills.set(sourceId, pictureOfCanvas(canvas, this.#identify(sourceId)));
  }

  /** Another picture for another sink: what viewers see stays as it is. */
  compare(itemId: ItemId, writable: WritableStream<VideoFrame>): void {
    this.endCompare();
    this.#comparison = { itemId, sink: new FrameSink(writable), beats: 0 };
  }

  endCompare(): void {
    this.#comparison?.sink.close();
    this.#comparison = undefined;
  }

  detach(sourceId: SourceId): void {
    this.#live.get(sourceId)?.close();
    this.#live.delete(sourceId);
    this.#stills.delete(sourceId);
    this.#personMasks.forget(sourceId);
  }

  close(): void {
    this.#closed = true;
    this.#clock?.close();
    clearInterval(this.#statsTimer);
    for (const source of this.#live.values()) source.close();
    this.#live.clear();
    this.#last?.close();
    this.#last = undefined;
    this.#sink.close();
    this.endCompare();
    this.#painters.close();
    this.#filterPictures.close();
    this.#personMasks.close();
  }

  #identify(sourceId: SourceId): Pick<Picture, "id" | "version"> {
    this.#pictureVersion += 1;
    return { id: sourceId, version: this.#pictureVersion };
  }

  /** Texts are drawn when they have changed and the programme's scene has them. */
  #drawTexts(): void {
    const canvas = this.#document.canvases.find(({ id }) => id === this.#canvasId);
    const used: ReadonlySet<SourceId> = canvas
      ? sourcesShownBy(this.#document, canvas.sceneId)
      : new Set();
    const kept = new Set<SourceId>();
    for (const source of this.#document.sources) {
      if (source.kind !== "text" || !used.has(source.id)) continue;
      kept.add(source.id);
      const key = JSON.stringify({ ...source, name: "" });
      if (this.#texts.get(source.id)?.key === key) continue;
      const picture = { ...this.#identify(source.id), ...drawTextPicture(source) };
      this.#texts.set(source.id, { key, picture });
      this.#reports.onSize(source.id, picture.width, picture.height);
    }
    for (const sourceId of this.#texts.keys())
      if (!kept.has(sourceId)) this.#texts.delete(sourceId);
  }

  #pictures(): ReadonlyMap<SourceId, Picture> {
    const pictures = new Map<SourceId, Picture>(this.#stills);
    for (const [sourceId, { picture }] of this.#texts) pictures.set(sourceId, picture);
    const nowMs = performance.now();
    for (const [sourceId, source] of this.#live) {
      source.rest(nowMs);
      const latest = source.latest;
      if (!latest) continue;
      const { frame, version } = latest;
      pictures.set(sourceId, {
        id: sourceId,
        version,
        width: frame.displayWidth,
        height: frame.displayHeight,
        pixels: frame,
      });
    }
    return pictures;
  }

  #alertPictures(nowMs: number): ReadonlyMap<SourceId, readonly PlacedPicture[]> {
    const placed = new Map<SourceId, readonly PlacedPicture[]>();
    this.#alerts.advance(nowMs);
    for (const source of this.#document.sources)
      if (source.kind === "alerts") placed.set(source.id, this.#alerts.frameAt(nowMs, source));
    return placed;
  }

  #tick(tick: Tick): void {
    if (this.#painting) {
      this.#skipped += tick.missed + 1;
      return;
    }
    const painter = this.#painters.current;
    const { fps } = this.#output;
    const durationUs = Math.round(1_000_000 / fps);
    // Without a painter this beat is one more that goes by.
    const due = painter ? tick.index : tick.index + 1;
    const missed = this.#skipped + tick.missed + (due - tick.index);
    this.#skipped = 0;
    this.#repeatedFrames += this.#last ? missed : 0;
    const repeatUs = missed > 0 ? this.#timestampUs(due - 1) : null;
    const paintUs = painter ? this.#timestampUs(tick.index) : null;
    this.#painting = true;
    const compose = async (): Promise<void> => {
      // Of beats that went by the newest is enough: the track would drop the others.
      if (repeatUs !== null) await this.#repeat({ timestampUs: repeatUs, durationUs });
      if (painter && paintUs !== null)
        await this.#paint(painter, { timestampUs: paintUs, durationUs });
    };
    compose()
      // The window makes a worker anew that had an error.
      .catch(reportError)
      .finally(() => {
        this.#painting = false;
      });
  }

  async #paint(
    painter: Painter,
    times: { readonly timestampUs: number; readonly durationUs: number },
  ): Promise<void> {
    const startedMs = performance.now();
    const wallMs = Date.now();
    const pictures = this.#pictures();
    const input = {
      document: this.#document,
      canvasId: this.#canvasId,
      wallMs,
      zoneOffsetMs: new Date(wallMs).getTimezoneOffset() * -60_000,
      pictures,
      filterPictures: this.#filterPictures.ready,
      personMasks: this.#personMasks.of(pictures, startedMs),
      // The system's clock may be set while they are shown.
      alerts: this.#alertPictures(startedMs),
    };
    const frame = await painter.paint(planProgramme(input), times).catch((reason: unknown) => {
      this.#painters.lose(painter, reason);
    });
    if (!frame) {
      this.#repeatedFrames += this.#last ? 1 : 0;
      await this.#repeat(times);
      return;
    }
    if (this.#closed) {
      frame.close();
      return;
    }
    this.#last?.close();
    this.#last = frame.clone();
    this.#composeMs.push(performance.now() - startedMs);
    this.#sink.offer(frame);
    await this.#paintComparison(painter, input, times);
  }

  async #paintComparison(
    painter: Painter,
    input: PlanInput,
    times: { readonly timestampUs: number; readonly durationUs: number },
  ): Promise<void> {
    const comparison = this.#comparison;
    if (!comparison) return;
    comparison.beats += 1;
    if (comparison.beats % comparedEvery !== 1) return;
    const document = withoutFilters(input.document, comparison.itemId);
    // Frames that have gone meanwhile have newer ones.
    const ops = planProgramme({ ...input, document, pictures: this.#pictures() });
    const frame = await painter.paint(ops, times).catch((reason: unknown) => {
      this.#painters.lose(painter, reason);
    });
    if (!frame) return;
    if (this.#closed || comparison !== this.#comparison) frame.close();
    else comparison.sink.offer(frame);
  }

  async #repeat(times: {
    readonly timestampUs: number;
    readonly durationUs: number;
  }): Promise<void> {
    // What a GPU that is lost had painted cannot be read any more.
    // A frame made from the last one would keep its time in the track.
    const frame =
      this.#last &&
      (await copyFrame(this.#last, times).catch((error: unknown) => {
        console.warn("a picture could not be repeated", error);
      }));
    if (!frame) return;
    if (this.#closed) frame.close();
    else this.#sink.offer(frame);
  }

  /** Rises also where a new clock has begun before the old one's next beat. */
  #timestampUs(index: number): number {
    const dueUs = this.#clock?.timestampUs(index) ?? 0;
    this.#lastTimestampUs = Math.max(this.#lastTimestampUs + 1, dueUs);
    return this.#lastTimestampUs;
  }

  /** Null before the first picture, and where it cannot be read: a GPU that is lost takes its pictures along. */
  async #sample(): Promise<readonly number[] | null> {
    if (!this.#last) return null;
    try {
      return await sampleLuma(this.#last);
    } catch (error) {
      console.warn("the programme's picture could not be looked at", error);
      return null;
    }
  }

  async #report(): Promise<void> {
    const atMs = performance.now();
    const seconds = (atMs - this.#before.atMs) / 1_000;
    if (this.#sink.silentMs > longestSilenceMs)
      // The window makes the worker anew, with another track.
      reportError(new Error("the track takes no frames any more"));
    const sources = new Map<SourceId, SourceFlow>();
    const frames = new Map<SourceId, number>();
    for (const [sourceId, source] of this.#live) {
      frames.set(sourceId, source.frames);
      sources.set(sourceId, {
        fps: (source.frames - (this.#before.frames.get(sourceId) ?? 0)) / seconds,
        lastFrameAgeMs: atMs - source.lastFrameAtMs,
        brightness: source.brightness,
      });
    }
    const fps = (this.#sink.taken - this.#before.taken) / seconds;
    const composeMs = this.#composeMs;
    this.#composeMs = [];
    this.#before = { taken: this.#sink.taken, atMs, frames };
    const lumas = await this.#sample();
    if (this.#closed) return;
    if (lumas && (!this.#look || isOther(this.#look.lumas, lumas)))
      this.#look = { lumas, sinceMs: atMs };
    this.#reports.onStats({
      fps,
      repeatedFrames: this.#repeatedFrames,
      replacedFrames: this.#sink.replaced,
      brightness: lumas ? brightnessOf(lumas) : null,
      stillForMs: this.#look ? atMs - this.#look.sinceMs : 0,
      composeMsMedian: quantile(composeMs, 0.5),
      composeMsP95: quantile(composeMs, 0.95),
      alerts: this.#alerts.counts,
      sources,
    });
  }
}
