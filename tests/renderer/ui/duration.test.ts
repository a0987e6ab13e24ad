import { expect, it } from "vitest";
import { formatDuration } from "../../../renderer/ui/duration.ts";

it("counts hours, minutes and seconds", () => {
  expect([-1, 0, 999, 61_000, 3_599_999, 45_296_000, 400 * 3_600_000].map(formatDuration)).toEqual([
    "00:00:00",
    "00:00:00",
    "00:00:00",
    "00:01:01",
    "00:59:59",
    "12:34:56",
    "400:00:00",
  ]);
});
