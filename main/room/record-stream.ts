import { z } from "zod";
import { RecordEvent } from "../../preload/contract/gift.ts";
import type { RoomId } from "../../preload/contract/ids.ts";
import type { Cursor } from "../ledger/ledger.ts";

/** What to do about one `record` notification; `accepted` goes to the ledger in every case. */
export type StreamStep = { readonly accepted: readonly RecordEvent[] } & (
  | { readonly next: "continue" }
  /** Events are missing in between: ask again from `afterSeq`. */
  | { readonly next: "resume"; readonly afterSeq: number }
  /** The room's log is not the one that the cursor was in. */
  | { readonly next: "newEpoch" }
  /** An event that cannot be understood: what comes after it must not be recorded, or money would be skipped. */
  | { readonly next: "broken"; readonly detail: string }
);

const Notification = z.object({ events: z.array(z.unknown()).max(1_000) });

/**
 * The order of one room's record events: takes each number once and in turn, notices gaps, and notices a room that was
 * begun anew behind our back: the first `resume` asks for the last known event once more, which has to be the same.
 */
export class RecordStream {
  readonly #roomId: RoomId;
  #lastSeq: number;
  /** The event that has to come once more before anything else. */
  #known: Cursor | null;

  constructor(roomId: RoomId, cursor: Cursor) {
    this.#roomId = roomId;
    this.#lastSeq = cursor.seq;
    this.#known = cursor.seq > 0 && cursor.eventId !== null ? cursor : null;
  }

  get resumeAfterSeq(): number {
    return this.#known ? this.#known.seq - 1 : this.#lastSeq;
  }

  /** Whether everything up to `seq` has come. */
  hasReached(seq: number): boolean {
    return !this.#known && this.#lastSeq >= seq;
  }

  take(data: unknown): StreamStep {
    const accepted: RecordEvent[] = [];
    const notification = Notification.safeParse(data);
    if (!notification.success)
      return { accepted, next: "broken", detail: notification.error.message.slice(0, 300) };
    for (const item of notification.data.events) {
      const parsed = RecordEvent.safeParse(item);
      if (!parsed.success || parsed.data.roomId !== this.#roomId)
        return {
          accepted,
          next: "broken",
          detail: `after ${this.#lastSeq}: ${parsed.error?.message.slice(0, 300) ?? "of another room"}`,
        };
      const event = parsed.data;
      if (this.#known) {
        if (event.seq < this.#known.seq) continue;
        if (event.seq > this.#known.seq)
          return { accepted, next: "resume", afterSeq: this.resumeAfterSeq };
        if (event.eventId !== this.#known.eventId) return { accepted, next: "newEpoch" };
        this.#known = null;
      } else if (event.seq > this.#lastSeq) {
        if (event.seq > this.#lastSeq + 1)
          return { accepted, next: "resume", afterSeq: this.resumeAfterSeq };
        accepted.push(event);
        this.#lastSeq = event.seq;
      }
    }
    return { accepted, next: "continue" };
  }
}
