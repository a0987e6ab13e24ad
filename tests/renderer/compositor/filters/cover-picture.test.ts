import fc from "fast-check";
import { expect, test } from "vitest";
import { coveringPart } from "../../../../renderer/compositor/filters/background/cover-picture.ts";

const side = fc.integer({ min: 1, max: 5_000 });
const size = fc.record({ width: side, height: side });

test("a background covers all, undistorted, by as much of its middle as can be", () => {
  fc.assert(
    fc.property(size, size, (picture, covered) => {
      const part = coveringPart(picture, covered);
      expect(Math.max(part.width, part.height)).toBeCloseTo(1, 9);
      const scaleX = covered.width / (part.width * picture.width);
      const scaleY = covered.height / (part.height * picture.height);
      expect(scaleX / scaleY).toBeCloseTo(1, 9);
      expect(part.x * 2 + part.width).toBeCloseTo(1, 9);
      expect(part.y * 2 + part.height).toBeCloseTo(1, 9);
    }),
  );
});
