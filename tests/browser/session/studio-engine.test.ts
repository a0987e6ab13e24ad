import { afterEach, expect, test } from "vitest";
import { createStore } from "zustand/vanilla";
import type { IpcName } from "../../../preload/contract/ipc.ts";
import { fail } from "../../../preload/contract/result.ts";
import type { SceneDocument } from "../../../preload/contract/scene.ts";
import { createStudioEngine } from "../../../renderer/session/studio-engine.ts";
import {
  alertsSource,
  cameraSource,
  colourSource,
  documentOf,
  microphoneSource,
} from "../../fakes/documents.ts";
import { giftEvent } from "../../fakes/alert-events.ts";
import { distance, meanOf, ProgrammeReader, rgbOf } from "../programme-reader.ts";
import { settingsOf } from "../../fakes/settings.ts";
import { usualTemplates } from "../../../renderer/gifts/templates/built-in-templates.ts";

const settings = settingsOf();

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0).toReversed()) close();
});

/** An engine whose main has no room. */
const start = (document: SceneDocument) => {
  const asked: IpcName[] = [];
  const store = createStore(() => document);
  const engine = createStudioEngine({
    document: store,
    settings: () => settings,
    alertTemplates: createStore(() => usualTemplates),
    painter: "cpu",
    onProbed: () => undefined,
    request: (name) => {
      asked.push(name);
      return Promise.resolve(fail("room.unreachable"));
    },
    onAlertScene: () => undefined,
  });
  closing.push(() => engine.close());
  const stateOf = (id: string) =>
    [...engine.sources.getState()].find(([sourceId]) => sourceId === id)?.[1].state;
  return { engine, store, asked, stateOf };
};

const isFilled = (colour: string) => (shot: Parameters<typeof meanOf>[0]) =>
  distance(meanOf(shot, 100, 100, 50, 50), rgbOf(colour)) <= 6;

test("follows the document: what is shown, what is open, what is heard", async () => {
  const { engine, store, stateOf } = start(
    documentOf([{ source: colourSource("red", "#d02020", 640, 360) }], {}, [microphoneSource()]),
  );
  const reader = new ProgrammeReader(engine.programmeTrack);
  closing.push(() => reader.close());
  await reader.shotWhere(isFilled("#d02020"));
  await expect.poll(() => stateOf("microphone")).toBe("running");
  // The fake device beeps.
  await expect
    .poll(() => engine.readLevel("programme").peakDb, { timeout: 5_000 })
    .toBeGreaterThan(-60);

  store.setState(
    documentOf([{ source: cameraSource() }, { source: colourSource("blue", "#2040c0", 640, 360) }]),
    true,
  );
  await reader.shotWhere(isFilled("#2040c0"));
  await expect
    .poll(() => [...engine.sources.getState()].map(([id, status]) => [id, status]), {
      timeout: 5_000,
    })
    .toEqual([
      ["camera", { state: "running", size: { width: 640, height: 360 } }],
      ["blue", { state: "running", size: { width: 640, height: 360 } }],
    ]);
  await expect
    .poll(() => engine.stats.getState().programme.fps, { timeout: 5_000 })
    .toBeGreaterThan(10);
});

test("an alert is seen and heard", async () => {
  const { engine } = start(documentOf([{ source: alertsSource() }]));
  const reader = new ProgrammeReader(engine.programmeTrack);
  closing.push(() => reader.close());
  await reader.shot();
  engine.showAlerts([giftEvent()]);
  await expect
    .poll(() => engine.readLevel("programme").peakDb, { timeout: 3_000, interval: 15 })
    .toBeGreaterThan(-40);
  await reader.shotWhere((shot) => distance(meanOf(shot, 10, 190, 200, 60), rgbOf("#000000")) > 8);
});

test("a show that cannot begin says why, and can be tried again", async () => {
  const { engine, asked } = start(documentOf([]));
  const phases: string[] = [];
  closing.push(engine.broadcast.subscribe(({ phase }) => phases.push(phase)));
  const first = await engine.goLive();
  expect(first).toEqual({ ok: false, error: { code: "room.unreachable" } });
  expect(engine.broadcast.getState()).toEqual({
    phase: "failed",
    error: { code: "room.unreachable" },
  });
  await engine.goLive();
  expect(phases).toEqual(["connecting", "failed", "connecting", "failed"]);
  expect(asked).not.toContain("capture.list");
});

test("closing lets everything go", async () => {
  const { engine, stateOf } = start(documentOf([{ source: cameraSource() }]));
  await expect.poll(() => stateOf("camera")).toBe("running");
  const { programmeTrack } = engine;
  engine.close();
  engine.close();
  expect(programmeTrack.readyState).toBe("ended");
  expect(engine.sources.getState().size).toBe(0);
  expect(await engine.goLive()).toMatchObject({ ok: false });
});
