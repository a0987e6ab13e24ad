import { expect, test } from "vitest";
import type { CaptureSource } from "../../../preload/contract/ipc.ts";
import { findCapture } from "../../../renderer/capture/display-track.ts";

const source = (kind: CaptureSource["kind"], captureId: string, name: string): CaptureSource => ({
  kind,
  captureId,
  name,
  thumbnail: "",
});
const listed = [
  source("screen", "screen:1:0", "Left"),
  source("screen", "screen:2:0", "Right"),
  source("window", "window:7:0", "Notes"),
];

test("the remembered id is taken while it exists, else what has the name", () => {
  expect(findCapture({ kind: "window", captureId: "window:7:0", name: "Old title" }, listed)).toBe(
    "window:7:0",
  );
  expect(findCapture({ kind: "window", captureId: "window:3:0", name: "Notes" }, listed)).toBe(
    "window:7:0",
  );
});

test("a screen never stands in for a window, nor another window for the one that is gone", () => {
  expect(
    findCapture({ kind: "window", captureId: "screen:1:0", name: "Left" }, listed),
  ).toBeUndefined();
  expect(
    findCapture({ kind: "window", captureId: "window:3:0", name: "Mail" }, listed),
  ).toBeUndefined();
});

test("the only screen is the screen, one of two is not", () => {
  const wish = { kind: "screen", captureId: "screen:9:0", name: "Gone" } as const;
  expect(findCapture(wish, listed)).toBeUndefined();
  expect(findCapture(wish, listed.slice(1))).toBe("screen:2:0");
});
