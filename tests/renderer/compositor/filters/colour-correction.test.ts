import { describe, expect, test } from "vitest";
import { FilterId } from "../../../../preload/contract/ids.ts";
import type { FilterOf } from "../../../../preload/contract/filter.ts";
import { colourCorrection } from "../../../../renderer/compositor/filters/colour-correction.ts";
import { filterColour } from "../../../../renderer/compositor/filters/filter-colour.ts";
import { filterForms } from "../../../../renderer/scene/filters/filter-forms.ts";

type Correction = FilterOf<"colourCorrection">;

const corrected = (colour: readonly [number, number, number], settings: Partial<Correction>) => {
  if (colourCorrection.type !== "colour") throw new Error("not of colours");
  const change = colourCorrection.plain(
    {
      id: FilterId.parse("correction"),
      kind: "colourCorrection",
      enabled: true,
      ...filterForms.colourCorrection.initial,
      ...settings,
    },
    new Map(),
  );
  return change([...colour, 1]).map((part) => Math.round(part * 1_000) / 1_000 + 0);
};

describe("colour correction", () => {
  test("does nothing as it begins", () => {
    expect(corrected([0.2, 0.5, 0.9], {})).toEqual([0.2, 0.5, 0.9, 1]);
  });

  test("brightness is added", () => {
    expect(corrected([0.2, 0.5, 0.7], { brightness: 0.1 })).toEqual([0.3, 0.6, 0.8, 1]);
  });

  test("contrast stretches from middle grey, or draws towards it", () => {
    expect(corrected([0.4, 0.5, 0.6], { contrast: 1 })).toEqual([0.3, 0.5, 0.7, 1]);
    expect(corrected([0.3, 0.5, 0.7], { contrast: -1 })).toEqual([0.4, 0.5, 0.6, 1]);
  });

  test("gamma raises or lowers the middle, not black and white", () => {
    expect(corrected([0, 0.25, 1], { gamma: 1 })).toEqual([0, 0.5, 1, 1]);
    expect(corrected([0, 0.5, 1], { gamma: -1 })).toEqual([0, 0.25, 1, 1]);
  });

  test("saturation is the distance from the colour's own grey", () => {
    expect(corrected([1, 0, 0], { saturation: -1 })).toEqual([0.299, 0.299, 0.299, 1]);
    expect(corrected([0.6, 0.5, 0.5], { saturation: 1 })).toEqual([0.67, 0.47, 0.47, 1]);
    expect(corrected([0.5, 0.5, 0.5], { saturation: 5 })).toEqual([0.5, 0.5, 0.5, 1]);
  });

  test("the hue turns from red to green to blue, and greys stay", () => {
    expect(corrected([1, 0, 0], { hueShiftDeg: 120 })).toEqual([0, 1, 0, 1]);
    expect(corrected([1, 0, 0], { hueShiftDeg: -120 })).toEqual([0, 0, 1, 1]);
    expect(corrected([0.3, 0.3, 0.3], { hueShiftDeg: 77 })).toEqual([0.3, 0.3, 0.3, 1]);
  });

  test("opacity is that of an area too", () => {
    const filter: Correction = {
      id: FilterId.parse("correction"),
      kind: "colourCorrection",
      enabled: true,
      ...filterForms.colourCorrection.initial,
      opacity: 0.5,
    };
    expect(filterColour("#204060", [filter])).toBe("#20406080");
  });
});
