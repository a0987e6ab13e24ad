import { afterAll, describe, expect, test, vi } from "vitest";
import { Filter } from "../../../../preload/contract/filter.ts";
import { CanvasId, SourceId } from "../../../../preload/contract/ids.ts";
import type { PainterKind } from "../../../../preload/contract/painter.ts";
import { personId } from "../../../../renderer/compositor/filters/filter-pixels.ts";
import type { Picture } from "../../../../renderer/compositor/picture.ts";
import {
  PersonMasks,
  type SegmenterState,
} from "../../../../renderer/compositor/segmenter/person-masks.ts";
import { newFilter } from "../../../../renderer/scene/filters/new-filter.ts";
import { cameraSource, documentOfScenes } from "../../../fakes/documents.ts";
import { paintFiltered } from "../filtered-pixels.ts";
import { isPerson, personPicture } from "./person.ts";

const source = SourceId.parse("camera");
const document = documentOfScenes({
  show: [{ source: cameraSource(), filters: [newFilter("background")] }],
});
const states: SegmenterState["state"][] = [];
/** With the real models. */
const masks = new PersonMasks(({ state }) => states.push(state));
masks.follow(document, CanvasId.parse("main"));
afterAll(() => masks.close());

/** As of another device: nothing of a picture before goes into it. */
const maskOf = async (picture: Picture): Promise<Picture> => {
  masks.forget(source);
  const find = () => masks.of(new Map([[source, picture]]), performance.now()).get(source);
  return vi.waitUntil(find, { timeout: 55_000, interval: 20 });
};
const sharesOf = ({ pixels }: Picture): number[] => {
  if (pixels instanceof VideoFrame) throw new Error("a mask is a still");
  return [...pixels.data].filter((_, at) => at % 4 === 0).map((grey) => grey / 255);
};

const upper = { x: 0, y: 0, width: 512, height: 288 };
const whole = { x: 0, y: 0, width: 512, height: 512 };
const narrow = { x: 60, y: 0, width: 288, height: 512 };

describe.each([
  { name: "a wide picture", part: upper, size: { width: 640, height: 360 } },
  { name: "a square picture", part: whole, size: { width: 480, height: 480 } },
  { name: "an upright picture", part: narrow, size: { width: 360, height: 640 } },
])("$name", ({ part, size }) => {
  test("is parted where a hand would part it", async () => {
    const mask = await maskOf(await personPicture(part, size));
    let [both, either] = [0, 0];
    for (const [at, share] of sharesOf(mask).entries()) {
      const x = part.x + (((at % mask.width) + 0.5) * part.width) / mask.width;
      const y = part.y + ((Math.floor(at / mask.width) + 0.5) * part.height) / mask.height;
      const wanted = isPerson(x, y);
      if (wanted === null) continue;
      both += wanted && share > 0.5 ? 1 : 0;
      either += wanted || share > 0.5 ? 1 : 0;
    }
    expect(both / either).toBeGreaterThan(0.93);
  });
});

test("where nobody is, nobody is found", async () => {
  const rocket = { x: 350, y: 0, width: 162, height: 91 };
  const shares = sharesOf(await maskOf(await personPicture(rocket, { width: 640, height: 360 })));
  expect(shares.filter((share) => share > 0.5).length / shares.length).toBeLessThan(0.02);
});

test("where one dies in the midst there is no mask any more, nobody else breaks, and another one takes over", async () => {
  const said = vi.spyOn(console, "error").mockReturnValue(undefined);
  const foreign = vi.fn<(event: ErrorEvent) => void>((event) => event.preventDefault());
  globalThis.addEventListener("error", foreign);
  const opened: Worker[] = [];
  const told: SegmenterState["state"][] = [];
  const dying = new PersonMasks(
    ({ state }) => told.push(state),
    () => {
      const worker = new Worker(
        new URL("../../../../renderer/compositor/segmenter/segmenter.ts", import.meta.url),
        { type: "module" },
      );
      opened.push(worker);
      return worker;
    },
  );
  try {
    dying.follow(document, CanvasId.parse("main"));
    const picture = await personPicture(upper, { width: 640, height: 360 });
    const pictures = new Map([[source, picture]]);
    let aheadMs = 0;
    const find = () => dying.of(pictures, performance.now() + aheadMs).get(source);
    const first = await vi.waitUntil(find, { timeout: 55_000, interval: 20 });
    opened[0]?.postMessage({ type: "segment", sourceId: source, model: "landscape" });
    await vi.waitUntil(() => told.at(-1) === "failed", { timeout: 20_000, interval: 20 });
    expect(find()).toBeUndefined();
    expect(foreign).not.toHaveBeenCalled();
    expect(opened).toHaveLength(1);
    // When it is tried again.
    aheadMs = 11_000;
    const second = await vi.waitUntil(find, { timeout: 55_000, interval: 20 });
    expect(told).toEqual(["loading", "running", "failed", "running"]);
    const [before, after] = [sharesOf(first), sharesOf(second)];
    expect(after.filter((share, at) => Math.abs(share - (before[at] ?? 0)) > 0.02)).toEqual([]);
  } finally {
    globalThis.removeEventListener("error", foreign);
    dying.close();
    said.mockRestore();
  }
});

test("the models say that they are there", () => {
  expect(states).toEqual(["loading", "running"]);
});

describe.each(["cpu", "webgl"] as const satisfies readonly PainterKind[])("on %s", (painter) => {
  const size = { width: 640, height: 360 };
  /** How far each pixel is from where the picture has it, by whether it is the person's. */
  const changesOf = async (
    settings: Partial<Filter>,
    hasMask: boolean,
    before: readonly Filter[] = [],
    moved = { x: 0, y: 0 },
    shown = size,
  ) => {
    const picture = await personPicture(upper, size);
    const filter = Filter.parse({ ...newFilter("background"), ...settings });
    const filterPictures = hasMask ? new Map([[personId, await maskOf(picture)]]) : undefined;
    const plain = await paintFiltered(painter, picture, before, shown);
    const painted = await paintFiltered(
      painter,
      picture,
      [...before, filter],
      shown,
      filterPictures,
    );
    const changes = { person: [] as number[], behind: [] as number[] };
    // Every third pixel, and row, says enough.
    for (let row = 0; row < shown.height; row += 3)
      for (let column = 0; column < shown.width; column += 3) {
        const x = (column + moved.x) * (upper.width / size.width);
        const y = (row + moved.y) * (upper.height / size.height);
        const wanted = isPerson(x, y);
        if (wanted === null) continue;
        const at = 4 * (row * shown.width + column);
        const far = [0, 1, 2].map((part) =>
          Math.abs((painted[at + part] ?? 0) - (plain[at + part] ?? 0)),
        );
        changes[wanted ? "person" : "behind"].push(Math.max(...far));
      }
    const share = (values: readonly number[], least: number) =>
      values.filter((value) => value >= least).length / values.length;
    return { person: share(changes.person, 12), behind: share(changes.behind, 40) };
  };

  test.each([
    { mode: "colour", gone: 0.97 },
    // Of the room some is as grey as what is seen instead.
    { mode: "transparent", gone: 0.5 },
  ] as const)("the person stays and the room goes: $mode", async ({ mode, gone }) => {
    const { person, behind } = await changesOf({ mode, colour: "#0000ff" }, true);
    expect(person).toBeLessThan(0.03);
    expect(behind).toBeGreaterThan(gone);
  });

  test("the person stays where they are in what crop/pad has left", async () => {
    const crop = { ...newFilter("cropPad"), left: 120, top: 30, right: 40, bottom: 10 };
    const shown = { width: 480, height: 320 };
    const moved = { x: 120, y: 30 };
    const { person, behind } = await changesOf(
      { mode: "colour", colour: "#0000ff" },
      true,
      [crop],
      moved,
      shown,
    );
    expect(person).toBeLessThan(0.03);
    expect(behind).toBeGreaterThan(0.97);
  });

  test("everything is hidden while nobody has been found yet", async () => {
    const colour = await changesOf({ mode: "colour", colour: "#0000ff" }, false);
    expect(colour.person).toBeGreaterThan(0.97);
    expect(colour.behind).toBeGreaterThan(0.97);
    const missing = await changesOf({ mode: "picture", colour: "#0000ff" }, false);
    expect(missing.person).toBeGreaterThan(0.97);
  });
});
