import type { ComboId, GiftId, ViewerId } from "../../preload/contract/ids.ts";
import { comboWindowMs } from "../../preload/contract/gift.ts";

interface Combo {
  readonly comboId: ComboId;
  readonly comboCount: number;
  readonly lastAtMs: number;
}

const manyCombos = 10_000;

/**
 * Which combo a gift belongs to: equal gifts of one viewer, no more than `comboWindowMs` apart. What `next` gives is staged
 * until `settle` says whether its group was committed. A restart of the room begins new combos.
 */
export const createCombos = (newComboId: () => ComboId) => {
  const combos = new Map<string, Combo>();
  const staged = new Map<string, Combo>();
  let newestMs = 0;
  return {
    next(viewerId: ViewerId, giftId: GiftId, count: number, atMs: number): Combo {
      const key = `${viewerId} ${giftId}`;
      const last = staged.get(key) ?? combos.get(key);
      const combo =
        last && Math.abs(atMs - last.lastAtMs) <= comboWindowMs
          ? { comboId: last.comboId, comboCount: last.comboCount + count, lastAtMs: atMs }
          : { comboId: newComboId(), comboCount: count, lastAtMs: atMs };
      staged.set(key, combo);
      newestMs = Math.max(newestMs, atMs);
      return combo;
    },
    settle(committed: boolean): void {
      if (committed) for (const [key, combo] of staged) combos.set(key, combo);
      staged.clear();
      if (combos.size <= manyCombos) return;
      for (const [key, combo] of combos)
        if (newestMs - combo.lastAtMs > comboWindowMs) combos.delete(key);
    },
  };
};
export type Combos = ReturnType<typeof createCombos>;
