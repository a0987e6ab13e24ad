import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { SceneDocument } from "../../preload/contract/scene.ts";
import { colour, testDocument, testSettings } from "./fixtures.ts";
import { launchStudio, type StudioApp, waitFor } from "./studio-app.ts";
import { launchViewers } from "./viewer.ts";

const canvas = { width: 640, height: 360 };
/** White on black, so that an edge is where the picture is half as bright. */
const white = (id: string, x: number, y: number, width: number, height: number) =>
  colour(id, "#ffffff", { x, y, width, height });
const start = (): SceneDocument => {
  const plain = testDocument(
    [
      white("box", 60, 60, 160, 80),
      white("turned", 400, 60, 120, 80),
      white("cropped", 80, 220, 200, 100),
      white("small", 420, 240, 60, 60),
    ],
    canvas,
  );
  return SceneDocument.parse({
    ...plain,
    scenes: plain.scenes.map((scene) => ({
      ...scene,
      items: scene.items.map((item) =>
        item.id === "item-turned"
          ? { ...item, transform: { ...item.transform, rotationDeg: 30 } }
          : item.id === "item-cropped"
            ? {
                ...item,
                crop: { left: 50, top: 0, right: 10, bottom: 20 },
                transform: { ...item.transform, flipX: true, rotationDeg: 340 },
              }
            : item,
      ),
    })),
  });
};

let studio: StudioApp;
let page: Page;
/** Looks at screenshots, as the studio's page may not load them. */
let looking: Browser;
let looker: Page;

beforeAll(async () => {
  studio = await launchStudio({ document: start(), settings: testSettings });
  ({ page } = studio);
  looking = await launchViewers();
  looker = await looking.newPage();
  await page.locator("video").first().waitFor();
});
afterAll(async () => {
  await looking?.close();
  await studio?.close();
});

type Point = readonly [number, number];

const savedScene = async () => {
  const text = await readFile(join(studio.userDataDir, "document.json"), "utf8");
  return SceneDocument.parse(JSON.parse(text)).scenes[0];
};
const saved = async () => (await savedScene())?.items ?? [];
const itemNamed = async (name: string) =>
  (await saved()).find(({ id }) => id === `item-${name}`) ?? (await saved())[0]!;
const placed = (
  name: string,
  what: string,
  holds: (item: Awaited<ReturnType<typeof itemNamed>>) => boolean,
) =>
  waitFor(`${name}: ${what}`, async () => {
    const item = await itemNamed(name);
    return holds(item) && item;
  });

const videoBox = async () => (await page.locator("video").first().boundingBox())!;
/** Where a point of the canvas is in the window. */
const at = async (x: number, y: number): Promise<Point> => {
  const box = await videoBox();
  return [box.x + (x * box.width) / canvas.width, box.y + (y * box.height) / canvas.height];
};
const handle = async (name: string): Promise<Point> => {
  const box = (await page.locator(`g[data-handle="${name}"] > :nth-child(2)`).boundingBox())!;
  return [box.x + box.width / 2, box.y + box.height / 2];
};
const drag = async (from: Point, to: Point, ...keys: readonly string[]): Promise<void> => {
  await page.mouse.move(...from);
  await page.mouse.down();
  for (const key of keys) await page.keyboard.down(key);
  await page.mouse.move((from[0] + to[0]) / 2, (from[1] + to[1]) / 2, { steps: 4 });
  await page.mouse.move(...to, { steps: 4 });
  await page.mouse.up();
  for (const key of keys) await page.keyboard.up(key);
};

/** How far from `from` towards `to` and beyond, in window pixels, the picture turns from white to black. */
const edgeFrom = async (from: Point, to: Point): Promise<number> => {
  const shot = (await page.screenshot()).toString("base64");
  return looker.evaluate(
    async ({ base64, start: [x, y], end }) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d")!;
      context.drawImage(bitmap, 0, 0);
      const { data, width } = context.getImageData(0, 0, bitmap.width, bitmap.height);
      const brightness = (px: number, py: number): number => {
        // Pixel (0, 0) has its middle at (0.5, 0.5).
        const [left, top] = [Math.floor(px - 0.5), Math.floor(py - 0.5)];
        const [partX, partY] = [px - 0.5 - left, py - 0.5 - top];
        const value = (column: number, row: number) => data[(row * width + column) * 4 + 1] ?? 0;
        return (
          value(left, top) * (1 - partX) * (1 - partY) +
          value(left + 1, top) * partX * (1 - partY) +
          value(left, top + 1) * (1 - partX) * partY +
          value(left + 1, top + 1) * partX * partY
        );
      };
      const length = Math.hypot(end[0] - x, end[1] - y);
      const [stepX, stepY] = [(end[0] - x) / length, (end[1] - y) / length];
      for (let distance = 0; distance < length + 20; distance += 0.1)
        if (brightness(x + distance * stepX, y + distance * stepY) < 127.5) return distance;
      return Number.NaN;
    },
    { base64: shot, start: [...from] as [number, number], end: [...to] as [number, number] },
  );
};
const distance = (a: Point, b: Point) => Math.hypot(a[0] - b[0], a[1] - b[1]);
const select = async (x: number, y: number): Promise<void> => {
  await page.mouse.click(...(await at(x, y)));
  await page.locator("g[data-handle]").first().waitFor();
};
const focusStage = () => page.getByRole("application").focus();

beforeEach(async () => {
  await focusStage();
  await page.keyboard.press("Control+0");
});

const zooms = [
  { name: "all of it", keys: ["Control+0"] },
  { name: "100 %", keys: ["Control+1"] },
  { name: "150 %", keys: ["Control+1", "Control+Equal"] },
];
const middles = [
  { name: "upright", x: 140, y: 100 },
  { name: "turned", x: 460, y: 100 },
  // Cropped to 140 x 80 from its top-left corner on.
  { name: "cropped, mirrored and turned", x: 150, y: 260 },
];
for (const zoom of zooms)
  it(`has its handles on the composed edges within a pixel, at ${zoom.name}`, async () => {
    for (const { name, x, y } of middles) {
      await focusStage();
      await page.keyboard.press("Escape");
      for (const keys of zoom.keys) await page.keyboard.press(keys);
      await select(x, y);
      const middle = await at(x, y);
      const found = new Map<string, Point>();
      for (const side of ["n", "e", "s", "w"]) found.set(side, await handle(side));
      await page.keyboard.press("Escape");
      // The pointer's own outline goes with it.
      await page.mouse.move(...(await at(320, 20)));
      await page.locator("g[data-handle]").first().waitFor({ state: "detached" });
      for (const [side, point] of found) {
        const off = Math.abs((await edgeFrom(middle, point)) - distance(middle, point));
        expect({ name, side, near: off <= 1, off }).toMatchObject({ near: true });
      }
    }
  });

it("moves by the mouse, and snaps to the canvas unless Ctrl is held", async () => {
  await select(140, 100);
  await drag(await at(140, 100), await at(84, 100));
  await placed("box", "on the left edge", ({ transform }) => transform.x === 0);
  await drag(await at(80, 100), await at(84, 104), "Control");
  await placed("box", "off it", ({ transform }) => transform.x === 4 && transform.y === 64);
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  await placed("box", "back", ({ transform }) => transform.x === 60 && transform.y === 60);
});

it("keeps the ratio, unless Shift is held, and crops with Alt", async () => {
  await select(140, 100);
  await drag(await handle("se"), await at(300, 150), "Control");
  const kept = await placed("box", "larger", ({ transform }) => transform.scaleX > 1.1);
  expect(kept.transform.scaleX).toBeCloseTo(kept.transform.scaleY, 9);
  await page.keyboard.press("Control+z");
  await drag(await handle("se"), await at(300, 150), "Control", "Shift");
  const free = await placed(
    "box",
    "stretched",
    ({ transform }) => transform.scaleX - transform.scaleY > 0.2,
  );
  expect(Math.abs(free.transform.scaleX - 240 / 160)).toBeLessThan(0.02);
  expect(Math.abs(free.transform.scaleY - 90 / 80)).toBeLessThan(0.02);
  await page.keyboard.press("Control+z");
  await drag(await handle("w"), await at(100, 100), "Control", "Alt");
  const cropped = await placed("box", "cropped", ({ crop }) => crop.left > 0);
  expect(Math.abs(cropped.crop.left - 40)).toBeLessThanOrEqual(1);
  await page.keyboard.press("Control+z");
  await placed("box", "whole", ({ crop }) => crop.left === 0);
});

it("turns by fifteen degrees with Shift", async () => {
  await select(450, 270);
  await drag(await handle("turn"), await at(520, 278), "Shift");
  await placed(
    "small",
    "turned",
    ({ transform }) => transform.rotationDeg === 90 || transform.rotationDeg === 105,
  );
  await page.keyboard.press("Control+z");
});

it("selects by a frame and by Ctrl, and sizes several together", async () => {
  await drag(await at(20, 20), await at(500, 340));
  expect(await page.locator("g[data-selected]").count()).toBe(4);
  await page.keyboard.down("Control");
  await page.mouse.click(...(await at(460, 100)));
  await page.keyboard.up("Control");
  expect(await page.locator("g[data-selected]").count()).toBe(3);
  await page.keyboard.press("Escape");
  await page.mouse.click(...(await at(140, 100)));
  await page.keyboard.down("Control");
  await page.mouse.click(...(await at(450, 270)));
  await page.keyboard.up("Control");
  // From 60, 60 to 480, 300.
  await drag(await handle("se"), await at(270, 180), "Control");
  const box = await placed("box", "half as large", ({ transform }) => transform.scaleX < 0.6);
  expect(box.transform.scaleX).toBeCloseTo(0.5, 1);
  expect((await itemNamed("small")).transform.x).toBeCloseTo(240, -1);
  await page.keyboard.press("Control+z");
});

it("keeps what is under the pointer there while the wheel zooms, and moves the stage by Space", async () => {
  const point = await at(450, 270);
  const before = await videoBox();
  await page.mouse.move(...point);
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -240);
  await page.keyboard.up("Control");
  const zoomed = await waitFor("a larger picture", async () => {
    const { width } = await videoBox();
    return width > before.width * 1.2 && (await at(450, 270));
  });
  expect(distance(zoomed, point)).toBeLessThan(1);
  await page.keyboard.down("Space");
  await drag(point, [point[0] - 50, point[1] + 30]);
  await page.keyboard.up("Space");
  await waitFor("the picture fifty to the left and thirty down", async () => {
    const moved = await at(450, 270);
    return Math.round(moved[0] - zoomed[0]) === -50 && Math.round(moved[1] - zoomed[1]) === 30;
  });
});

it("has the same in the menu of the right button, by its keys, and says what they are", async () => {
  await page.mouse.click(...(await at(450, 270)), { button: "right" });
  await page.getByRole("menuitem", { name: /锁定\s*L/ }).click();
  await placed("small", "locked", ({ locked }) => locked);
  await page.mouse.click(...(await at(450, 270)));
  expect(await page.locator("g[data-handle]").count()).toBe(0);
  await page.keyboard.press("Control+z");
  await placed("small", "unlocked", ({ locked }) => !locked);
  await page.keyboard.press("F1");
  await page.getByRole("dialog", { name: "快捷键" }).waitFor();
  await page.keyboard.press("Escape");
});

it("takes a group as one, lets its items be moved alone, and undoes it all", async () => {
  const press = (...keys: readonly string[]) =>
    keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
  const clickWith = async (key: string, x: number, y: number) => {
    await page.keyboard.down(key);
    await page.mouse.click(...(await at(x, y)));
    await page.keyboard.up(key);
  };
  /** How far the frame's corners are from the composed edges of the box and the small square. */
  const offEdges = async (box: Point, small: Point): Promise<readonly number[]> => {
    const [nw, se] = [await handle("nw"), await handle("se")];
    const ends: readonly (readonly [Point, Point])[] = [
      [box, [nw[0], box[1]]],
      [box, [box[0], nw[1]]],
      [small, [se[0], small[1]]],
      [small, [small[0], se[1]]],
    ];
    await press("Escape");
    await page.mouse.move(...(await at(320, 20)));
    await page.locator("g[data-handle]").first().waitFor({ state: "detached" });
    const off: number[] = [];
    for (const [from, to] of ends)
      off.push(Math.abs((await edgeFrom(from, to)) - distance(from, to)));
    return off;
  };
  const before = await savedScene();
  await select(140, 100);
  await clickWith("Control", 450, 270);
  await press("Control+g");
  await placed("box", "in a group", ({ groupId }) => groupId !== null);
  expect(await page.locator("g[data-selected]").count()).toBe(1);
  // The group lies where the topmost of it was.
  expect((await saved()).map(({ id }) => id)).toEqual([
    "item-turned",
    "item-cropped",
    "item-box",
    "item-small",
  ]);
  for (const off of await offEdges(await at(140, 100), await at(450, 270)))
    expect(off).toBeLessThanOrEqual(1);

  await select(450, 270);
  await drag(await at(450, 270), await at(470, 290), "Control");
  await placed("small", "moved", ({ transform }) => transform.x === 440 && transform.y === 260);
  await placed("box", "along", ({ transform }) => transform.x === 80 && transform.y === 80);
  for (const off of await offEdges(await at(160, 120), await at(470, 290)))
    expect(off).toBeLessThanOrEqual(1);

  await page.mouse.dblclick(...(await at(470, 290)));
  await page.locator("g[data-selected=item-small]").waitFor();
  await drag(await at(470, 290), await at(460, 280), "Control");
  await placed("small", "alone", ({ transform }) => transform.x === 430 && transform.y === 250);
  expect((await itemNamed("box")).transform).toMatchObject({ x: 80, y: 80 });
  await press("Escape");
  expect(await page.locator("g[data-selected]").count()).toBe(1);
  await press("Control+Shift+g");
  await placed("small", "out of it", ({ groupId }) => groupId === null);
  expect((await itemNamed("small")).transform).toMatchObject({ x: 430, y: 250 });
  await press("Control+z", "Control+z", "Control+z", "Control+z");
  await waitFor("everything as it was", async () => {
    expect(await savedScene()).toEqual(before);
    return true;
  });
});
