import { afterEach, expect, test } from "vitest";
import { SourceId } from "../../../preload/contract/ids.ts";
import { fail } from "../../../preload/contract/result.ts";
import type { SceneDocument } from "../../../preload/contract/scene.ts";
import { DeviceWatch } from "../../../renderer/capture/devices.ts";
import type { SourceOutput } from "../../../renderer/capture/source-kind.ts";
import { SourceManager } from "../../../renderer/capture/source-manager.ts";
import { cameraSource, colourSource, documentOf, microphoneSource } from "../../fakes/documents.ts";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const start = (document: SceneDocument) => {
  const opened = new Map<SourceId, SourceOutput>();
  const manager = new SourceManager({
    request: () => Promise.resolve(fail("request.unknown")),
    onOpened: ({ id }, output) => opened.set(id, output),
    onClosed: (id) => opened.delete(id),
  });
  closing.push(() => manager.close());
  manager.follow(document);
  const statusOf = (id: string) => manager.statuses.getState().get(SourceId.parse(id));
  return { manager, opened, statusOf };
};

const trackOf = (output: SourceOutput | undefined): MediaStreamTrack => {
  if (output?.type === "sound") return output.track;
  if (output?.type === "picture" && output.feed.type === "track") return output.feed.track;
  throw new Error("no track");
};

test("camera and microphone open, and are let go with the document", async () => {
  const { manager, opened, statusOf } = start(
    documentOf([{ source: cameraSource() }], {}, [microphoneSource()]),
  );
  expect(statusOf("camera")).toEqual({ state: "opening" });
  await expect.poll(() => statusOf("camera")?.state).toBe("running");
  await expect.poll(() => statusOf("microphone")?.state).toBe("running");
  const camera = trackOf(opened.get(SourceId.parse("camera")));
  expect([camera.kind, camera.readyState]).toEqual(["video", "live"]);
  manager.setSize(SourceId.parse("camera"), 640, 360);
  expect(statusOf("camera")).toEqual({ state: "running", size: { width: 640, height: 360 } });

  manager.follow(documentOf([]));
  expect(camera.readyState).toBe("ended");
  expect(statusOf("camera")).toBeUndefined();
  expect(opened.size).toBe(0);
});

test("a rename or another place captures nothing anew, another device does", async () => {
  const { manager, opened, statusOf } = start(documentOf([{ source: cameraSource() }]));
  await expect.poll(() => statusOf("camera")?.state).toBe("running");
  const track = trackOf(opened.get(SourceId.parse("camera")));
  manager.follow(documentOf([{ source: { ...cameraSource(), name: "Front" }, x: 50 }]));
  expect(track.readyState).toBe("live");
  manager.follow(documentOf([{ source: { ...cameraSource(), fps: 15 } }]));
  expect(track.readyState).toBe("ended");
  await expect.poll(() => statusOf("camera")?.state).toBe("running");
});

test("a device that is gone is a failure; one with its label is found", async () => {
  const gone = { ...cameraSource(), deviceId: "no-such-device", label: "no such camera" };
  const { statusOf } = start(documentOf([{ source: gone }]));
  await expect
    .poll(() => statusOf("camera"))
    .toMatchObject({
      state: "failed",
      error: { code: "capture.device_missing" },
    });
  const devices = new DeviceWatch();
  closing.push(() => devices.close());
  await expect.poll(() => devices.store.getState().cameras.length).toBe(2);
  const label = devices.store.getState().cameras[1]?.label ?? "";
  expect(label).not.toBe("");
  const found = start(documentOf([{ source: { ...gone, label } }]));
  await expect.poll(() => found.statusOf("camera")?.state).toBe("running");
  expect(trackOf(found.opened.get(SourceId.parse("camera"))).label).toBe(label);
});

test("a camera that is unplugged fails, and comes back with its device", async () => {
  const { manager, opened, statusOf } = start(documentOf([{ source: cameraSource() }]));
  await expect.poll(() => statusOf("camera")?.state).toBe("running");
  trackOf(opened.get(SourceId.parse("camera"))).dispatchEvent(new Event("ended"));
  expect(statusOf("camera")).toMatchObject({
    state: "failed",
    error: { code: "capture.device_missing" },
  });
  expect(opened.size).toBe(0);
  manager.followDevices({ cameras: [{ deviceId: "", label: "" }], microphones: [] });
  await expect.poll(() => statusOf("camera")?.state).toBe("running");
});

test("a picture that is not there is a failure", async () => {
  const image = {
    id: "image",
    name: "image",
    kind: "image",
    pictureId: "0".repeat(64),
    width: 10,
    height: 10,
  } as const;
  const { statusOf } = start(documentOf([{ source: image }]));
  await expect.poll(() => statusOf("image")?.state).toBe("failed");
});

test("what is drawn from the document runs at once, at its size", async () => {
  const { statusOf } = start(documentOf([{ source: colourSource("red", "#ff0000", 30, 20) }]));
  await expect
    .poll(() => statusOf("red"))
    .toEqual({ state: "running", size: { width: 30, height: 20 } });
});
