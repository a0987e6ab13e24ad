import type { AudioLevel } from "../session/state.ts";
import { dbOfAmplitude, silenceDb } from "./decibels.ts";

/** 43 ms at 48 kHz: longer than a drawn frame at 30 a second, so no peak is missed. */
const windowSamples = 2_048;

/** Reads the level of a node, of all its channels mixed to one. Reading makes nothing new. */
export class LevelMeter {
  readonly #analyser: AnalyserNode;
  readonly #samples = new Float32Array(windowSamples);
  readonly #level = { peakDb: silenceDb, rmsDb: silenceDb };

  constructor(input: AudioNode) {
    this.#analyser = new AnalyserNode(input.context, { fftSize: windowSamples });
    input.connect(this.#analyser);
  }

  /** The same object each time, with the newest values. */
  read(): AudioLevel {
    this.#analyser.getFloatTimeDomainData(this.#samples);
    let peak = 0;
    let squares = 0;
    for (const sample of this.#samples) {
      peak = Math.max(peak, Math.abs(sample));
      squares += sample * sample;
    }
    this.#level.peakDb = dbOfAmplitude(peak);
    this.#level.rmsDb = dbOfAmplitude(Math.sqrt(squares / windowSamples));
    return this.#level;
  }

  close(): void {
    this.#analyser.disconnect();
  }
}
