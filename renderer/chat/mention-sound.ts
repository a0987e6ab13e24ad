const longestMs = 220;
const quietMs = 1_500;

/** A short sound of two tones, at most once in a while. `close` gives the sound card back. */
export const createMentionSound = (
  nowMs: () => number,
): { play(): void; close(): Promise<void> } => {
  let context: AudioContext | null = null;
  let lastMs = Number.NEGATIVE_INFINITY;
  return {
    play() {
      if (nowMs() - lastMs < quietMs) return;
      lastMs = nowMs();
      context ??= new AudioContext();
      const { currentTime: atS, destination } = context;
      for (const [index, frequency] of [880, 1_318.5].entries()) {
        const fromS = atS + index * 0.09;
        const tone = new OscillatorNode(context, { type: "sine", frequency });
        const volume = new GainNode(context, { gain: 0 });
        volume.gain.setValueAtTime(0, fromS);
        volume.gain.linearRampToValueAtTime(0.2, fromS + 0.01);
        volume.gain.exponentialRampToValueAtTime(0.001, fromS + longestMs / 1_000);
        tone.connect(volume).connect(destination);
        tone.start(fromS);
        tone.stop(fromS + longestMs / 1_000);
      }
    },
    async close() {
      await context?.close();
      context = null;
    },
  };
};
