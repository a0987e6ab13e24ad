import { createStore, type StoreApi } from "zustand/vanilla";
import type { SourceId } from "../../preload/contract/ids.ts";
import type { ErrorCode, Failure } from "../../preload/contract/result.ts";
import type { SceneDocument, Source, SourceKind } from "../../preload/contract/scene.ts";
import type { request as askMain } from "../bridge.ts";
import type { SourceFlow } from "../compositor/protocol.ts";
import type { Devices, SourceStatus } from "../session/state.ts";
import { healthy, judgePicture, type PictureFault, type PictureHealth } from "./picture-health.ts";
import type { OpenedSource, SourceKindOpener, SourceOutput } from "./source-kind.ts";
import { sourceKinds } from "./source-kinds.ts";
import { wantedSources } from "./wanted-sources.ts";

interface Held {
  readonly source: Source;
  readonly key: string;
  /** Undefined while it opens, and after it has failed. */
  opened: OpenedSource | undefined;
  released: boolean;
  /** In a row: tries that failed, and openings that gave no good picture. */
  failures: number;
  health: PictureHealth;
  retry: ReturnType<typeof setTimeout> | undefined;
}

/** What mends itself, by a device that comes back, another program that ends, or another try. */
const passing: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "capture.device_missing",
  "capture.device_busy",
  "capture.frozen",
  "capture.unknown_source",
  "capture.failed",
]);
const captured: ReadonlySet<SourceKind> = new Set<SourceKind>([
  "camera",
  "microphone",
  "screen",
  "window",
]);

/** Pause before a source is opened again after `failures` failures (from 1): 1 s, doubled up to 15 s. */
const retryMs = (failures: number): number => Math.min(15_000, 1_000 * 2 ** (failures - 1));
/** A picture that stands still for so long is opened again: 6 s, doubled with each opening in vain up to 60 s. */
const reopenAfterMs = (failures: number): number => Math.min(60_000, 6_000 * 2 ** failures);

const faultOf = (fault: PictureFault, kind: SourceKind): Failure => {
  if (fault === "frozen") return { code: "capture.frozen" };
  return { code: kind === "window" ? "capture.window_black" : "capture.black" };
};

export interface SourceManagerOptions {
  readonly request: typeof askMain;
  readonly onOpened: (source: Source, output: SourceOutput) => void;
  readonly onClosed: (sourceId: SourceId) => void;
}

/** Keeps exactly those sources open that the document wants, each once, and knows how each is. */
export class SourceManager {
  readonly statuses: StoreApi<ReadonlyMap<SourceId, SourceStatus>> = createStore<
    ReadonlyMap<SourceId, SourceStatus>
  >(() => new Map());
  readonly #options: SourceManagerOptions;
  readonly #held = new Map<SourceId, Held>();
  #document: SceneDocument | undefined;

  constructor(options: SourceManagerOptions) {
    this.#options = options;
  }

  follow(document: SceneDocument): void {
    this.#document = document;
    const wanted = new Map(wantedSources(document).map((source) => [source.id, source]));
    for (const [sourceId, held] of this.#held) {
      const source = wanted.get(sourceId);
      if (!source || keyOf(source) !== held.key) this.#release(sourceId);
    }
    for (const source of wanted.values()) if (!this.#held.has(source.id)) void this.#open(source);
  }

  /** The compositor has seen pictures of this size. */
  setSize(sourceId: SourceId, width: number, height: number): void {
    const status = this.statuses.getState().get(sourceId);
    if (this.#held.get(sourceId)?.opened && status?.state === "running")
      this.#setStatus(sourceId, { ...status, size: { width, height } });
  }

  /** As the anchor asks: shown as a new opening. */
  reopen(sourceId: SourceId): void {
    if (!this.#held.has(sourceId)) return;
    this.#release(sourceId);
    if (this.#document) this.follow(this.#document);
  }

  /** Opens again what failed for want of a device, where one came or went: that frees devices too. */
  followDevices(devices: Devices): void {
    for (const held of this.#held.values()) {
      const { source } = held;
      if (source.kind !== "camera" && source.kind !== "microphone") continue;
      const status = this.statuses.getState().get(source.id);
      if (status?.state !== "failed" || !passing.has(status.error.code)) continue;
      const list = source.kind === "camera" ? devices.cameras : devices.microphones;
      const anyWill = source.deviceId === "" && source.label === "";
      const isThere = list.some(
        ({ deviceId, label }) =>
          anyWill || deviceId === source.deviceId || (label !== "" && label === source.label),
      );
      if (isThere) this.#openAgain(held);
    }
  }

  /** How the pictures come, about once a second: says what is wrong with them, and opens again what stands still. */
  followFlows(
    flows: ReadonlyMap<SourceId, Pick<SourceFlow, "lastFrameAgeMs" | "brightness">>,
  ): void {
    for (const [sourceId, flow] of flows) {
      const held = this.#held.get(sourceId);
      const status = this.statuses.getState().get(sourceId);
      if (!held?.opened || status?.state !== "running") continue;
      const { kind } = held.source;
      held.health = judgePicture(held.health, kind, flow);
      const { fault, late } = held.health;
      if (fault === "frozen" && flow.lastFrameAgeMs >= reopenAfterMs(held.failures)) {
        this.#fail(held, faultOf(fault, kind));
        continue;
      }
      // Not yet known to be good again: what was said stays.
      if (fault === null && (late > 0 || flow.brightness === null)) continue;
      if (fault === null) held.failures = 0;
      const error = fault && faultOf(fault, kind);
      if (error?.code === status.fault?.code) continue;
      const { size } = status;
      this.#setStatus(
        sourceId,
        error ? { state: "running", size, fault: error } : { state: "running", size },
      );
    }
  }

  close(): void {
    for (const sourceId of this.#held.keys()) this.#release(sourceId);
  }

  async #open(source: Source, before?: { failures: number; error: Failure }): Promise<void> {
    const held: Held = {
      source,
      key: keyOf(source),
      opened: undefined,
      released: false,
      failures: before?.failures ?? 0,
      health: healthy,
      retry: undefined,
    };
    this.#held.set(source.id, held);
    // Tries of its own accord show nothing until they have come to something.
    if (!before) this.#setStatus(source.id, { state: "opening" });
    const result = await openerOf(source).open(source, {
      request: this.#options.request,
      fps: Math.max(...(this.#document?.canvases.map(({ fps }) => fps) ?? [30])),
      onEnded: (failure) => this.#fail(held, failure),
    });
    if (held.released) {
      if (result.ok) result.value.close();
      return;
    }
    if (!result.ok) {
      this.#fail(held, result.error);
      return;
    }
    held.opened = result.value;
    const { output } = result.value;
    const size = output.type === "sound" ? null : output.size;
    const stillFrozen = before?.error.code === "capture.frozen";
    if (output.type === "sound") held.failures = 0;
    this.#setStatus(
      source.id,
      stillFrozen ? { state: "running", size, fault: before.error } : { state: "running", size },
    );
    this.#options.onOpened(source, output);
  }

  #fail(held: Held, error: Failure): void {
    if (held.released) return;
    const { source } = held;
    if (held.opened) {
      held.opened.close();
      held.opened = undefined;
      this.#options.onClosed(source.id);
    }
    held.failures += 1;
    this.#setStatus(source.id, { state: "failed", error });
    clearTimeout(held.retry);
    if (captured.has(source.kind) && passing.has(error.code))
      held.retry = setTimeout(() => this.#openAgain(held), retryMs(held.failures));
  }

  #openAgain(held: Held): void {
    const status = this.statuses.getState().get(held.source.id);
    if (held.released || status?.state !== "failed") return;
    held.released = true;
    clearTimeout(held.retry);
    void this.#open(held.source, { failures: held.failures, error: status.error });
  }

  #release(sourceId: SourceId): void {
    const held = this.#held.get(sourceId);
    if (!held) return;
    this.#held.delete(sourceId);
    held.released = true;
    clearTimeout(held.retry);
    if (held.opened) {
      held.opened.close();
      this.#options.onClosed(sourceId);
    }
    const statuses = new Map(this.statuses.getState());
    statuses.delete(sourceId);
    this.statuses.setState(statuses, true);
  }

  #setStatus(sourceId: SourceId, status: SourceStatus): void {
    this.statuses.setState(new Map(this.statuses.getState()).set(sourceId, status), true);
  }
}

/** The list is keyed by kind, so an opener always gets its own kind; the type system cannot follow that over a union. */
const openerOf = (source: Source): SourceKindOpener<SourceKind> =>
  sourceKinds[source.kind] as unknown as SourceKindOpener<SourceKind>;

const keyOf = (source: Source): string => `${source.kind} ${openerOf(source).keyOf(source)}`;
