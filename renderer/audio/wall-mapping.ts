const keptSamples = 40;

/**
 * Maps the wall clock onto an AudioContext's clock. `currentTime` moves in bursts, as blocks are rendered, and always shows
 * a little less than what has been rendered; so the sample that is furthest ahead is the truest one of the last seconds.
 */
export class WallMapping {
  readonly #offsetsMs: number[] = [];

  /** @param contextSeconds `currentTime`, read at the epoch time `wallMs` */
  add(wallMs: number, contextSeconds: number): void {
    this.#offsetsMs.push(contextSeconds * 1_000 - wallMs);
    if (this.#offsetsMs.length > keptSamples) this.#offsetsMs.shift();
  }

  /** The context's time in seconds at an epoch time; undefined before the first sample. */
  toContext(wallMs: number): number | undefined {
    return this.#offsetsMs.length ? (wallMs + Math.max(...this.#offsetsMs)) / 1_000 : undefined;
  }
}
