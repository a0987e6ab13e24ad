import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { CanvasId, SourceId } from "../../../../preload/contract/ids.ts";
import type { Picture } from "../../../../renderer/compositor/picture.ts";
import {
  PersonMasks,
  type SegmenterState,
  type SegmenterWorker,
} from "../../../../renderer/compositor/segmenter/person-masks.ts";
import type {
  SegmenterCommand,
  SegmenterReport,
} from "../../../../renderer/compositor/segmenter/protocol.ts";
import { newFilter } from "../../../../renderer/scene/filters/new-filter.ts";
import { cameraSource, documentOfScenes, sceneSource } from "../../../fakes/documents.ts";

beforeEach(() => {
  // Node has none; none of these pictures is one.
  vi.stubGlobal("VideoFrame", function VideoFrame() {});
  vi.useFakeTimers();
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const canvasId = CanvasId.parse("main");
const camera = SourceId.parse("camera");
const filters = [newFilter("background")];
const shown = (items: Parameters<typeof documentOfScenes>[0][string]) =>
  documentOfScenes({ show: items });
const filtered = shown([{ source: cameraSource(), filters }]);

const pictureOf = (version: number): Picture => ({
  id: "camera",
  version,
  width: 32,
  height: 18,
  pixels: { format: "RGBA", premultiplied: false, data: new Uint8ClampedArray(32 * 18 * 4) },
});
const pictures = (version: number) => new Map([[camera, pictureOf(version)]]);

class FakeWorker implements SegmenterWorker {
  readonly commands: SegmenterCommand[] = [];
  isEnded = false;
  readonly #events = new EventTarget();

  postMessage(command: SegmenterCommand): void {
    this.commands.push(command);
  }
  addEventListener(type: "message" | "error", listener: (event: never) => void): void {
    this.#events.addEventListener(type, listener as unknown as EventListener);
  }
  terminate(): void {
    this.isEnded = true;
  }
  report(data: SegmenterReport): void {
    this.#events.dispatchEvent(new MessageEvent("message", { data }));
  }
  /** Answers whether the error goes on to whoever started the worker. */
  fail(message: string): boolean {
    return this.#events.dispatchEvent(
      Object.assign(new Event("error", { cancelable: true }), { message }),
    );
  }
  get asked() {
    return this.commands.flatMap((command) => (command.type === "segment" ? [command] : []));
  }
  /** Answers what was asked last. */
  answer(): void {
    const last = this.asked.at(-1);
    if (!last) throw new Error("nothing was asked");
    const data = new Uint8ClampedArray(256 * 144 * 4);
    this.report({ ...last, type: "mask", width: 256, height: 144, data });
  }
}

const start = (document = filtered) => {
  const workers: FakeWorker[] = [];
  const states: SegmenterState["state"][] = [];
  const masks = new PersonMasks(
    ({ state }) => states.push(state),
    () => {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker;
    },
  );
  masks.follow(document, canvasId);
  const beat = async (version: number, atMs: number) => {
    const found = masks.of(pictures(version), atMs);
    await vi.advanceTimersByTimeAsync(0);
    return found;
  };
  return { masks, workers, states, beat };
};

test("nothing is opened while no visible item needs it", async () => {
  for (const document of [
    shown([{ source: cameraSource() }]),
    shown([{ source: cameraSource(), filters: [{ ...newFilter("background"), enabled: false }] }]),
    shown([{ source: cameraSource(), filters, visible: false }]),
    shown([{ source: cameraSource(), filters, group: "hidden" }]),
    documentOfScenes({ show: [], other: [{ source: cameraSource(), filters }] }),
  ]) {
    const { beat, workers } = start(document);
    expect((await beat(1, 0)).size).toBe(0);
    expect(workers).toHaveLength(0);
  }
});

test("an item within a scene that is shown needs it", async () => {
  const { beat, workers } = start(
    documentOfScenes({
      show: [{ source: sceneSource("inner") }],
      inner: [{ source: cameraSource(), filters }],
    }),
  );
  await beat(1, 0);
  expect(workers).toHaveLength(1);
});

test("the newest picture is asked about, one at a time and fifteen times a second at most", async () => {
  const { beat, workers, states } = start();
  await beat(1, 0);
  const [worker] = workers;
  if (!worker) throw new Error("no worker");
  expect(worker.asked).toHaveLength(0);
  worker.report({ type: "ready" });
  await beat(2, 100);
  expect(worker.asked).toHaveLength(1);
  // No answer yet: nothing more is asked, however long it takes.
  for (let version = 3; version < 10; version += 1) await beat(version, 100 + version * 33);
  expect(worker.asked).toHaveLength(1);
  worker.answer();
  for (let frame = 0; frame < 60; frame += 1) {
    await beat(100 + frame, 1_000 + (frame * 1_000) / 30);
    if (worker.asked.length > 0) worker.answer();
  }
  expect(worker.asked.length - 1).toBeGreaterThanOrEqual(28);
  expect(worker.asked.length - 1).toBeLessThanOrEqual(31);
  expect(states).toEqual(["loading", "running"]);
});

test("a picture that stays is asked about once, and keeps its mask", async () => {
  const { beat, workers } = start();
  await beat(1, 0);
  workers[0]?.report({ type: "ready" });
  await beat(1, 50);
  workers[0]?.answer();
  for (let atMs = 100; atMs < 20_000; atMs += 500) expect((await beat(1, atMs)).size).toBe(1);
  expect(workers[0]?.asked).toHaveLength(1);
});

test("a mask of an older picture is good for a second", async () => {
  const { beat, workers } = start();
  expect((await beat(1, 0)).size).toBe(0);
  workers[0]?.report({ type: "ready" });
  await beat(1, 10);
  workers[0]?.answer();
  expect((await beat(2, 100)).get(camera)).toMatchObject({ width: 256, height: 144 });
  expect((await beat(3, 1_000)).size).toBe(1);
  expect((await beat(4, 1_100)).size).toBe(0);
  workers[0]?.answer();
  expect((await beat(5, 1_090)).size).toBe(1);
});

test("a source that is opened anew has no mask until there is one of its new picture", async () => {
  const { beat, masks, workers } = start();
  await beat(1, 0);
  workers[0]?.report({ type: "ready" });
  await beat(1, 10);
  masks.forget(camera);
  // Of the picture before.
  workers[0]?.answer();
  expect((await beat(2, 20)).size).toBe(0);
  expect(workers[0]?.commands.some(({ type }) => type === "forget")).toBe(true);
  workers[0]?.answer();
  expect((await beat(3, 30)).size).toBe(1);
});

test("where finding people fails there are no masks, that is said, and it is tried again", async () => {
  const error = vi.spyOn(console, "error").mockReturnValue(undefined);
  vi.setSystemTime(0);
  const { beat, workers, states } = start();
  const now = performance.now();
  await beat(1, now);
  workers[0]?.report({ type: "ready" });
  await beat(1, now + 10);
  workers[0]?.answer();
  expect((await beat(1, now + 20)).size).toBe(1);
  expect(workers[0]?.fail("no memory")).toBe(false);
  expect(workers[0]?.isEnded).toBe(true);
  expect((await beat(1, now + 30)).size).toBe(0);
  expect(states).toEqual(["loading", "running", "failed"]);
  expect(error).toHaveBeenCalledWith(expect.stringContaining("no memory"));
  await beat(2, now + 9_000);
  expect(workers).toHaveLength(1);
  await beat(3, now + 10_500);
  expect(workers).toHaveLength(2);
  // A try is no reason to take the warning away, before there is a mask.
  workers[1]?.report({ type: "ready" });
  await beat(4, now + 10_600);
  expect(states.at(-1)).toBe("failed");
  workers[1]?.answer();
  expect(states).toEqual(["loading", "running", "failed", "running"]);
});

test("one that does not answer any more has failed", async () => {
  vi.spyOn(console, "error").mockReturnValue(undefined);
  const { beat, workers, states } = start();
  await beat(1, 0);
  workers[0]?.report({ type: "ready" });
  await beat(2, 100);
  await beat(3, 14_000);
  expect(states.at(-1)).toBe("loading");
  await beat(4, 15_200);
  expect(states.at(-1)).toBe("failed");
  expect(workers[0]?.isEnded).toBe(true);
});

test("everything is freed some seconds after nobody needs it, and not in between", async () => {
  const { beat, masks, workers, states } = start();
  await beat(1, 0);
  workers[0]?.report({ type: "ready" });
  masks.follow(shown([]), canvasId);
  await vi.advanceTimersByTimeAsync(5_000);
  masks.follow(filtered, canvasId);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(workers[0]?.isEnded).toBe(false);
  masks.follow(shown([]), canvasId);
  await vi.advanceTimersByTimeAsync(11_000);
  expect(workers[0]?.isEnded).toBe(true);
  expect(states.at(-1)).toBe("off");
  masks.close();
});
