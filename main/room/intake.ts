import type { RecordEvent } from "../../preload/contract/gift.ts";
import type { LedgerTotals } from "../../preload/contract/ledger.ts";
import type { Failure } from "../../preload/contract/result.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { type BackOff, backOffMs } from "./back-off.ts";

export const intakeLimits = { group: 256, pauseAbove: 2_000, resumeBelow: 1_000 } as const;

export interface IntakePorts {
  readonly ledger: Pick<Ledger, "record">;
  readonly roomKey: string;
  readonly backOff: BackOff;
  readonly random: () => number;
  /** Committed: only now may they be shown. */
  readonly onRecorded: (events: readonly RecordEvent[], totals: LedgerTotals) => void;
  /** The ledger could not be written; null: it can again. */
  readonly onLedgerFailure: (error: Failure | null) => void;
  /** The room contradicts the book: nothing of what waits can ever be recorded. */
  readonly onContradiction: (error: Failure) => void;
  /** Asks the room's socket to stop or go on reading. */
  readonly setReading: (reading: boolean) => void;
}

/**
 * Ledger first, then the windows: what the room sent is recorded in groups, and only what was committed is passed on.
 * The queue is bounded by not reading on; it never drops. What waits here is safe in the room's log: `clear` forgets
 * it, and the next `resume` brings it again.
 */
export class Intake {
  readonly #ports: IntakePorts;
  #queue: RecordEvent[] = [];
  #reading = true;
  #failedTries = 0;
  #timer: NodeJS.Timeout | undefined;
  #immediate: NodeJS.Immediate | undefined;
  #closed = false;

  constructor(ports: IntakePorts) {
    this.#ports = ports;
  }

  get waiting(): number {
    return this.#queue.length;
  }

  accept(events: readonly RecordEvent[]): void {
    if (this.#closed) return;
    for (const event of events) this.#queue.push(event);
    if (this.#queue.length > intakeLimits.pauseAbove) this.#read(false);
    this.#schedule();
  }

  /** For a new connection, which begins after what the ledger has. */
  clear(): void {
    this.#queue = [];
    this.#reading = true;
  }

  /** Takes back a failure that it has told: whoever records next says anew what it finds. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#failedTries > 0) this.#ports.onLedgerFailure(null);
    this.#queue = [];
    clearTimeout(this.#timer);
    clearImmediate(this.#immediate);
  }

  #schedule(): void {
    if (this.#closed || this.#timer || this.#immediate || !this.#queue.length) return;
    this.#immediate = setImmediate(() => {
      this.#immediate = undefined;
      this.#recordGroup();
      this.#schedule();
    });
  }

  #recordGroup(): void {
    const group = this.#queue.slice(0, intakeLimits.group);
    if (!group.length) return;
    const { ledger, roomKey, onRecorded, onLedgerFailure, onContradiction } = this.#ports;
    const result = ledger.record(roomKey, group);
    if (!result.ok) {
      if (result.error.code !== "ledger.unavailable") {
        this.#queue = [];
        onContradiction(result.error);
        return;
      }
      if (this.#failedTries === 0) onLedgerFailure(result.error);
      const delayMs = backOffMs(this.#ports.backOff, this.#failedTries, this.#ports.random);
      this.#failedTries += 1;
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        this.#schedule();
      }, delayMs);
      return;
    }
    this.#queue.splice(0, group.length);
    if (this.#failedTries > 0) onLedgerFailure(null);
    this.#failedTries = 0;
    if (this.#queue.length < intakeLimits.resumeBelow) this.#read(true);
    if (result.value.events.length) onRecorded(result.value.events, result.value.totals);
  }

  #read(reading: boolean): void {
    if (this.#reading === reading) return;
    this.#reading = reading;
    this.#ports.setReading(reading);
  }
}
