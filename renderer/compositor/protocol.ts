import type { AlertTemplates } from "../../preload/contract/alert-template.ts";
import type { GiftTier, RecordEvent } from "../../preload/contract/gift.ts";
import type { CanvasId, ItemId, SourceId, TemplateId } from "../../preload/contract/ids.ts";
import type { PainterKind, PainterProbe } from "../../preload/contract/painter.ts";
import type { SceneDocument } from "../../preload/contract/scene.ts";
import type { AlertRule, Locale } from "../../preload/contract/settings.ts";
import type { GiftTrouble } from "../gifts/gift-media.ts";
import type { AlertControl } from "../gifts/queue.ts";
import type { Change } from "./document-change.ts";
import type { SegmenterState } from "./segmenter/person-masks.ts";

/** `probe` begins on the CPU, tries the GPU out, and goes on with what is quicker. */
export type PainterChoice = PainterKind | "probe";

/** What composes the programme now. `renderer` names the GPU. */
export interface PainterState {
  readonly kind: PainterKind;
  readonly renderer: string | null;
  /** The GPU was lost too often in this run. */
  readonly gaveUpGpu: boolean;
}

/** From the window to the compositor worker. Streams, bitmaps and the writable are transferred. */
export type CompositorCommand =
  /** Once, before all others. Relative URLs of pictures are resolved against `baseUrl`. */
  | {
      readonly type: "start";
      readonly canvasId: CanvasId;
      readonly document: SceneDocument;
      readonly locale: Locale;
      readonly painter: PainterChoice;
      readonly alertRules: readonly AlertRule[];
      readonly alertTemplates: AlertTemplates;
      readonly baseUrl: string;
      readonly writable: WritableStream<VideoFrame>;
    }
  /** Of the document that it was told of before. */
  | { readonly type: "document"; readonly change: Change }
  | { readonly type: "locale"; readonly locale: Locale }
  | {
      readonly type: "attachFrames";
      readonly sourceId: SourceId;
      readonly readable: ReadableStream<VideoFrame>;
    }
  | { readonly type: "attachImage"; readonly sourceId: SourceId; readonly bitmap: ImageBitmap }
  | { readonly type: "detach"; readonly sourceId: SourceId }
  /** The programme as it would be without this item's filters goes there, until `endCompare` or until nobody takes it. */
  | {
      readonly type: "compare";
      readonly itemId: ItemId;
      readonly writable: WritableStream<VideoFrame>;
    }
  | { readonly type: "endCompare" }
  /** Without a template's id they have the one in use. */
  | {
      readonly type: "alerts";
      readonly events: readonly RecordEvent[];
      readonly templateId?: TemplateId;
    }
  | { readonly type: "alertRules"; readonly rules: readonly AlertRule[] }
  | { readonly type: "alertTemplates"; readonly templates: AlertTemplates }
  | { readonly type: "alertControl"; readonly control: AlertControl };

/** A sound of a gift's own. */
export interface AlertSound {
  /** The same for the same file. */
  readonly id: string;
  readonly giftId: string;
  /** Of the file that it comes from. */
  readonly name: string;
  readonly file: Blob;
  /** When it begins, after the cue. */
  readonly atMs: number;
  /** Where in the file it begins, and for how long it is heard at most. */
  readonly offsetMs: number;
  readonly lengthMs: number;
}

/** What is to be heard with alerts. A showing is one alert's time in the picture. */
export type AlertCue =
  | { readonly type: "chime"; readonly chime: AlertChime }
  /** They will be wanted soon. */
  | { readonly type: "soundsAhead"; readonly sounds: readonly AlertSound[] }
  /** The chime where none of them can be heard. */
  | {
      readonly type: "sounds";
      readonly showingId: string;
      readonly sounds: readonly AlertSound[];
      readonly otherwise: AlertChime;
    }
  | { readonly type: "soundsEnd"; readonly showingId: string };

/** The bells of an alert. */
export type AlertChime =
  /** A gift, or something else that is thanked like one. */
  | { readonly kind: "gift"; readonly tier: GiftTier }
  /** The combo on screen has grown to `comboCount`. */
  | {
      readonly kind: "giftGrew";
      readonly tier: GiftTier;
      readonly comboCount: number;
      /** The combo has come to a count that is celebrated. */
      readonly milestone: boolean;
    }
  | { readonly kind: "follow" };

export interface SourceFlow {
  readonly fps: number;
  readonly lastFrameAgeMs: number;
  /** Luma 0 to 255 of the picture's bright parts, about a second old; null before the first frame. */
  readonly brightness: number | null;
}

/** From the compositor worker to the window. */
export type CompositorReport =
  | { readonly type: "started" }
  | {
      readonly type: "size";
      readonly sourceId: SourceId;
      readonly width: number;
      readonly height: number;
    }
  /** Each second, over the second before. `repeatedFrames` since the start. */
  | {
      readonly type: "stats";
      readonly fps: number;
      readonly repeatedFrames: number;
      readonly replacedFrames: number;
      readonly composeMsMedian: number;
      /** Of the bright parts of the newest picture, 0 to 255; null before the first. */
      readonly brightness: number | null;
      /** How long the picture has looked the same. */
      readonly stillForMs: number;
      readonly composeMsP95: number;
      /** How many alerts are in the picture, and how many wait for it. */
      readonly alerts: { readonly shown: number; readonly waiting: number };
      readonly sources: ReadonlyMap<SourceId, SourceFlow>;
    }
  | { readonly type: "alertCue"; readonly cue: AlertCue }
  | { readonly type: "giftTrouble"; readonly trouble: GiftTrouble }
  | { readonly type: "painter"; readonly state: PainterState }
  | { readonly type: "segmenter"; readonly state: SegmenterState }
  /** The painter is made anew; frames are repeated meanwhile. */
  | { readonly type: "painterLost"; readonly kind: PainterKind; readonly reason: string }
  /** Once, where a probe was asked for. */
  | { readonly type: "probed"; readonly probe: PainterProbe }
  /** An alert has begun whose rule wants this scene. */
  | { readonly type: "alertScene"; readonly scene: NonNullable<AlertRule["scene"]> };
