import type { AlertTemplates } from "../../preload/contract/alert-template.ts";
import type { RecordEvent } from "../../preload/contract/gift.ts";
import type { CanvasId, ItemId, SourceId, TemplateId } from "../../preload/contract/ids.ts";
import type { PainterProbe } from "../../preload/contract/painter.ts";
import type { SceneDocument } from "../../preload/contract/scene.ts";
import type { AlertRule, Locale } from "../../preload/contract/settings.ts";
import type { GiftTrouble } from "../gifts/gift-media.ts";
import type { AlertControl } from "../gifts/queue.ts";
import { changeOf } from "./document-change.ts";
import { createFrameTrack, framesOf } from "./insertable-streams.ts";
import type {
  AlertCue,
  CompositorCommand,
  CompositorReport,
  PainterChoice,
  PainterState,
} from "./protocol.ts";
import type { SegmenterState } from "./segmenter/person-masks.ts";

/** What a source hands over; `makeBitmap` is called again where the worker has to be made anew. */
export type SourceFeed =
  | { readonly type: "track"; readonly track: MediaStreamTrack }
  | { readonly type: "image"; readonly makeBitmap: () => Promise<ImageBitmap> };

export interface CompositorOptions {
  readonly canvasId: CanvasId;
  readonly document: SceneDocument;
  readonly locale: Locale;
  readonly painter: PainterChoice;
  readonly alertRules: readonly AlertRule[];
  readonly alertTemplates: AlertTemplates;
  readonly onSize: (sourceId: SourceId, width: number, height: number) => void;
  readonly onStats: (stats: Extract<CompositorReport, { type: "stats" }>) => void;
  readonly onAlertCue: (cue: AlertCue) => void;
  readonly onGiftTrouble: (trouble: GiftTrouble) => void;
  readonly onPainter: (state: PainterState) => void;
  /** Off until a background filter needs it. */
  readonly onSegmenter: (state: SegmenterState) => void;
  /** Once, where a probe was asked for. */
  readonly onProbed: (probe: PainterProbe) => void;
  /** A rule wants this scene for some seconds, from now. */
  readonly onAlertScene: (scene: NonNullable<AlertRule["scene"]>) => void;
  /** The worker broke and was made anew; the programme continues in this track. */
  readonly onTrackReplaced: (track: MediaStreamTrack) => void;
}

/** A worker that breaks again within this time is left alone for as long. */
const rebuildPauseMs = 1_000;

/** A GPU with which the worker broke this often within `gpuTrialMs` is given up for this run. */
const breaksBorne = 3;
const gpuTrialMs = 60_000;

/** The window's side of one canvas: owns the worker, the programme's track, and what is attached. */
export class Compositor {
  readonly #options: CompositorOptions;
  readonly #feeds = new Map<SourceId, SourceFeed>();
  #document: SceneDocument;
  #locale: Locale;
  /** What a worker that is made anew begins with. */
  #painter: PainterChoice;
  #gaveUpGpu = false;
  #brokeAtMs: number[] = [];
  #alertRules: readonly AlertRule[];
  #alertTemplates: AlertTemplates;
  #worker: Worker;
  #track: MediaStreamTrack;
  #rebuild: ReturnType<typeof setTimeout> | undefined;
  #alertsPaused = false;
  #closed = false;

  constructor(options: CompositorOptions) {
    this.#options = options;
    this.#document = options.document;
    this.#locale = options.locale;
    this.#painter = options.painter;
    this.#alertRules = options.alertRules;
    this.#alertTemplates = options.alertTemplates;
    [this.#worker, this.#track] = this.#start();
  }

  /** Changes only where the worker had to be made anew. */
  get programmeTrack(): MediaStreamTrack {
    return this.#track;
  }

  setDocument(document: SceneDocument): void {
    const change = changeOf(this.#document, document);
    this.#document = document;
    if (change) this.#send({ type: "document", change });
  }

  setLocale(locale: Locale): void {
    this.#locale = locale;
    this.#send({ type: "locale", locale });
  }

  setAlertRules(rules: readonly AlertRule[]): void {
    this.#alertRules = rules;
    this.#send({ type: "alertRules", rules });
  }

  setAlertTemplates(templates: AlertTemplates): void {
    this.#alertTemplates = templates;
    this.#send({ type: "alertTemplates", templates });
  }

  attach(sourceId: SourceId, feed: SourceFeed): void {
    this.#feeds.set(sourceId, feed);
    this.#sendFeed(sourceId, feed);
  }

  detach(sourceId: SourceId): void {
    if (this.#feeds.delete(sourceId)) this.#send({ type: "detach", sourceId });
  }

  /**
   * The programme as it would be without an item's filters, for the anchor's eyes: a track of its own, which its taker
   * stops. One at a time; none where the worker is made anew.
   */
  compare(itemId: ItemId): MediaStreamTrack {
    const generator = createFrameTrack();
    const { writable } = generator;
    this.#send({ type: "compare", itemId, writable }, [writable]);
    return generator;
  }

  endCompare(): void {
    this.#send({ type: "endCompare" });
  }

  showAlerts(events: readonly RecordEvent[], templateId?: TemplateId): void {
    this.#send({ type: "alerts", events, ...(templateId && { templateId }) });
  }

  controlAlerts(control: AlertControl): void {
    if (control.action === "pause") this.#alertsPaused = true;
    if (control.action === "resume") this.#alertsPaused = false;
    this.#send({ type: "alertControl", control });
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#rebuild);
    this.#feeds.clear();
    this.#worker.terminate();
    this.#track.stop();
  }

  #start(): [Worker, MediaStreamTrack] {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    worker.addEventListener("message", (event: MessageEvent<CompositorReport>) =>
      this.#handle(event.data),
    );
    worker.addEventListener("error", (event) => this.#scheduleRebuild(worker, event.message));
    const generator = createFrameTrack();
    const { writable } = generator;
    const start: CompositorCommand = {
      type: "start",
      canvasId: this.#options.canvasId,
      document: this.#document,
      locale: this.#locale,
      painter: this.#painter,
      alertRules: this.#alertRules,
      alertTemplates: this.#alertTemplates,
      baseUrl: document.baseURI,
      writable,
    };
    worker.postMessage(start, [writable]);
    return [worker, generator];
  }

  #handle(report: CompositorReport): void {
    switch (report.type) {
      case "started":
        return;
      case "size":
        this.#options.onSize(report.sourceId, report.width, report.height);
        return;
      case "stats":
        this.#options.onStats(report);
        return;
      case "alertCue":
        this.#options.onAlertCue(report.cue);
        return;
      case "giftTrouble":
        this.#options.onGiftTrouble(report.trouble);
        return;
      case "painter":
        if (report.state.gaveUpGpu) this.#giveUpGpu();
        this.#options.onPainter({ ...report.state, gaveUpGpu: this.#gaveUpGpu });
        return;
      case "segmenter":
        this.#options.onSegmenter(report.state);
        return;
      case "painterLost":
        console.error(`The ${report.kind} painter was lost and is made anew: ${report.reason}`);
        return;
      case "probed":
        this.#painter = report.probe.painter;
        this.#options.onProbed(report.probe);
        return;
      case "alertScene":
        this.#options.onAlertScene(report.scene);
        return;
      default:
        report satisfies never;
    }
  }

  #giveUpGpu(): void {
    this.#gaveUpGpu = true;
    this.#painter = "cpu";
  }

  #scheduleRebuild(broken: Worker, reason: string): void {
    if (this.#closed || broken !== this.#worker || this.#rebuild !== undefined) return;
    console.error(`The compositor worker broke and is made anew: ${reason}`);
    const nowMs = performance.now();
    this.#brokeAtMs = [...this.#brokeAtMs.filter((atMs) => nowMs - atMs < gpuTrialMs), nowMs];
    if (this.#painter === "webgl" && this.#brokeAtMs.length >= breaksBorne) this.#giveUpGpu();
    this.#rebuild = setTimeout(() => {
      this.#rebuild = undefined;
      broken.terminate();
      this.#track.stop();
      // What it had been told of ended with it.
      this.#options.onSegmenter({ state: "off" });
      [this.#worker, this.#track] = this.#start();
      for (const [sourceId, feed] of this.#feeds) this.#sendFeed(sourceId, feed);
      if (this.#alertsPaused) this.controlAlerts({ action: "pause" });
      this.#options.onTrackReplaced(this.#track);
    }, rebuildPauseMs);
  }

  #sendFeed(sourceId: SourceId, feed: SourceFeed): void {
    switch (feed.type) {
      case "track": {
        const readable = framesOf(feed.track, 1);
        this.#send({ type: "attachFrames", sourceId, readable }, [readable]);
        return;
      }
      case "image":
        this.#sendImage(sourceId, feed).catch((error: unknown) =>
          console.error("a picture that could be decoded cannot any more", error),
        );
        return;
      default:
        feed satisfies never;
    }
  }

  async #sendImage(
    sourceId: SourceId,
    feed: Extract<SourceFeed, { type: "image" }>,
  ): Promise<void> {
    const bitmap = await feed.makeBitmap();
    if (this.#feeds.get(sourceId) === feed)
      this.#send({ type: "attachImage", sourceId, bitmap }, [bitmap]);
    else bitmap.close();
  }

  #send(command: CompositorCommand, transfer: Transferable[] = []): void {
    if (!this.#closed) this.#worker.postMessage(command, transfer);
  }
}
