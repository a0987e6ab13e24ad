import { afterEach, beforeEach, expect, test } from "vitest";
import { createStore } from "zustand/vanilla";
import { fail } from "../../../preload/contract/result.ts";
import { createFrameTrack } from "../../../renderer/compositor/insertable-streams.ts";
import { createStudioEngine } from "../../../renderer/session/studio-engine.ts";
import { cameraSource, colourSource, documentOf } from "../../fakes/documents.ts";
import { distance, meanOf, ProgrammeReader, rgbOf } from "../programme-reader.ts";
import { settingsOf } from "../../fakes/settings.ts";
import { usualTemplates } from "../../../renderer/gifts/templates/built-in-templates.ts";

/** A camera as getUserMedia gives it: the test says what comes out of it. */
class FakeCamera {
  /** What opening does: a track, or what it rejects with. */
  refusal: DOMException | null = null;
  opened = 0;
  colour: string | null = "#30c060";
  #track: MediaStreamTrack | undefined;
  #writer: WritableStreamDefaultWriter<VideoFrame> | undefined;
  readonly #canvas = new OffscreenCanvas(640, 360);
  readonly #timer = setInterval(() => void this.#send(), 33);

  readonly open = (): Promise<MediaStream> => {
    this.opened += 1;
    if (this.refusal) return Promise.reject(this.refusal);
    const track = createFrameTrack();
    this.#writer = track.writable.getWriter();
    this.#track = track;
    return Promise.resolve(new MediaStream([track]));
  };

  /** Pulls the plug, as the browser tells it. */
  unplug(): void {
    const track = this.#track;
    this.refusal = new DOMException("gone", "NotFoundError");
    track?.stop();
    track?.dispatchEvent(new Event("ended"));
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #send(): Promise<void> {
    const { colour } = this;
    const context = this.#canvas.getContext("2d");
    if (!colour || !context || this.#track?.readyState !== "live") return;
    context.fillStyle = colour;
    context.fillRect(0, 0, 640, 360);
    const frame = new VideoFrame(this.#canvas, { timestamp: performance.now() * 1_000 });
    await this.#writer?.write(frame).catch(() => frame.close());
  }
}

const settings = settingsOf();

const { getUserMedia } = navigator.mediaDevices;
const closing: (() => void)[] = [];
let camera: FakeCamera;

beforeEach(() => {
  camera = new FakeCamera();
  navigator.mediaDevices.getUserMedia = camera.open;
});
afterEach(() => {
  for (const close of closing.splice(0).toReversed()) close();
  camera.close();
  navigator.mediaDevices.getUserMedia = getUserMedia;
});

/** The camera over a blue ground. */
const start = () => {
  const document = documentOf([
    { source: colourSource("ground", "#2040c0", 640, 360) },
    { source: cameraSource() },
  ]);
  const engine = createStudioEngine({
    painter: "cpu",
    onProbed: () => undefined,
    document: createStore(() => document),
    settings: () => settings,
    alertTemplates: createStore(() => usualTemplates),
    request: () => Promise.resolve(fail("room.unreachable")),
    onAlertScene: () => undefined,
  });
  closing.push(() => engine.close());
  const reader = new ProgrammeReader(engine.programmeTrack);
  closing.push(() => reader.close());
  const status = () =>
    [...engine.sources.getState()].find(([sourceId]) => sourceId === "camera")?.[1];
  const code = () => {
    const now = status();
    return now?.state === "failed"
      ? now.error.code
      : now?.state === "running"
        ? (now.fault?.code ?? "fine")
        : now?.state;
  };
  const shows = (colour: string) =>
    reader.shotWhere((shot) => distance(meanOf(shot, 100, 100, 50, 50), rgbOf(colour)) <= 8, 600);
  /** Frames go on coming, each a thirtieth of a second after the one before. */
  const keepsItsRate = async () => {
    const times: number[] = [];
    while (times.length < 20) {
      const frame = await reader.frame();
      times.push(frame.timestamp);
      frame.close();
    }
    const steps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    for (const step of steps) {
      const frames = step / (1_000_000 / 30);
      expect(frames).toBeGreaterThan(0.9);
      expect(Math.abs(frames - Math.round(frames))).toBeLessThan(0.01);
    }
  };
  return { engine, code, shows, keepsItsRate };
};

const patient = { timeout: 20_000, interval: 100 };

test("an unplugged camera says so, leaves the programme running, and is back when it is plugged in", async () => {
  const { code, shows, keepsItsRate } = start();
  await shows("#30c060");
  camera.unplug();
  expect(code()).toBe("capture.device_missing");
  await shows("#2040c0");
  await keepsItsRate();
  const before = camera.opened;
  await expect.poll(() => camera.opened, patient).toBeGreaterThan(before + 1);
  // Tries of its own accord do not flicker.
  expect(code()).toBe("capture.device_missing");
  camera.refusal = null;
  await expect.poll(code, patient).toBe("fine");
  await shows("#30c060");
});

test("a camera that another program holds is opened once that lets go", async () => {
  camera.refusal = new DOMException("in use", "NotReadableError");
  const { code, shows, keepsItsRate } = start();
  await expect.poll(code).toBe("capture.device_busy");
  await keepsItsRate();
  camera.refusal = null;
  await expect.poll(code, patient).toBe("fine");
  await shows("#30c060");
});

test("a camera that may not be used is not asked for again and again", async () => {
  camera.refusal = new DOMException("no", "NotAllowedError");
  const { code, engine } = start();
  await expect.poll(code).toBe("capture.denied");
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  expect(camera.opened).toBe(1);
  camera.refusal = null;
  for (const sourceId of engine.sources.getState().keys())
    if (sourceId === "camera") engine.reopenSource(sourceId);
  await expect.poll(code, patient).toBe("fine");
});

test("a frozen camera is said to be so, and opened again until it moves", async () => {
  const { code, shows, keepsItsRate } = start();
  await shows("#30c060");
  camera.colour = null;
  await expect.poll(code, patient).toBe("capture.frozen");
  await keepsItsRate();
  await expect.poll(() => camera.opened, patient).toBe(2);
  // Open again, and still nothing comes: it is not called well.
  expect(code()).toBe("capture.frozen");
  camera.colour = "#c08030";
  await expect.poll(code, patient).toBe("fine");
  await shows("#c08030");
});

test("a covered lens is said to be so until it is uncovered, and is not opened again", async () => {
  const { code, shows, keepsItsRate } = start();
  await shows("#30c060");
  camera.colour = "#060606";
  await expect.poll(code, patient).toBe("capture.black");
  await shows("#060606");
  await keepsItsRate();
  camera.colour = "#30c060";
  await expect.poll(code, patient).toBe("fine");
  expect(camera.opened).toBe(1);
});
