import { expect, test } from "vitest";
import { CanvasId, PictureId } from "../../../preload/contract/ids.ts";
import type { Picture } from "../../../renderer/compositor/picture.ts";
import { type DrawOp, planProgramme } from "../../../renderer/compositor/plan.ts";
import { newFilter } from "../../../renderer/scene/filters/new-filter.ts";
import { colourSource, documentOfScenes, sceneSource } from "../../fakes/documents.ts";

const red = { source: colourSource("red", "#ff0000", 100, 50), x: 10, y: 20 };

const planOf = (filters: Parameters<typeof documentOfScenes>[0][string][number]["filters"]) =>
  planProgramme({
    document: documentOfScenes({
      show: [{ source: sceneSource("inner"), x: 100, y: 50, scale: 0.5, filters: filters ?? [] }],
      inner: [red],
    }),
    canvasId: CanvasId.parse("main"),
    wallMs: 0,
    zoneOffsetMs: 0,
    pictures: new Map(),
    alerts: new Map(),
  }).filter(({ op }) => op !== "clear");

test("a scene with filters is drawn on a surface in its own pixels, which they take as a whole", () => {
  const filters = [newFilter("colourCorrection"), newFilter("blur")];
  const inner: DrawOp = {
    op: "fill",
    colour: "#ff0000",
    rect: { x: 10, y: 20, width: 100, height: 50 },
  };
  expect(planOf(filters)).toMatchObject([
    {
      op: "group",
      surface: { width: 640, height: 360, ops: [inner] },
      from: { x: 0, y: 0, width: 640, height: 360 },
      rect: { x: 100, y: 50, width: 320, height: 180 },
      filters,
    },
  ]);
});

test("one without filters, or with none in use, is drawn part by part", () => {
  const off = { ...newFilter("blur"), enabled: false };
  const part = { op: "fill", rect: { x: 105, y: 60, width: 50, height: 25 } };
  expect(planOf([])).toMatchObject([part]);
  expect(planOf([off])).toMatchObject([part]);
});

test("a filter is left out until its picture is there, which then comes with the op", () => {
  const pictureId = PictureId.parse("3".repeat(64));
  const lut = { ...newFilter("lut"), pictureId };
  const picture = {
    id: "lut",
    version: 1,
    width: 4,
    height: 2,
    pixels: { format: "RGBA", premultiplied: false, data: new Uint8ClampedArray(32) },
  } as const;
  const plan = (filterPictures: ReadonlyMap<string, Picture>) =>
    planProgramme({
      document: documentOfScenes({
        show: [{ source: sceneSource("inner") }],
        inner: [{ ...red, filters: [lut] }],
      }),
      canvasId: CanvasId.parse("main"),
      wallMs: 0,
      zoneOffsetMs: 0,
      pictures: new Map(),
      filterPictures,
      alerts: new Map(),
    });
  expect(plan(new Map()).map(({ op }) => op)).toEqual(["clear", "fill"]);
  const pictures = new Map([[pictureId as string, picture]]);
  expect(plan(pictures).slice(1)).toMatchObject([{ op: "group", filters: [lut] }]);
  const [, group] = plan(pictures);
  expect(group?.op === "group" && group.filterPictures?.get(pictureId)).toBe(picture);
});
