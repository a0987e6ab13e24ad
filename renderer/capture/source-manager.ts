import { createStore, type StoreApi } from "zustand/vanilla";
import type { SourceId } from "../../preload/contract/ids.ts";
import type { Failure } from "../../preload/contract/result.ts";
import type { SceneDocument, Source, SourceKind } from "../../preload/contract/scene.ts";
import type { request as askMain } from "../bridge.ts";
import type { Devices, SourceStatus } from "../session/state.ts";
import type { OpenedSource, SourceKindOpener, SourceOutput } from "./source-kind.ts";
import { sourceKinds } from "./source-kinds.ts";
import { wantedSources } from "./wanted-sources.ts";

interface Held {
  readonly key: string;
  /** Undefined while it opens, and after it has failed. */
  opened: OpenedSource | undefined;
  released: boolean;
}

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
    const held = this.#held.get(sourceId);
    if (held?.opened) this.#setStatus(sourceId, { state: "running", size: { width, height } });
  }

  reopen(sourceId: SourceId): void {
    if (!this.#held.has(sourceId)) return;
    this.#release(sourceId);
    if (this.#document) this.follow(this.#document);
  }

  /** Opens again what failed for want of a device that is there now. */
  followDevices(devices: Devices): void {
    for (const source of this.#document?.sources ?? []) {
      if (source.kind !== "camera" && source.kind !== "microphone") continue;
      const status = this.statuses.getState().get(source.id);
      if (status?.state !== "failed" || status.error.code !== "capture.device_missing") continue;
      const list = source.kind === "camera" ? devices.cameras : devices.microphones;
      if (
        list.some(
          ({ deviceId, label }) =>
            deviceId === source.deviceId || (label !== "" && label === source.label),
        )
      )
        this.reopen(source.id);
    }
  }

  close(): void {
    for (const sourceId of this.#held.keys()) this.#release(sourceId);
  }

  async #open(source: Source): Promise<void> {
    const held: Held = { key: keyOf(source), opened: undefined, released: false };
    this.#held.set(source.id, held);
    this.#setStatus(source.id, { state: "opening" });
    const result = await openerOf(source).open(source, {
      request: this.#options.request,
      fps: Math.max(...(this.#document?.canvases.map(({ fps }) => fps) ?? [30])),
      onEnded: (failure) => this.#fail(source.id, held, failure),
    });
    if (held.released) {
      if (result.ok) result.value.close();
      return;
    }
    if (!result.ok) {
      this.#fail(source.id, held, result.error);
      return;
    }
    held.opened = result.value;
    const { output } = result.value;
    this.#setStatus(source.id, {
      state: "running",
      size: output.type === "sound" ? null : output.size,
    });
    this.#options.onOpened(source, output);
  }

  #fail(sourceId: SourceId, held: Held, error: Failure): void {
    if (held.released) return;
    if (held.opened) {
      held.opened.close();
      held.opened = undefined;
      this.#options.onClosed(sourceId);
    }
    this.#setStatus(sourceId, { state: "failed", error });
  }

  #release(sourceId: SourceId): void {
    const held = this.#held.get(sourceId);
    if (!held) return;
    this.#held.delete(sourceId);
    held.released = true;
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
