import { fail, type Failure, type Result, succeed } from "../../preload/contract/result.ts";
import type { AlertSound } from "../compositor/protocol.ts";
import { limits } from "../gifts/players/limits.ts";

/** Of decoded sounds that are kept for the next time: three minutes in stereo. */
const keptBytes = 64 * 1024 * 1024;
/** Longest wait for a file's length. */
const lengthPatienceMs = 5_000;
/** Ends without a click. */
const fadeOutSeconds = 0.25;

interface Playing {
  readonly gain: GainNode;
  readonly sources: AudioBufferSourceNode[];
}

const bytesOf = (buffer: AudioBuffer): number => buffer.length * buffer.numberOfChannels * 4;

/** Seconds, as the file says. */
const lengthOf = async (file: Blob): Promise<number> => {
  const url = URL.createObjectURL(file);
  const element = new Audio();
  try {
    return await new Promise((resolve, reject) => {
      const refuse = () => reject(new Error(element.error?.message ?? "no length"));
      element.addEventListener("loadedmetadata", () => resolve(element.duration));
      element.addEventListener("error", refuse);
      setTimeout(refuse, lengthPatienceMs);
      element.preload = "metadata";
      element.src = url;
    });
  } finally {
    element.removeAttribute("src");
    URL.revokeObjectURL(url);
  }
};

/** Plays gifts' own sounds. What is decoded is kept within a bound, the last used first. */
export class AlertSounds {
  readonly #output: AudioNode;
  readonly #onFailed: (sound: AlertSound, error: Failure) => void;
  /** By the file's id, in the order of their last use. */
  readonly #decoded = new Map<string, Promise<Result<AudioBuffer>>>();
  readonly #sizes = new Map<string, number>();
  readonly #playing = new Map<string, Playing>();

  constructor(output: AudioNode, onFailed: (sound: AlertSound, error: Failure) => void) {
    this.#output = output;
    this.#onFailed = onFailed;
  }

  /** Decodes what will be heard soon. */
  prepare(sounds: readonly AlertSound[]): void {
    for (const sound of sounds) void this.#decode(sound);
  }

  /**
   * From now on; what is not decoded yet begins where it would be by then. Answers whether anything is heard, once that is
   * known. `showingId` is for `end`.
   */
  async play(showingId: string, sounds: readonly AlertSound[]): Promise<boolean> {
    const { context } = this.#output;
    const startedAt = context.currentTime + 0.01;
    const gain = new GainNode(context);
    gain.connect(this.#output);
    const playing: Playing = { gain, sources: [] };
    this.end(showingId);
    this.#playing.set(showingId, playing);
    const heard = await Promise.all(
      sounds.map(async (sound) => {
        const decoded = await this.#decode(sound);
        if (!decoded.ok) return false;
        if (this.#playing.get(showingId) === playing)
          this.#start(playing, sound, decoded.value, startedAt);
        return true;
      }),
    );
    return heard.includes(true);
  }

  /** The alert is over. */
  end(showingId: string): void {
    const playing = this.#playing.get(showingId);
    if (!playing) return;
    this.#playing.delete(showingId);
    const { gain, sources } = playing;
    const { currentTime } = gain.context;
    gain.gain.setValueAtTime(1, currentTime);
    gain.gain.linearRampToValueAtTime(0, currentTime + fadeOutSeconds);
    for (const source of sources) source.stop(currentTime + fadeOutSeconds);
    if (sources.length === 0) gain.disconnect();
  }

  close(): void {
    for (const showingId of this.#playing.keys()) this.end(showingId);
    this.#decoded.clear();
  }

  #start(playing: Playing, sound: AlertSound, buffer: AudioBuffer, startedAt: number): void {
    const { context } = playing.gain;
    const at = startedAt + sound.atMs / 1_000;
    const late = Math.max(0, context.currentTime - at);
    const length = sound.lengthMs / 1_000 - late;
    if (length <= 0) return;
    const source = new AudioBufferSourceNode(context, { buffer });
    source.connect(playing.gain);
    playing.sources.push(source);
    source.addEventListener("ended", () => {
      source.disconnect();
      playing.sources.splice(playing.sources.indexOf(source), 1);
      if (playing.sources.length === 0) playing.gain.disconnect();
    });
    source.start(at + late, sound.offsetMs / 1_000 + late, length);
  }

  #decode(sound: AlertSound): Promise<Result<AudioBuffer>> {
    const known = this.#decoded.get(sound.id);
    const decoded = known ?? this.#read(sound);
    this.#decoded.delete(sound.id);
    this.#decoded.set(sound.id, decoded);
    return decoded;
  }

  async #read(sound: AlertSound): Promise<Result<AudioBuffer>> {
    try {
      const seconds = await lengthOf(sound.file);
      if (!(seconds * 1_000 <= limits.longestSoundMs)) throw new Error(`${seconds} s long`);
      const buffer = await this.#output.context.decodeAudioData(await sound.file.arrayBuffer());
      this.#sizes.set(sound.id, bytesOf(buffer));
      this.#trim();
      return succeed(buffer);
    } catch (error) {
      const failed = fail("alert.sound_broken", `${sound.name}: ${String(error)}`);
      this.#onFailed(sound, failed.error);
      return failed;
    }
  }

  #trim(): void {
    let bytes = 0;
    for (const size of this.#sizes.values()) bytes += size;
    for (const id of this.#decoded.keys()) {
      if (bytes <= keptBytes) return;
      const size = this.#sizes.get(id);
      if (size === undefined) continue;
      bytes -= size;
      this.#sizes.delete(id);
      this.#decoded.delete(id);
    }
  }
}
