import { describe, expect, it } from "vitest";
import type { SourceKind } from "../../../preload/contract/scene.ts";
import {
  healthy,
  judgePicture,
  type PictureHealth,
} from "../../../renderer/capture/picture-health.ts";

type Report = readonly [lastFrameAgeMs: number, brightness: number | null];

/** The fault after each report. */
const faults = (kind: SourceKind, reports: readonly Report[]) => {
  let health: PictureHealth = healthy;
  return reports.map(([lastFrameAgeMs, brightness]) => {
    health = judgePicture(health, kind, { lastFrameAgeMs, brightness });
    return health.fault;
  });
};
const fine: Report = [33, 180];
const again = (times: number, report: Report): readonly Report[] =>
  Array.from({ length: times }, () => report);

describe("judgePicture", () => {
  it("calls a camera frozen that sends nothing for some seconds, and well when it sends again", () => {
    expect(faults("camera", [fine, [2_900, 180], [3_900, 180], [4_900, 180], fine])).toEqual([
      null,
      null,
      null,
      "frozen",
      null,
    ]);
  });

  it("forgives one late report: the worker was busy itself", () => {
    expect(faults("camera", [fine, [5_000, 180], fine, [5_000, 180], fine])).not.toContain(
      "frozen",
    );
  });

  it("gives a camera time for its first picture", () => {
    expect(
      faults("camera", [
        [3_500, null],
        [5_500, null],
        [7_500, null],
      ]),
    ).not.toContain("frozen");
    expect(
      faults("camera", [
        [8_500, null],
        [9_500, null],
      ]).at(-1),
    ).toBe("frozen");
  });

  it("calls a picture black that stays so, also one with the noise of a covered lens", () => {
    const dark: Report = [33, 15];
    expect(faults("camera", [dark, dark, dark, dark, fine])).toEqual([
      null,
      null,
      null,
      "black",
      null,
    ]);
    // A dim room.
    expect(faults("camera", again(10, [33, 30]))).not.toContain("black");
  });

  it("takes still screens and windows for what they are", () => {
    const still = again(20, [60_000, 180]);
    expect(faults("screen", still)).not.toContain("frozen");
    expect(faults("window", still)).not.toContain("frozen");
    const black = again(20, [60_000, 0]);
    expect(faults("screen", black)).not.toContain("black");
    expect(faults("window", black).at(-1)).toBe("black");
  });
});
