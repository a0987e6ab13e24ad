import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { afterAll, beforeAll, expect, it } from "vitest";
import { FilterPresets } from "../../preload/contract/filter-preset.ts";
import { SceneDocument } from "../../preload/contract/scene.ts";
import { colour, testDocument, testSettings } from "./fixtures.ts";
import { chooseByKeys } from "./menu-keys.ts";
import { launchStudio, type StudioApp, waitFor } from "./studio-app.ts";

const lutText = (name: string): string => {
  const levels = [0, 1].flatMap((b) => [0, 1].flatMap((g) => [0, 1].map((r) => [b, g, r])));
  return [`TITLE "${name}"`, "LUT_3D_SIZE 2", ...levels.map((row) => row.join(" "))].join("\n");
};

const PresetsFile = z.object({ version: z.literal(1), presets: FilterPresets });

let studio: StudioApp;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "anchor-luts-"));
  writeFileSync(join(folder, "swap.cube"), lutText("swap"));
  studio = await launchStudio({
    document: testDocument([
      {
        ...colour("face", "#d0a080", { x: 0, y: 0, width: 320, height: 180 }),
        filters: [
          { kind: "beauty", id: "b", enabled: true, smooth: 0.3, whiten: 0.4, rosy: 0.1 },
          { kind: "lut", id: "l", enabled: true, pictureId: null, fileName: "", amount: 0.7 },
        ],
      },
      {
        ...colour("other", "#4060a0", { x: 320, y: 0, width: 320, height: 180 }),
        filters: [{ kind: "beauty", id: "b2", enabled: true, smooth: 0.9, whiten: 0, rosy: 0 }],
      },
    ]),
    settings: testSettings,
  });
});
afterAll(async () => {
  await studio?.kill();
});

const inData = (...names: string[]) => join(studio.userDataDir, ...names);
const presetsOnDisk = () =>
  PresetsFile.parse(JSON.parse(readFileSync(inData("filter-presets.json"), "utf8"))).presets;
const filtersOf = (item: string) =>
  SceneDocument.parse(JSON.parse(readFileSync(inData("document.json"), "utf8")))
    .scenes.flatMap(({ items }) => items)
    .find(({ id }) => id === `item-${item}`)?.filters ?? [];
const button = (name: string | RegExp) => studio.page.getByRole("button", { name, exact: true });
/** The forms of an item's filters. */
const open = async (item: string): Promise<void> => {
  await button(item).click();
  if ((await studio.page.getByRole("complementary", { name: "属性" }).count()) === 0)
    await studio.page.keyboard.press("Enter");
  await studio.page.getByRole("heading", { name: item }).waitFor();
};

const choose = (menu: string, ...entries: readonly string[]): Promise<void> =>
  chooseByKeys(studio.page, button(menu).first(), entries);
const name = async (text: string): Promise<void> => {
  const { page } = studio;
  await page.getByRole("dialog").getByRole("textbox", { name: "名称" }).waitFor();
  await page.keyboard.press("Control+a");
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
};

it("keep the settings of one filter under a name, and set another filter of its kind by them, undoably", async () => {
  const { page } = studio;
  await open("face");
  await choose("美颜：我的预设", "保存为预设…");
  await name("我的美颜");
  await waitFor("the preset on the disk", () => presetsOnDisk().length === 1);
  await open("other");
  await button("我的美颜").click();
  await waitFor("the other one's settings", () => {
    const [filter] = filtersOf("other");
    return filter?.kind === "beauty" && filter.smooth === 0.3 && filter.whiten === 0.4;
  });
  expect(filtersOf("other")[0]).toMatchObject({ id: "b2", rosy: 0.1 });
  await page.keyboard.press("Control+z");
  await waitFor("the settings before", () => {
    const [filter] = filtersOf("other");
    return filter?.kind === "beauty" && filter.smooth === 0.9;
  });
});

it("keep all filters of an item with their pictures, and put them in place of another's, as one step", async () => {
  const { page } = studio;
  await open("face");
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    button("选择文件").click(),
  ]);
  await chooser.setFiles(join(folder, "swap.cube"));
  await page.getByText("swap.cube").first().waitFor();
  await choose("我的滤镜组合", "保存为预设…");
  await name("晚间");
  await waitFor("the preset on the disk", () => presetsOnDisk().length === 2);
  await open("other");
  await choose("我的滤镜组合", "晚间");
  await waitFor("both filters", () => filtersOf("other").length === 2);
  expect(filtersOf("other")).toMatchObject([
    { kind: "beauty", smooth: 0.3 },
    { kind: "lut", fileName: "swap.cube", amount: 0.7 },
  ]);
  const ids = ["face", "other"].flatMap((item) => filtersOf(item).map(({ id }) => id));
  expect(new Set(ids).size).toBe(4);
  await page.keyboard.press("Control+z");
  await waitFor("the one before", () => filtersOf("other").length === 1);
  expect(filtersOf("other")).toMatchObject([{ id: "b2", smooth: 0.9 }]);
});

it("are overwritten, renamed and deleted by keys, each after a question where something would be lost", async () => {
  const { page } = studio;
  const dialog = page.getByRole("dialog");
  await open("other");
  await choose("美颜：我的预设", "用当前设置覆盖", "我的美颜");
  await dialog.getByRole("button", { name: "覆盖" }).press("Enter");
  await dialog.waitFor({ state: "hidden" });
  await waitFor("the new settings", () =>
    presetsOnDisk().some(
      (preset) =>
        preset.type === "filter" && preset.filter.kind === "beauty" && preset.filter.smooth === 0.9,
    ),
  );
  // A name that is there already is overwritten as well, and said so.
  await choose("美颜：我的预设", "保存为预设…");
  await dialog.getByRole("textbox").fill("我的美颜");
  await dialog.getByText("已有同名预设，将被覆盖。").waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  await choose("美颜：我的预设", "重命名", "我的美颜");
  await name("白天");
  await button("白天").waitFor();
  expect(presetsOnDisk().map((preset) => preset.name)).toEqual(["白天", "晚间"]);
  await choose("美颜：我的预设", "删除", "白天");
  await dialog.getByRole("button", { name: "删除" }).press("Enter");
  await waitFor("one preset less", () => presetsOnDisk().length === 1);
  await button("白天").waitFor({ state: "detached" });
});

it("are there in other collections and after a restart, with their pictures, when no filter uses these any more", async () => {
  const { page, userDataDir } = studio;
  await page.getByRole("button", { name: /^场景集：/ }).click();
  await page.getByRole("menuitem", { name: "新建场景集…" }).click();
  await page.keyboard.type("另一套");
  await page.keyboard.press("Enter");
  await button("场景集：另一套").waitFor();
  // Nothing but the preset names the picture now.
  await page.getByRole("button", { name: /^场景集：/ }).click();
  await page.getByRole("menuitem", { name: "默认场景集" }).click();
  await button("face").click();
  await page.keyboard.press("Delete");
  await waitFor("a document without it", () => filtersOf("face").length === 0);
  await studio.kill();
  // The version before it names the picture too.
  writeFileSync(inData("document.previous.json"), readFileSync(inData("document.json")));

  studio = await launchStudio({ userDataDir });
  expect(readdirSync(inData("pictures"))).toHaveLength(1);
  await open("other");
  await choose("我的滤镜组合", "晚间");
  await studio.page.getByText("swap.cube").first().waitFor();
  expect(await studio.page.getByRole("alert").count()).toBe(0);
});

it("a broken file is set aside, and the anchor is told", async () => {
  const { userDataDir } = studio;
  await studio.kill();
  writeFileSync(inData("filter-presets.json"), '{"version":1,"presets":[{');
  studio = await launchStudio({ userDataDir });
  await studio.page.getByText("滤镜预设文件已损坏").waitFor();
  expect(
    readdirSync(userDataDir).some((each) => each.startsWith("filter-presets.json.broken-")),
  ).toBe(true);
  await open("other");
  await choose("美颜：我的预设", "保存为预设…");
  await name("新的");
  await waitFor("a good file", () => presetsOnDisk().length === 1);
});
