// A scene collection with groups, and filters with pictures, as a file: what comes back from it is what went out.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { CollectionList } from "../../preload/contract/collection.ts";
import { SceneDocument } from "../../preload/contract/scene.ts";
import { colour, testDocument, testSettings } from "./fixtures.ts";
import { chooseByKeys } from "./menu-keys.ts";
import { launchStudio, type StudioApp, waitFor } from "./studio-app.ts";
import { isNear, type Rgb } from "./viewer.ts";

const size = { width: 640, height: 360 };
const quarter = (x: number, y: number) => ({ x, y, width: 320, height: 180 });
const files = {
  /** Red and blue in each other's place. */
  "swap.cube": [
    'TITLE "swap"',
    "LUT_3D_SIZE 2",
    ...[0, 1].flatMap((b) => [0, 1].flatMap((g) => [0, 1].map((r) => `${b} ${g} ${r}`))),
  ].join("\n"),
  /** A white pixel and a black one. */
  "mask.png": Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAD0lEQVR42mP4//8/AwMDAA74Av5w8D+yAAAAAElFTkSuQmCC",
    "base64",
  ),
  /** A blue pixel. */
  "room.png": Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mNgCDgBAAFsARnkjXBoAAAAAElFTkSuQmCC",
    "base64",
  ),
};
const points: readonly (readonly [string, { readonly x: number; readonly y: number }, Rgb])[] = [
  ["the coloured one, red and blue swapped", { x: 160, y: 90 }, [0x80, 0xa0, 0xd0]],
  ["what the mask shows", { x: 350, y: 90 }, [0xff, 0, 0]],
  ["what the mask hides", { x: 620, y: 90 }, [0, 0, 0]],
  ["the background's picture", { x: 160, y: 270 }, [0, 0x50, 0xc8]],
  ["the hidden group", { x: 480, y: 270 }, [0, 0, 0]],
];

let folder: string;
let studio: StudioApp;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "anchor-collection-"));
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
  studio = await launchStudio({
    document: testDocument([
      {
        ...colour("face", "#d0a080", quarter(0, 0)),
        filters: [
          { kind: "lut", id: "lut", enabled: true, pictureId: null, fileName: "", amount: 1 },
        ],
      },
      {
        ...colour("masked", "#ff0000", quarter(320, 0)),
        filters: [
          {
            kind: "mask",
            id: "mask",
            enabled: true,
            shape: "picture",
            channel: "luma",
            corner: 0,
            featherPx: 0,
            inverted: false,
          },
        ],
      },
      {
        // Without a picture of its own everything in it is background.
        ...colour("room", "#808080", quarter(0, 180)),
        filters: [
          {
            kind: "background",
            id: "background",
            enabled: true,
            mode: "picture",
            radiusPx: 32,
            pictureId: null,
            colour: "#00b140",
            edge: 0,
            softness: 0.3,
          },
        ],
      },
      colour("corner", "#ffffff", quarter(320, 180)),
    ]),
    settings: testSettings,
  });
});
afterAll(async () => {
  await studio?.kill();
  await rm(folder, { recursive: true, force: true });
});

const inData = (...names: string[]) => join(studio.userDataDir, ...names);
const list = () => studio.page.getByRole("list", { name: "来源" });
const row = (name: string) => list().getByRole("button", { name, exact: true });
const choose = (entry: string): Promise<void> =>
  chooseByKeys(studio.page, studio.page.getByRole("button", { name: /^场景集：/ }), [entry]);
const documentNow = (): SceneDocument => {
  const read = (...names: string[]): unknown => JSON.parse(readFileSync(inData(...names), "utf8"));
  const isFirst = !readdirSync(studio.userDataDir).includes("collections.json");
  const current = isFirst ? "first" : CollectionList.parse(read("collections.json")).current;
  return SceneDocument.parse(
    current === "first" ? read("document.json") : read("collections", `${current}.json`),
  );
};
const pictures = (): readonly string[] => readdirSync(inData("pictures")).toSorted();

/** All pixels of the programme as the stage shows it: their hash, and those at the points. */
const look = async (): Promise<{ readonly hash: string; readonly seen: readonly Rgb[] }> => {
  const base64 = await studio.page.evaluate(async ({ width, height }) => {
    const video = document.querySelector("video");
    const context = new OffscreenCanvas(width, height).getContext("2d", {
      willReadFrequently: true,
    });
    if (!video || !context) throw new Error("no picture");
    context.drawImage(video, 0, 0, width, height);
    const blob = new Blob([context.getImageData(0, 0, width, height).data]);
    return new Promise<string>((done) => {
      const reader = new FileReader();
      reader.onload = () =>
        done(typeof reader.result === "string" ? (reader.result.split(",")[1] ?? "") : "");
      reader.readAsDataURL(blob);
    });
  }, size);
  const data = Buffer.from(base64, "base64");
  return {
    hash: createHash("sha256").update(data).digest("hex"),
    seen: points.map(([, { x, y }]) => {
      const at = 4 * (y * size.width + x);
      return [data[at] ?? -1, data[at + 1] ?? -1, data[at + 2] ?? -1];
    }),
  };
};
const rowsOf = () =>
  list()
    .locator("[data-row]")
    .evaluateAll((rows) =>
      rows.map((each) => [
        each.getAttribute("aria-label"),
        each.getAttribute("aria-expanded"),
        each.getAttribute("data-dim"),
        each.querySelector("[data-locked]")?.getAttribute("data-locked"),
      ]),
    );
const rowsWanted = [
  ["角标组", "true", "true", "false"],
  ["corner", null, "true", "false"],
  ["镜头组", "false", "false", "true"],
];

let sent: SceneDocument;
let sentPictures: readonly string[];
let sentHash: string;
let file: string;

const importFile = async (): Promise<void> => {
  const [chooser] = await Promise.all([
    studio.page.waitForEvent("filechooser"),
    choose("从文件导入…"),
  ]);
  await chooser.setFiles(file);
  await studio.page.getByText("已导入", { exact: false }).waitFor();
};
const expectAllOfIt = async (): Promise<void> => {
  await waitFor("the list of sources as it was", async () => {
    expect(await rowsOf()).toEqual(rowsWanted);
    return true;
  });
  expect(documentNow()).toEqual(sent);
  expect(pictures()).toEqual(sentPictures);
  await waitFor("the same pixels", async () => {
    expect((await look()).hash).toBe(sentHash);
    return true;
  });
};

it("groups and filters with pictures go out as they were made", async () => {
  const { page } = studio;
  const give = async (item: string, name: keyof typeof files): Promise<void> => {
    await row(item).click();
    if ((await page.getByRole("complementary", { name: "属性" }).count()) === 0)
      await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: item }).waitFor();
    const [chooser] = await Promise.all([
      page.waitForEvent("filechooser"),
      page.getByRole("region", { name: "滤镜" }).getByRole("button", { name: "选择文件" }).click(),
    ]);
    await chooser.setFiles(join(folder, name));
    await page.getByRole("button", { name: "更换文件" }).waitFor();
  };
  await give("face", "swap.cube");
  await give("masked", "mask.png");
  await give("room", "room.png");
  const group = async (items: readonly string[], name: string): Promise<void> => {
    for (const [nth, item] of items.entries())
      await row(item).click({ modifiers: nth === 0 ? [] : ["Control"] });
    await page.keyboard.press("Control+g");
    await list()
      .getByRole("button", { name: /^分组 \d$/ })
      .waitFor();
    await page.keyboard.press("F2");
    await page.keyboard.type(name);
    await page.keyboard.press("Enter");
    await row(name).waitFor();
  };
  await group(["face", "masked", "room"], "镜头组");
  await row("镜头组").getByRole("button", { name: "锁定" }).click();
  await row("镜头组").getByRole("button", { name: "折叠" }).click();
  await group(["corner"], "角标组");
  await row("角标组").getByRole("button", { name: "隐藏" }).click();
  expect(await rowsOf()).toEqual(rowsWanted);

  await waitFor("all filters with their pictures, and the hidden group gone", async () => {
    const { seen } = await look();
    for (const [nth, [what, , wanted]] of points.entries())
      expect({ what, seen: seen[nth], near: isNear(seen[nth] ?? [-1, -1, -1], wanted, 8) }).toEqual(
        { what, seen: seen[nth], near: true },
      );
    return true;
  });
  sentHash = (await look()).hash;
  const [download] = await Promise.all([page.waitForEvent("download"), choose("导出为文件")]);
  file = join(folder, "show.anchorscenes");
  await download.saveAs(file);
  sent = await waitFor("the hidden group on the disk", () => {
    const saved = documentNow();
    return saved.scenes[0]?.groups.some(({ visible }) => !visible) && saved;
  });
  sentPictures = pictures();
  expect(sentPictures).toHaveLength(3);
  expect(sent.scenes[0]?.groups).toMatchObject([
    { name: "镜头组", collapsed: true, locked: true, visible: true },
    { name: "角标组", collapsed: false, locked: false, visible: false },
  ]);
});

it("they come back beside the collection that they came from", async () => {
  await importFile();
  await expectAllOfIt();
  const { collections } = CollectionList.parse(
    JSON.parse(readFileSync(inData("collections.json"), "utf8")),
  );
  expect(collections).toHaveLength(2);
});

it("they come back into another profile, and do what they did: a locked group stays where it is", async () => {
  await studio.kill();
  studio = await launchStudio({ document: testDocument([]), settings: testSettings });
  expect(pictures()).toEqual([]);
  await importFile();
  await expectAllOfIt();
  const { page } = studio;
  const box = await page.locator("video").first().boundingBox();
  if (!box) throw new Error("no stage");
  const at = [box.x + box.width / 4, box.y + box.height / 4] as const;
  await page.mouse.move(...at);
  await page.mouse.down();
  await page.mouse.move(at[0] + 40, at[1] + 40, { steps: 4 });
  await page.mouse.up();
  // Shown again, the hidden group is the white corner that it was.
  await row("角标组").getByRole("button", { name: "显示" }).click();
  await waitFor("the corner", async () => {
    const { seen } = await look();
    return isNear(seen[4] ?? [0, 0, 0], [255, 255, 255], 8);
  });
  const scene = await waitFor("the corner on the disk", () => {
    const [saved] = documentNow().scenes;
    return saved?.groups.every(({ visible }) => visible) && saved;
  });
  expect(scene.items).toEqual(sent.scenes[0]?.items);
});
