/** The part of Electron's powerSaveBlocker that is used here. */
export interface PowerSaveBlocker {
  start(type: "prevent-display-sleep"): number;
  stop(id: number): unknown;
}

/** Keeps the machine and its display awake while on air: a display that sleeps is captured as black. */
export class KeepAwake {
  readonly #blocker: PowerSaveBlocker;
  #id: number | null = null;

  constructor(blocker: PowerSaveBlocker) {
    this.#blocker = blocker;
  }

  set(awake: boolean): void {
    if (awake === (this.#id !== null)) return;
    if (this.#id === null) this.#id = this.#blocker.start("prevent-display-sleep");
    else {
      this.#blocker.stop(this.#id);
      this.#id = null;
    }
  }

  close(): void {
    this.set(false);
  }
}
