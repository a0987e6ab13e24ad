/** Louder than this is speech at a desk microphone; room noise lies below. */
export const speechDb = -42;
const speechFromMs = 300;
const holdMs = 2_000;
/** Shorter gaps belong to the speech around them. */
const gapMs = 150;

/** Times in milliseconds of one clock; null where there was none. */
export interface MutedSpeech {
  readonly loudSinceMs: number | null;
  readonly loudAtMs: number | null;
  readonly heardAtMs: number | null;
}

export const noSpeech: MutedSpeech = { loudSinceMs: null, loudAtMs: null, heardAtMs: null };

/** Takes in one reading of a microphone before its mute. */
export const followSpeech = (
  state: MutedSpeech,
  reading: { readonly rmsDb: number; readonly muted: boolean; readonly nowMs: number },
): MutedSpeech => {
  const { rmsDb, muted, nowMs } = reading;
  if (!muted) return noSpeech;
  if (rmsDb < speechDb) {
    const over = state.loudAtMs !== null && nowMs - state.loudAtMs > gapMs;
    return over ? { ...state, loudSinceMs: null, loudAtMs: null } : state;
  }
  const loudSinceMs = state.loudSinceMs ?? nowMs;
  const heardAtMs = nowMs - loudSinceMs >= speechFromMs ? nowMs : state.heardAtMs;
  return { loudSinceMs, loudAtMs: nowMs, heardAtMs };
};

/** Speech has been heard while muted, now or up to two seconds ago. */
export const isHeard = (state: MutedSpeech, nowMs: number): boolean =>
  state.heardAtMs !== null && nowMs - state.heardAtMs <= holdMs;
