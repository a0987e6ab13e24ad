import { limits } from "./limits.ts";
import type { Line, LogStore } from "./log-store.ts";

/** The committed record, newest part in memory. */
export const createRecordHistory = (store: LogStore) => {
  let ring: Line[] = [];
  return {
    add(lines: readonly Line[]): void {
      ring.push(...lines);
      if (ring.length > 2 * limits.recordRing) ring = ring.slice(-limits.recordRing);
    },
    /** At most `limits.batch` events with `seq > afterSeq`, oldest first. */
    after(afterSeq: number): readonly Line[] {
      const first = ring[0];
      if (!first || afterSeq + 1 < first.seq) return store.recordsAfter(afterSeq, limits.batch);
      const start = afterSeq + 1 - first.seq;
      return ring.slice(start, start + limits.batch);
    },
  };
};
export type RecordHistory = ReturnType<typeof createRecordHistory>;
