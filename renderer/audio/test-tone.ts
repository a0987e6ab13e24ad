import { flashMs } from "../capture/kinds/test-pattern/fills.ts";
import { WallMapping } from "./wall-mapping.ts";

const frequencyHz = 1_000;
const sampleEveryMs = 100;
/** Beeps are set this far ahead, so that a throttled timer (once a second) misses none. */
const aheadMs = 2_500;
const edgeSeconds = 0.002;

/**
 * Beeps of 1 kHz at each whole second of the wall clock, in step with the test pattern's flash. No allowance is made for
 * either path: sound is rendered and handed over within 10 ms, a picture is composed and copied in about as much.
 */
export class TestTone {
  readonly output: GainNode;
  readonly #context: AudioContext;
  readonly #mapping = new WallMapping();
  readonly #timer: ReturnType<typeof setInterval>;
  #nextSecond = 0;

  constructor(context: AudioContext) {
    this.#context = context;
    this.output = new GainNode(context, { gain: 0 });
    this.#timer = setInterval(() => this.#schedule(), sampleEveryMs);
  }

  close(): void {
    clearInterval(this.#timer);
    this.output.disconnect();
  }

  #schedule(): void {
    if (this.#context.state !== "running") return;
    const wallMs = Date.now();
    this.#mapping.add(wallMs, this.#context.currentTime);
    const now = Math.floor(wallMs / 1_000);
    // The wall clock may have been set: never more ahead than one would schedule, never behind.
    if (this.#nextSecond <= now || this.#nextSecond > now + aheadMs / 1_000 + 2)
      this.#nextSecond = now + 1;
    while (this.#nextSecond * 1_000 < wallMs + aheadMs) {
      const startsAt = this.#mapping.toContext(this.#nextSecond * 1_000);
      if (startsAt === undefined) return;
      this.#beep(startsAt);
      this.#nextSecond += 1;
    }
  }

  #beep(startsAt: number): void {
    const endsAt = startsAt + flashMs / 1_000;
    const oscillator = new OscillatorNode(this.#context, { frequency: frequencyHz });
    const envelope = new GainNode(this.#context, { gain: 0 });
    envelope.gain.setValueAtTime(0, startsAt);
    envelope.gain.linearRampToValueAtTime(1, startsAt + edgeSeconds);
    envelope.gain.setValueAtTime(1, endsAt - edgeSeconds);
    envelope.gain.linearRampToValueAtTime(0, endsAt);
    oscillator.connect(envelope).connect(this.output);
    oscillator.addEventListener("ended", () => envelope.disconnect());
    oscillator.start(startsAt);
    oscillator.stop(endsAt);
  }
}
