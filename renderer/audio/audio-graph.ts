import { createStore, type StoreApi } from "zustand/vanilla";
import type { SourceId } from "../../preload/contract/ids.ts";
import { sourcesShownBy } from "../../preload/contract/nesting.ts";
import type { SceneDocument, SourceOf } from "../../preload/contract/scene.ts";
import type { Failure } from "../../preload/contract/result.ts";
import type { AlertChime, AlertCue, AlertSound } from "../compositor/protocol.ts";
import type { AudioLevel } from "../session/state.ts";
import { playChime } from "./alert-chimes.ts";
import { AlertSounds } from "./alert-sounds.ts";
import { gainOfDb, silenceDb } from "./decibels.ts";
import { LevelMeter } from "./level-meter.ts";
import { followSpeech, isHeard, type MutedSpeech, noSpeech } from "./muted-speech.ts";
import { TestTone } from "./test-tone.ts";

/** Time constant of gain changes: no click, no lag. */
const rampSeconds = 0.015;
const speechEveryMs = 50;
/** Chimes of a growing combo do not come closer than this. */
const chimeGapSeconds = 0.07;

interface MicrophoneChannel {
  readonly input: MediaStreamAudioSourceNode;
  readonly gain: GainNode;
  readonly mute: GainNode;
  readonly meter: LevelMeter;
  muted: boolean;
  speech: MutedSpeech;
}

interface ToneChannel {
  readonly tone: TestTone;
  readonly meter: LevelMeter;
}

const silence: AudioLevel = { peakDb: silenceDb, rmsDb: silenceDb };

/**
 * The programme's sound: microphones, test tones, alerts' chimes and gifts' own sounds into one bus that viewers hear. Nothing is played on this
 * machine. A microphone's meter shows it before its mute, everything else what goes into the bus.
 */
export class AudioGraph {
  readonly mutedSpeech: StoreApi<ReadonlySet<SourceId>> = createStore<ReadonlySet<SourceId>>(
    () => new Set(),
  );
  readonly #context = new AudioContext({ sampleRate: 48_000, latencyHint: "interactive" });
  readonly #bus = new GainNode(this.#context, {
    channelCount: 2,
    channelCountMode: "explicit",
  });
  readonly #destination = new MediaStreamAudioDestinationNode(this.#context, { channelCount: 2 });
  readonly #busMeter = new LevelMeter(this.#bus);
  readonly #alerts = new GainNode(this.#context, { gain: 0 });
  readonly #alertsMeter = new LevelMeter(this.#alerts);
  readonly #alertSounds: AlertSounds;
  readonly #microphones = new Map<SourceId, MicrophoneChannel>();
  readonly #tones = new Map<SourceId, ToneChannel>();
  readonly #speechTimer = setInterval(() => this.#followSpeech(), speechEveryMs);
  /** The alerts sources of the programme: all sound through one channel. */
  #alertSources: ReadonlySet<SourceId> = new Set();
  #document: SceneDocument | undefined;
  #lastChimeAt = 0;
  #closed = false;

  /** @param onSoundFailed a gift's own sound cannot be played; its chime is heard */
  constructor(onSoundFailed: (sound: AlertSound, error: Failure) => void) {
    this.#alertSounds = new AlertSounds(this.#alerts, onSoundFailed);
    this.#bus.connect(this.#destination);
    this.#alerts.connect(this.#bus);
    // A context that the system interrupted goes on as soon as it may.
    this.#context.addEventListener("statechange", () => this.resume());
    this.resume();
  }

  get programmeTrack(): MediaStreamTrack {
    const [track] = this.#destination.stream.getAudioTracks();
    if (!track) throw new Error("a destination without a track");
    return track;
  }

  resume(): void {
    if (this.#context.state === "closed" || this.#context.state === "running") return;
    this.#context.resume().catch((error: unknown) => console.warn("no sound yet", error));
  }

  follow(document: SceneDocument): void {
    this.#document = document;
    for (const source of document.sources)
      if (source.kind === "microphone") this.#setMicrophone(source);
    const seen = visibleSources(document);
    const heard = document.sources.filter(({ id }) => seen.has(id));
    const tones = new Map(
      heard.flatMap((source) =>
        source.kind === "testPattern" ? [[source.id, source] as const] : [],
      ),
    );
    for (const [sourceId, channel] of this.#tones)
      if (!tones.has(sourceId)) {
        channel.tone.close();
        channel.meter.close();
        this.#tones.delete(sourceId);
      }
    for (const source of tones.values()) this.#setTone(source);
    const alerts = heard.flatMap((source) => (source.kind === "alerts" ? [source] : []));
    this.#alertSources = new Set(alerts.map(({ id }) => id));
    this.#ramp(
      this.#alerts,
      Math.max(0, ...alerts.map(({ gainDb, muted }) => (muted ? 0 : gainOfDb(gainDb)))),
    );
  }

  addMicrophone(sourceId: SourceId, track: MediaStreamTrack): void {
    this.removeMicrophone(sourceId);
    const input = new MediaStreamAudioSourceNode(this.#context, {
      mediaStream: new MediaStream([track]),
    });
    const gain = new GainNode(this.#context, { gain: 0 });
    const mute = new GainNode(this.#context, { gain: 0 });
    input.connect(gain).connect(mute).connect(this.#bus);
    this.#microphones.set(sourceId, {
      input,
      gain,
      mute,
      meter: new LevelMeter(gain),
      muted: true,
      speech: noSpeech,
    });
    if (this.#document) this.follow(this.#document);
  }

  removeMicrophone(sourceId: SourceId): void {
    const channel = this.#microphones.get(sourceId);
    if (!channel) return;
    this.#microphones.delete(sourceId);
    channel.input.disconnect();
    channel.gain.disconnect();
    channel.mute.disconnect();
    channel.meter.close();
  }

  /** The same object at each call for a channel. Unknown channels are silent. */
  readLevel(channel: SourceId | "programme"): AudioLevel {
    if (channel === "programme") return this.#busMeter.read();
    const meter =
      this.#microphones.get(channel)?.meter ??
      this.#tones.get(channel)?.meter ??
      (this.#alertSources.has(channel) ? this.#alertsMeter : undefined);
    return meter?.read() ?? silence;
  }

  playAlert(cue: AlertCue): void {
    if (this.#context.state !== "running" || !this.#alertSources.size) return;
    switch (cue.type) {
      case "chime":
        this.#playChime(cue.chime);
        return;
      case "soundsAhead":
        this.#alertSounds.prepare(cue.sounds);
        return;
      case "sounds":
        void this.#alertSounds.play(cue.showingId, cue.sounds).then((someHeard) => {
          if (!someHeard && !this.#closed) this.#playChime(cue.otherwise);
        });
        return;
      case "soundsEnd":
        this.#alertSounds.end(cue.showingId);
        return;
      default:
        cue satisfies never;
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#speechTimer);
    for (const sourceId of this.#microphones.keys()) this.removeMicrophone(sourceId);
    for (const { tone } of this.#tones.values()) tone.close();
    this.#alertSounds.close();
    void this.#context.close();
  }

  #playChime(chime: AlertChime): void {
    const now = this.#context.currentTime;
    if (chime.kind === "giftGrew" && now - this.#lastChimeAt < chimeGapSeconds) return;
    this.#lastChimeAt = now;
    playChime(chime, this.#alerts, now + 0.01);
  }

  #setMicrophone(source: SourceOf<"microphone">): void {
    const channel = this.#microphones.get(source.id);
    if (!channel) return;
    channel.muted = source.muted;
    this.#ramp(channel.gain, gainOfDb(source.gainDb));
    this.#ramp(channel.mute, source.muted ? 0 : 1);
  }

  #setTone(source: SourceOf<"testPattern">): void {
    let channel = this.#tones.get(source.id);
    if (!channel) {
      const tone = new TestTone(this.#context);
      tone.output.connect(this.#bus);
      channel = { tone, meter: new LevelMeter(tone.output) };
      this.#tones.set(source.id, channel);
    }
    this.#ramp(channel.tone.output, source.muted ? 0 : gainOfDb(source.gainDb));
  }

  #ramp(node: GainNode, gain: number): void {
    node.gain.setTargetAtTime(gain, this.#context.currentTime, rampSeconds);
  }

  #followSpeech(): void {
    const nowMs = performance.now();
    const heard = new Set<SourceId>();
    for (const [sourceId, channel] of this.#microphones) {
      const { rmsDb } = channel.muted ? channel.meter.read() : silence;
      channel.speech = followSpeech(channel.speech, { rmsDb, muted: channel.muted, nowMs });
      if (isHeard(channel.speech, nowMs)) heard.add(sourceId);
    }
    const before = this.mutedSpeech.getState();
    if (heard.size !== before.size || [...heard].some((sourceId) => !before.has(sourceId)))
      this.mutedSpeech.setState(heard, true);
  }
}

/** What the programme's scenes show. */
const visibleSources = (document: SceneDocument): ReadonlySet<SourceId> =>
  new Set(
    document.canvases.flatMap(({ sceneId }) => [...sourcesShownBy(document, sceneId, "visible")]),
  );
