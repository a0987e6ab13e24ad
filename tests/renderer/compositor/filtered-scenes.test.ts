import { describe, expect, test } from "vitest";
import type { Filter } from "../../../preload/contract/filter.ts";
import { CanvasId, PictureId, SourceId } from "../../../preload/contract/ids.ts";
import { personId } from "../../../renderer/compositor/filters/filter-pixels.ts";
import { sourceWithin } from "../../../renderer/compositor/filters/filtered-size.ts";
import type { Picture } from "../../../renderer/compositor/picture.ts";
import { type DrawOp, planProgramme } from "../../../renderer/compositor/plan.ts";
import { newFilter } from "../../../renderer/scene/filters/new-filter.ts";
import {
  cameraSource,
  colourSource,
  documentOfScenes,
  sceneSource,
} from "../../fakes/documents.ts";

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

describe("a background filter", () => {
  const camera = { source: cameraSource(), x: 0, y: 0 };
  const picture = {
    id: "camera",
    version: 1,
    width: 4,
    height: 2,
    pixels: { format: "RGBA", premultiplied: false, data: new Uint8ClampedArray(32) },
  } as const;
  const sourceId = SourceId.parse("camera");
  const plan = (filters: readonly Filter[], personMasks: ReadonlyMap<SourceId, Picture>) =>
    planProgramme({
      document: documentOfScenes({ show: [{ ...camera, filters }] }),
      canvasId: CanvasId.parse("main"),
      wallMs: 0,
      zoneOffsetMs: 0,
      pictures: new Map([[sourceId, picture]]),
      filterPictures: new Map(),
      personMasks,
      alerts: new Map(),
    }).slice(1);
  const mask = { ...picture, id: "person camera" };

  test("is there before people are found, and before its picture is", () => {
    const pictureId = PictureId.parse("3".repeat(64));
    const filters = [{ ...newFilter("background"), mode: "picture" as const, pictureId }];
    expect(plan(filters, new Map())).toMatchObject([{ op: "picture", filters }]);
  });

  test("gets where people are in its source's picture; others do not", () => {
    const personMasks = new Map([[sourceId, mask]]);
    const [op] = plan([newFilter("background")], personMasks);
    expect(op?.op === "picture" && op.filterPictures?.get(personId)).toBe(mask);
    const [other] = plan([newFilter("beauty")], personMasks);
    expect(other?.op === "picture" && other.filterPictures?.get(personId)).toBeFalsy();
  });
});

test("where the source's picture lies in what crop/pad has left of it", () => {
  const cropPad = { ...newFilter("cropPad"), left: 10, top: -5, right: 3, bottom: 4 };
  expect(sourceWithin({ width: 100, height: 50 }, [])).toEqual({
    x: 0,
    y: 0,
    width: 100,
    height: 50,
  });
  expect(sourceWithin({ width: 100, height: 50 }, [cropPad, newFilter("blur"), cropPad])).toEqual({
    x: -20,
    y: 10,
    width: 100,
    height: 50,
  });
});
