import { afterEach, expect, test } from "vitest";
import { giftTiers } from "../../../preload/contract/gift.ts";
import { SourceId } from "../../../preload/contract/ids.ts";
import { playChime } from "../../../renderer/audio/alert-chimes.ts";
import { AudioGraph } from "../../../renderer/audio/audio-graph.ts";
import type { AlertChime, AlertCue } from "../../../renderer/compositor/protocol.ts";
import {
  alertsSource,
  documentOf,
  microphoneSource,
  testPatternSource,
} from "../../fakes/documents.ts";
import { fixture } from "../gifts/players/fixture.ts";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0).toReversed()) close();
});

const start = (onSoundFailed: (code: string) => void = () => undefined): AudioGraph => {
  const graph = new AudioGraph((_, { code }) => onSoundFailed(code));
  closing.push(() => graph.close());
  return graph;
};

/** What a track of sound carries, from when on it is read. */
const listen = (track: MediaStreamTrack): AnalyserNode => {
  const context = new AudioContext();
  closing.push(() => void context.close());
  const analyser = new AnalyserNode(context, { fftSize: 4_096 });
  new MediaStreamAudioSourceNode(context, { mediaStream: new MediaStream([track]) }).connect(
    analyser,
  );
  return analyser;
};

/** Milliseconds of the wall clock's second at which `isLoud` begins to hold, for each of `wanted` times. */
const onsets = async (isLoud: () => boolean, wanted: number): Promise<readonly number[]> => {
  const found: number[] = [];
  let before = true;
  while (found.length < wanted) {
    const loud = isLoud();
    if (loud && !before) found.push(Date.now() % 1_000);
    before = loud;
    await new Promise((resolve) => setTimeout(resolve, 4));
  }
  return found;
};

test("the test tone beeps on the programme at each whole second, 1 kHz, until it is muted", async () => {
  const graph = start();
  graph.follow(documentOf([{ source: testPatternSource() }]));
  const times = await onsets(() => graph.readLevel("programme").peakDb > -30, 5);
  // From -500 to 500 around the second; a meter's window is 43 ms long and shows a beep at its first sample.
  const offsets = times.map((ms) => (ms > 500 ? ms - 1_000 : ms)).toSorted((a, b) => a - b);
  expect(Math.abs(offsets[2] ?? Number.NaN)).toBeLessThan(60);

  const analyser = listen(graph.programmeTrack);
  const bins = new Uint8Array(analyser.frequencyBinCount);
  await expect
    .poll(
      () => {
        analyser.getByteFrequencyData(bins);
        const loudest = bins.indexOf(Math.max(...bins));
        return bins[loudest] === 0 ? 0 : (loudest * analyser.context.sampleRate) / analyser.fftSize;
      },
      { timeout: 4_000, interval: 20 },
    )
    .toSatisfy((hz: number) => hz > 950 && hz < 1_050);

  graph.follow(documentOf([{ source: { ...testPatternSource(), muted: true } }]));
  await new Promise((resolve) => setTimeout(resolve, 300));
  let peak = -100;
  for (let read = 0; read < 60; read += 1) {
    peak = Math.max(peak, graph.readLevel("programme").peakDb);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(peak).toBeLessThan(-60);
});

test("each beep is as loud as its gain says, however long the tone runs", async () => {
  const source = testPatternSource();
  const graph = start();
  graph.follow(documentOf([{ source }]));
  let peakDb = -100;
  const endMs = Date.now() + 4_500;
  while (Date.now() < endMs) {
    peakDb = Math.max(peakDb, graph.readLevel("programme").peakDb);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(Math.abs(peakDb - source.gainDb)).toBeLessThan(1);
});

test("a hidden test pattern is not heard", async () => {
  const graph = start();
  graph.follow(documentOf([{ source: testPatternSource(), visible: false }]));
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  expect(graph.readLevel("programme").peakDb).toBe(-100);
  expect(graph.readLevel(SourceId.parse("pattern")).peakDb).toBe(-100);
});

test("a microphone is metered before its mute, heard after it, and speech into a muted one is told of", async () => {
  const id = SourceId.parse("microphone");
  const context = new AudioContext();
  closing.push(() => void context.close());
  const voice = new OscillatorNode(context, { frequency: 220 });
  const out = new MediaStreamAudioDestinationNode(context);
  voice.connect(out);
  voice.start();
  const [track] = out.stream.getAudioTracks();
  if (!track) throw new Error("no track");
  const graph = start();
  const follow = (muted: boolean) => graph.follow(documentOf([], {}, [microphoneSource(muted)]));
  follow(false);
  graph.addMicrophone(id, track);
  await expect.poll(() => graph.readLevel("programme").rmsDb).toBeGreaterThan(-12);
  expect(graph.mutedSpeech.getState().size).toBe(0);

  follow(true);
  await expect.poll(() => graph.readLevel("programme").rmsDb).toBeLessThan(-60);
  expect(graph.readLevel(id).rmsDb).toBeGreaterThan(-12);
  await expect.poll(() => graph.mutedSpeech.getState().has(id)).toBe(true);

  follow(false);
  await expect.poll(() => graph.mutedSpeech.getState().size).toBe(0);
  graph.removeMicrophone(id);
  await expect.poll(() => graph.readLevel("programme").rmsDb).toBeLessThan(-60);
});

test("a level is read into the same object", () => {
  const graph = start();
  expect(graph.readLevel("programme")).toBe(graph.readLevel("programme"));
});

const largeChime = { type: "chime", chime: { kind: "gift", tier: "large" } } as const;

test("an alert is heard where the scene shows alerts, and only there", async () => {
  const graph = start();
  graph.follow(documentOf([]));
  await new Promise((resolve) => setTimeout(resolve, 200));
  graph.playAlert(largeChime);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(graph.readLevel("programme").peakDb).toBe(-100);
  graph.follow(documentOf([{ source: alertsSource() }]));
  graph.playAlert(largeChime);
  await expect.poll(() => graph.readLevel("programme").peakDb).toBeGreaterThan(-40);
});

/** Ten seconds of a sine as a WAV file. */
const sineFile = (hertz: number): Blob => {
  const rate = 16_000;
  const samples = 10 * rate;
  const view = new DataView(new ArrayBuffer(44 + 2 * samples));
  for (const [at, text] of [
    [0, "RIFF"],
    [8, "WAVEfmt "],
    [36, "data"],
  ] as const)
    for (let index = 0; index < text.length; index += 1)
      view.setUint8(at + index, text.charCodeAt(index));
  for (const [at, value] of [
    [4, 36 + 2 * samples],
    [16, 16],
    [24, rate],
    [28, 2 * rate],
    [40, 2 * samples],
  ] as const)
    view.setUint32(at, value, true);
  for (const [at, value] of [
    [20, 1],
    [22, 1],
    [32, 2],
    [34, 16],
  ] as const)
    view.setUint16(at, value, true);
  for (let sample = 0; sample < samples; sample += 1)
    view.setInt16(44 + 2 * sample, 20_000 * Math.sin((2 * Math.PI * hertz * sample) / rate), true);
  return new Blob([view]);
};

const soundOf = (file: Blob) => ({
  id: "one",
  giftId: "rocket",
  name: "rocket.wav",
  file,
  atMs: 0,
  offsetMs: 0,
  lengthMs: 20_000,
});
const cueOf = (file: Blob): AlertCue => ({
  type: "sounds",
  showingId: "rocket-1",
  sounds: [soundOf(file)],
  otherwise: largeChime.chime,
});

test("a gift's own sound is heard on the programme with the alerts' gain, and ends with its alert", async () => {
  const failures: string[] = [];
  const graph = start((code) => failures.push(code));
  const source = { ...alertsSource(), gainDb: -12 };
  const id = SourceId.parse(source.id);
  graph.follow(documentOf([{ source }]));
  await new Promise((resolve) => setTimeout(resolve, 200));
  // No bell of a chime has it.
  const file = sineFile(700);
  graph.playAlert({ type: "soundsAhead", sounds: [soundOf(file)] });
  const analyser = listen(graph.programmeTrack);
  const bins = new Uint8Array(analyser.frequencyBinCount);
  graph.playAlert(cueOf(file));
  await expect
    .poll(
      () => {
        analyser.getByteFrequencyData(bins);
        const loudest = bins.indexOf(Math.max(...bins));
        return bins[loudest] === 0 ? 0 : (loudest * analyser.context.sampleRate) / analyser.fftSize;
      },
      { interval: 20 },
    )
    .toSatisfy((hz: number) => hz > 680 && hz < 720);
  // 20,000 of 32,768 are -4 dB; a mono sound in a stereo channel is 3 dB lower.
  expect(graph.readLevel(id).peakDb).toBeGreaterThan(-21);
  expect(graph.readLevel(id).peakDb).toBeLessThan(-15);
  graph.playAlert({ type: "soundsEnd", showingId: "rocket-1" });
  await expect
    .poll(() => graph.readLevel("programme").peakDb, { timeout: 5_000, interval: 20 })
    .toBeLessThan(-80);
  expect(failures).toEqual([]);
});

test.each(["alpha-left-with-sound.mp4", "ding.wav", "foreign/vap-demo.mp4"])(
  "the sound of a file as gifts have it (%s) is heard",
  async (name) => {
    const failures: string[] = [];
    const graph = start((code) => failures.push(code));
    graph.follow(documentOf([{ source: alertsSource() }]));
    await new Promise((resolve) => setTimeout(resolve, 200));
    graph.playAlert(cueOf(new Blob([await fixture(name)])));
    await expect.poll(() => graph.readLevel("programme").peakDb).toBeGreaterThan(-50);
    expect(failures).toEqual([]);
  },
);

test("a sound that cannot be played is told, and the chime is heard", async () => {
  const failures: string[] = [];
  const graph = start((code) => failures.push(code));
  graph.follow(documentOf([{ source: alertsSource() }]));
  await new Promise((resolve) => setTimeout(resolve, 200));
  graph.playAlert(cueOf(new Blob(["no sound at all"])));
  await expect.poll(() => graph.readLevel("programme").peakDb).toBeGreaterThan(-40);
  expect(failures).toEqual(["alert.sound_broken"]);
});

test.each<AlertChime>([
  ...giftTiers.map((tier) => ({ kind: "gift", tier }) as const),
  { kind: "giftGrew", tier: "small", comboCount: 9_998, milestone: false },
  { kind: "giftGrew", tier: "small", comboCount: 9_999, milestone: true },
  { kind: "follow" },
])("the chime of %j is heard, leaves headroom, and ends", async (cue) => {
  const context = new OfflineAudioContext(1, 48_000 * 5, 48_000);
  const output = new GainNode(context);
  output.connect(context.destination);
  playChime(cue, output, 0);
  const samples = (await context.startRendering()).getChannelData(0);
  const peakFrom = (second: number) =>
    samples.subarray(second * 48_000).reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
  expect(peakFrom(0)).toBeGreaterThan(0.05);
  expect(peakFrom(0)).toBeLessThan(0.9);
  expect(peakFrom(4.5)).toBeLessThan(0.001);
});
