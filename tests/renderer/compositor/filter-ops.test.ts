import { describe, expect, test } from "vitest";
import { filterOps } from "../../../renderer/compositor/filter-ops.ts";
import type { Picture } from "../../../renderer/compositor/picture.ts";
import type { PlacedOp } from "../../../renderer/compositor/plan.ts";
import { newFilter } from "../../../renderer/scene/filters/new-filter.ts";
import { greenKey } from "../../fakes/filters.ts";

const picture: Picture = {
  id: "picture",
  version: 1,
  width: 200,
  height: 100,
  pixels: { format: "RGBA", premultiplied: false, data: new Uint8ClampedArray(200 * 100 * 4) },
};
const drawn = (width: number, height: number): PlacedOp => ({
  op: "picture",
  picture,
  from: { x: 0, y: 0, width: 200, height: 100 },
  rect: { x: 0, y: 0, width, height },
  opacity: 1,
  filters: [],
});
const area: PlacedOp = {
  op: "fill",
  rect: { x: 0, y: 0, width: 101, height: 50 },
  colour: "#ff0000",
};
const crop = { ...newFilter("cropPad"), left: 20, top: 10, right: 30, bottom: -5 };

describe("filtered ops", () => {
  test("filters of colours are left to the ops", () => {
    const size = { width: 101, height: 50 };
    const filters = [greenKey, newFilter("colourCorrection")];
    expect(filterOps([area], size, filters)).toEqual({ ops: [area], size, filters });
  });

  test("a cropped picture is smaller, in its own pixels and in those that it is shown with", () => {
    const shown = filterOps([drawn(400, 200)], { width: 400, height: 200 }, [crop]);
    expect(shown.size).toEqual({ width: 300, height: 190 });
    expect(shown.filters).toEqual([crop]);
    expect(shown.ops).toMatchObject([
      {
        from: { x: 0, y: 0, width: 150, height: 95 },
        rect: { x: 0, y: 0, width: 300, height: 190 },
      },
    ]);
  });

  test("what is no picture is drawn on a surface first, which is filtered", () => {
    const blur = newFilter("blur");
    const shown = filterOps([area], { width: 101, height: 50 }, [greenKey, blur]);
    expect(shown.filters).toEqual([]);
    expect(shown.ops).toEqual([
      {
        op: "group",
        surface: { width: 102, height: 50, ops: [area] },
        from: { x: 0, y: 0, width: 101, height: 50 },
        rect: { x: 0, y: 0, width: 101, height: 50 },
        opacity: 1,
        filters: [greenKey, blur],
      },
    ]);
  });

  test("nothing is cropped to less than a pixel", () => {
    const shown = filterOps([drawn(200, 100)], picture, [{ ...crop, left: 500 }]);
    expect(shown.size).toEqual({ width: 1, height: 95 });
  });
});
