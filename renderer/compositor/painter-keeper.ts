import type { Size } from "../../preload/contract/geometry.ts";
import type { PainterKind } from "../../preload/contract/painter.ts";
import type { openPainter } from "./open-painter.ts";
import type { Painter } from "./painter.ts";
import type { PainterState } from "./protocol.ts";

/** A GPU that fails this often within `shortMs` is given up. */
const failuresBorne = 3;
const shortMs = 10_000;
/** Before a painter that was lost is made anew: its process has to come up again. */
const retryMs = 500;

export interface PainterKeeperOptions {
  readonly kind: PainterKind;
  readonly open: typeof openPainter;
  /** Another painter has begun to paint, or a GPU was given up. */
  readonly onState: (state: PainterState) => void;
  /** A painter was lost and is made anew. */
  readonly onLost: (kind: PainterKind, reason: string) => void;
  /** Not even the CPU painter can be had. */
  readonly onBroken: (reason: unknown) => void;
  readonly now: () => number;
}

/**
 * Keeps one painter open, of the wanted kind and size. One that is lost is made anew; a GPU that is lost again and again
 * is given up for the CPU.
 */
export class PainterKeeper {
  readonly #options: PainterKeeperOptions;
  #kind: PainterKind;
  #size: Size | undefined;
  #painter: Painter | undefined;
  /** Counts openings: of two at once the older one's painter is closed. */
  #opening = 0;
  #failedAtMs: number[] = [];
  #gaveUp = false;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(options: PainterKeeperOptions) {
    this.#options = options;
    this.#kind = options.kind;
  }

  /** What paints, or is being opened to. */
  get kind(): PainterKind {
    return this.#kind;
  }

  /** Undefined while one is being opened. */
  get current(): Painter | undefined {
    return this.#painter;
  }

  resize(size: Size): void {
    if (size.width === this.#size?.width && size.height === this.#size.height) return;
    this.#size = size;
    this.#open();
  }

  use(kind: PainterKind): void {
    if (kind === this.#kind) return;
    this.#kind = kind;
    if (this.#size) this.#open();
  }

  /** `painter` could not paint; nothing where it has been replaced meanwhile. */
  lose(painter: Painter, reason: unknown): void {
    if (painter !== this.#painter) return;
    this.#drop();
    this.#fail(reason);
  }

  close(): void {
    this.#opening += 1;
    clearTimeout(this.#retry);
    this.#drop();
  }

  #drop(): void {
    this.#painter?.close();
    this.#painter = undefined;
  }

  #open(): void {
    const size = this.#size;
    if (!size) return;
    clearTimeout(this.#retry);
    this.#drop();
    this.#opening += 1;
    const opening = this.#opening;
    const kind = this.#kind;
    const isWanted = (): boolean => opening === this.#opening;
    this.#options.open(kind, size).then(
      (painter) => {
        if (!isWanted()) {
          painter.close();
          return;
        }
        this.#painter = painter;
        this.#options.onState({
          kind,
          renderer: painter.renderer ?? null,
          gaveUpGpu: this.#gaveUp,
        });
      },
      (reason: unknown) => {
        if (isWanted()) this.#fail(reason);
      },
    );
  }

  #fail(reason: unknown): void {
    const { now, onLost, onBroken } = this.#options;
    const nowMs = now();
    this.#failedAtMs = [...this.#failedAtMs.filter((atMs) => nowMs - atMs < shortMs), nowMs];
    onLost(this.#kind, reason instanceof Error ? reason.message : String(reason));
    if (this.#failedAtMs.length < failuresBorne) {
      this.#retry = setTimeout(() => this.#open(), retryMs);
      return;
    }
    this.#failedAtMs = [];
    if (this.#kind === "cpu") {
      onBroken(reason);
      return;
    }
    this.#kind = "cpu";
    this.#gaveUp = true;
    this.#open();
  }
}
