import type { AlertChime } from "../compositor/protocol.ts";

/** `at` and `length` in seconds, `gain` of full scale. */
interface Note {
  readonly hz: number;
  readonly at: number;
  readonly length: number;
  readonly gain: number;
}

const hz = (semitonesOverA4: number): number => 440 * 2 ** (semitonesOverA4 / 12);

/** Semitones over A4, one after another. */
const run = (
  semitones: readonly number[],
  step: number,
  length: number,
  gain: number,
): readonly Note[] =>
  semitones.map((semitone, index) => ({ hz: hz(semitone), at: index * step, length, gain }));

/** Highest that a growing combo climbs, in steps of a pentatonic scale. */
const climb = [7, 9, 12, 14, 16, 19, 21, 24] as const;

/** The bells of a cue: more and longer for what is worth more. All in D major, so that they go with each other. */
export const notesOf = (cue: AlertChime): readonly Note[] => {
  switch (cue.kind) {
    case "follow":
      return run([5, 12], 0.11, 0.7, 0.16);
    case "giftGrew": {
      if (cue.milestone) return run([9, 12, 17, 21, 24], 0.07, 0.9, 0.16);
      const step = climb[Math.min(climb.length - 1, Math.max(0, cue.comboCount - 2))] ?? climb[0];
      return [{ hz: hz(step), at: 0, length: 0.45, gain: 0.15 }];
    }
    case "gift":
      switch (cue.tier) {
        case "small":
          return run([9, 17], 0.09, 0.8, 0.2);
        case "medium":
          return run([5, 9, 17], 0.1, 1, 0.22);
        case "large":
          return [...run([-7, 5, 9, 12, 17], 0.1, 1.4, 0.2), ...run([21, 24], 0.08, 0.9, 0.06)];
        case "grand":
          return [
            ...run([-19, -7], 0.02, 2.6, 0.2),
            ...run([5, 9, 12, 17, 21, 24, 29], 0.12, 1.8, 0.17),
            ...[5, 9, 12, 17].map((semitone) => ({
              hz: hz(semitone),
              at: 0.95,
              length: 2.4,
              gain: 0.1,
            })),
          ];
        default:
          return cue.tier satisfies never;
      }
    default:
      return cue satisfies never;
  }
};

/** Partials of a small bell: multiples of its note, their share, and how much sooner they fade. */
const partials = [
  { times: 1, share: 1, fade: 1 },
  { times: 2, share: 0.28, fade: 0.7 },
  { times: 3.01, share: 0.12, fade: 0.4 },
  { times: 5.4, share: 0.05, fade: 0.18 },
] as const;

const attackSeconds = 0.004;

/** Starts a cue's bells at the context's time `startsAt` into `output`; they end and go by themselves. */
export const playChime = (cue: AlertChime, output: AudioNode, startsAt: number): void => {
  const { context } = output;
  for (const note of notesOf(cue)) {
    const at = startsAt + note.at;
    for (const { times, share, fade } of partials) {
      const endsAt = at + note.length * fade;
      const oscillator = new OscillatorNode(context, { frequency: note.hz * times });
      const envelope = new GainNode(context, { gain: 0 });
      envelope.gain.setValueAtTime(0, at);
      envelope.gain.linearRampToValueAtTime(note.gain * share, at + attackSeconds);
      envelope.gain.exponentialRampToValueAtTime(0.0001, endsAt);
      oscillator.connect(envelope).connect(output);
      oscillator.addEventListener("ended", () => envelope.disconnect());
      oscillator.start(at);
      oscillator.stop(endsAt);
    }
  }
};
