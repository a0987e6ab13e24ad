import { expect, test } from "vitest";
import { WallMapping } from "../../../renderer/audio/wall-mapping.ts";

test("knows nothing before the first sample", () => {
  expect(new WallMapping().toContext(1_000)).toBeUndefined();
});

test("a clock that moves in bursts of 20 ms is read at its bursts' ends", () => {
  const mapping = new WallMapping();
  // The context began at wall 10,000 and shows whole bursts only.
  for (let wallMs = 10_000; wallMs < 12_000; wallMs += 7)
    mapping.add(wallMs, (Math.floor((wallMs - 10_000) / 20) * 20) / 1_000);
  expect(mapping.toContext(13_000)).toBeCloseTo(3, 2);
});

test("follows a clock that has stood still", () => {
  const mapping = new WallMapping();
  for (let at = 0; at < 5_000; at += 100) mapping.add(at, at / 1_000);
  for (let at = 5_000; at < 10_000; at += 100) mapping.add(at, (at - 400) / 1_000);
  expect(mapping.toContext(10_000)).toBeCloseTo(9.6, 3);
});
