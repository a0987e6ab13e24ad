import type { StoreApi } from "zustand/vanilla";
import type { RecordEvent } from "../../preload/contract/gift.ts";
import type { Size } from "../../preload/contract/geometry.ts";
import type { ItemId, SourceId, TemplateId } from "../../preload/contract/ids.ts";
import type { Failure, Result } from "../../preload/contract/result.ts";
import type { PainterState } from "../compositor/protocol.ts";
import type { SegmenterState } from "../compositor/segmenter/person-masks.ts";
import type { AlertControl } from "../gifts/queue.ts";

/** A source of the document, as far as it is open. `size` is that of its picture in pixels, null without one. */
export type SourceStatus =
  | { readonly state: "opening" }
  /** `fault`: it is open, and its picture is no good. */
  | { readonly state: "running"; readonly size: Size | null; readonly fault?: Failure }
  /** Tried again by itself, unless trying cannot help. */
  | { readonly state: "failed"; readonly error: Failure };

export interface Devices {
  readonly cameras: readonly { readonly deviceId: string; readonly label: string }[];
  readonly microphones: readonly { readonly deviceId: string; readonly label: string }[];
}

export type BroadcastState =
  | { readonly phase: "idle" }
  | { readonly phase: "connecting" }
  | { readonly phase: "live"; readonly sinceMs: number }
  /** Viewers get nothing since `downSinceMs`, because of `error`; mended without end. `sinceMs` is still the show's start. */
  | {
      readonly phase: "reconnecting";
      readonly sinceMs: number;
      readonly downSinceMs: number;
      readonly error: Failure;
    }
  | { readonly phase: "ending" }
  | { readonly phase: "failed"; readonly error: Failure };

/** The programme as composed, over the last second. */
export interface ProgrammeStats {
  readonly fps: number;
  /** Ticks of the programme clock that came too late to compose: the frame before was sent again. Since the start. */
  readonly repeatedFrames: number;
  readonly composeMsMedian: number;
  /** Of the bright parts of the newest picture, 0 to 255; null before the first. */
  readonly brightness: number | null;
  /** How long the picture has looked the same. */
  readonly stillForMs: number;
}

/** The uplink's video over the last second; null while not live. */
export interface UplinkStats {
  readonly bitrateBps: number;
  readonly fps: number;
  readonly rttMs: number | null;
  readonly lossPercent: number | null;
  readonly width: number;
  readonly height: number;
  readonly codec: string;
  /** RTCOutboundRtpStreamStats.encoderImplementation. */
  readonly encoder: string;
  readonly limitation: "none" | "cpu" | "bandwidth" | "other";
}

export interface StudioStats {
  readonly programme: ProgrammeStats;
  /** Null until it has begun. */
  readonly painter: PainterState | null;
  /** What finds people, for background filters. */
  readonly segmenter: SegmenterState;
  readonly uplink: UplinkStats | null;
}

/** Peak and RMS of the last meter window, in dBFS; -100 is silence. */
export interface AudioLevel {
  readonly peakDb: number;
  readonly rmsDb: number;
}

/** `shown` and `waiting` are up to a second old. */
export interface AlertsState {
  readonly paused: boolean;
  readonly shown: number;
  readonly waiting: number;
  /** Gifts whose animation or sound cannot be used, and why, by the file's name. */
  readonly troubles: ReadonlyMap<string, { readonly giftId: string; readonly error: Failure }>;
}

/** All that captures, composes, sounds and broadcasts, following the document by itself. Made once a window. */
export interface StudioEngine {
  /** The programme's picture, also while not live. */
  readonly programmeTrack: MediaStreamTrack;
  /** The same, followed: another track takes over where the compositor had to be made anew. */
  readonly programme: StoreApi<MediaStreamTrack>;
  /** The programme without an item's filters, in a track that viewers never get; its taker stops it. */
  compare(itemId: ItemId): MediaStreamTrack;
  endCompare(): void;
  readonly sources: StoreApi<ReadonlyMap<SourceId, SourceStatus>>;
  readonly devices: StoreApi<Devices>;
  readonly broadcast: StoreApi<BroadcastState>;
  readonly stats: StoreApi<StudioStats>;
  readonly alerts: StoreApi<AlertsState>;
  /** Speech is heard on a microphone that is muted. */
  readonly mutedSpeech: StoreApi<ReadonlySet<SourceId>>;
  /** Read on each drawn frame of a meter. `programme` is the bus that viewers hear. */
  readLevel(channel: SourceId | "programme"): AudioLevel;
  goLive(): Promise<Result<null>>;
  /** Goes on with a show that was cut off, as soon as the room can be reached and for as long as it takes. */
  goOn(sinceMs: number): void;
  endShow(): Promise<Result<null>>;
  /** Opens a failed source again, as the anchor asked. */
  reopenSource(sourceId: SourceId): void;
  /**
   * Shows what was committed to the ledger, or is a test, on the alerts source; picture and sound. A test may name the
   * template that it has; else it is the one in use.
   */
  showAlerts(events: readonly RecordEvent[], templateId?: TemplateId): void;
  controlAlerts(control: AlertControl): void;
  close(): void;
}
