import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { CollectionList } from "../../preload/contract/collection.ts";
import { SceneDocument } from "../../preload/contract/scene.ts";
import { testDocument, testSettings } from "./fixtures.ts";
import { chooseByKeys } from "./menu-keys.ts";
import { isNear, launchViewers, openViewer, samplePicture, waitForPicture } from "./viewer.ts";
import { launchStudio, type StudioApp, waitFor } from "./studio-app.ts";

const layer = {
  id: "box",
  x: 0,
  y: 0,
  source: { kind: "colour", colour: "#336699", width: 64, height: 64 },
} as const;
/** One grey pixel. */
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);

let studio: StudioApp;
beforeAll(async () => {
  studio = await launchStudio({ document: testDocument([layer]), settings: testSettings });
});
afterAll(async () => {
  await studio?.kill();
});

const inData = (...names: string[]) => join(studio.userDataDir, ...names);
const listOnDisk = () =>
  CollectionList.parse(JSON.parse(readFileSync(inData("collections.json"), "utf8")));
const documentOf = (name: string) =>
  SceneDocument.parse(JSON.parse(readFileSync(inData(name), "utf8")));
const pictures = () => readdirSync(inData("pictures"));
const row = (name: string) => studio.page.getByRole("button", { name, exact: true });
const shown = (name: string) => row(`场景集：${name}`).waitFor();

const choose = (entry: string): Promise<void> =>
  chooseByKeys(studio.page, studio.page.getByRole("button", { name: /^场景集：/ }), [entry]);

it("are made, switched between and undone by keys, each with its own steps", async () => {
  const { page } = studio;
  await row("box").click();
  await page.keyboard.press("h");
  await choose("新建场景集…");
  await page.getByRole("textbox", { name: "名称" }).waitFor();
  await page.keyboard.type("晚间直播");
  await page.keyboard.press("Enter");
  await shown("晚间直播");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  await row("场景 1").waitFor();
  expect(await row("box").count()).toBe(0);
  expect(documentOf("document.json").scenes[0]?.items[0]?.visible).toBe(false);
  expect(await page.getByRole("button", { name: "撤销", exact: true }).isDisabled()).toBe(true);

  await choose("默认场景集");
  await shown("默认场景集");
  await row("box").waitFor();
  await row("撤销：隐藏 box").waitFor();
  await page.keyboard.press("Control+z");
  await waitFor(
    "the step to be undone and saved",
    () => documentOf("document.json").scenes[0]?.items[0]?.visible,
  );
  expect(listOnDisk().collections.map(({ name }) => name)).toEqual(["", "晚间直播"]);
});

it("change the picture of a show that is on air, once the anchor has said so, and the show goes on", async () => {
  const { page } = studio;
  const viewers = await launchViewers();
  try {
    const { page: viewer } = await openViewer(viewers, studio.viewerUrl);
    await page.getByRole("button", { name: "开播", exact: true }).click();
    await waitForPicture(viewer);
    const seesBox = async (colour: readonly [number, number, number]) => {
      const [seen] = await samplePicture(viewer, { width: 640, height: 360 }, [{ x: 32, y: 32 }]);
      return seen && isNear(seen, colour);
    };
    await waitFor("the box at the viewer's", () => seesBox([0x33, 0x66, 0x99]));
    const viewing = await viewer.evaluateHandle(
      () => document.querySelector("video")?.srcObject ?? null,
    );
    for (const [name, colour] of [
      ["晚间直播", [0, 0, 0]],
      ["默认场景集", [0x33, 0x66, 0x99]],
    ] as const) {
      await choose(name);
      await page.getByRole("dialog").getByRole("button", { name: "切换" }).click();
      await page.getByRole("dialog").waitFor({ state: "hidden" });
      await waitFor("the other picture at the viewer's", () => seesBox(colour));
    }
    expect(
      await viewer.evaluate(
        (before) => document.querySelector("video")?.srcObject === before,
        viewing,
      ),
    ).toBe(true);
    await page.getByText("直播中", { exact: true }).waitFor();
    await page.getByRole("button", { name: "下播", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "下播", exact: true }).click();
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await page.getByRole("button", { name: "开播", exact: true }).waitFor();
  } finally {
    await viewers.close();
  }
});

it("go out as a file with their pictures, and come back from it into an empty profile", async () => {
  const { page } = studio;
  const folder = await mkdtemp(join(tmpdir(), "anchor-studio-file-"));
  writeFileSync(join(folder, "logo.png"), png);
  await page.getByRole("button", { name: "添加", exact: true }).click();
  const [pictureChooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("menuitem", { name: "图片", exact: true }).click(),
  ]);
  await pictureChooser.setFiles(join(folder, "logo.png"));
  await row("logo").waitFor();
  const [download] = await Promise.all([page.waitForEvent("download"), choose("导出为文件")]);
  expect(download.suggestedFilename()).toBe("默认场景集.anchorscenes");
  const file = join(folder, "show.anchorscenes");
  await download.saveAs(file);
  await waitFor("the picture's item on the disk", () =>
    documentOf("document.json").sources.some(({ kind }) => kind === "image"),
  );
  const sent = documentOf("document.json");
  const [picture] = pictures();
  await studio.kill();

  studio = await launchStudio({ document: testDocument([]), settings: testSettings });
  expect(pictures()).toEqual([]);
  const torn = join(folder, "torn.anchorscenes");
  writeFileSync(torn, readFileSync(file).subarray(0, 500));
  const importing = async (path: string) => {
    const [chooser] = await Promise.all([
      studio.page.waitForEvent("filechooser"),
      choose("从文件导入…"),
    ]);
    await chooser.setFiles(path);
  };
  await importing(torn);
  await studio.page.getByText("没有导入任何内容", { exact: false }).waitFor();
  expect(existsSync(inData("collections.json"))).toBe(false);
  await importing(file);
  await row("logo").waitFor();
  const { current, collections } = listOnDisk();
  expect(collections.map(({ name }) => name)).toEqual(["", "默认场景集"]);
  expect(documentOf(join("collections", `${current}.json`))).toEqual(sent);
  expect(pictures()).toEqual([picture]);
});

it("open again as they were, and pictures that nothing names are gone after the next start", async () => {
  const { page, userDataDir } = studio;
  const { current } = listOnDisk();
  const stray = "f".repeat(64);
  await studio.kill();
  writeFileSync(join(userDataDir, "pictures", stray), png);
  studio = await launchStudio({ userDataDir });
  await row("logo").waitFor();
  expect(page).not.toBe(studio.page);
  expect(pictures()).toHaveLength(1);
  expect(pictures()).not.toContain(stray);

  await choose("删除场景集");
  await studio.page.getByRole("dialog").getByRole("button", { name: "删除场景集" }).click();
  await waitFor("the collection to go", () => listOnDisk().collections.length === 1);
  expect(listOnDisk().current).not.toBe(current);
  // Its files go after the list has forgotten it.
  await waitFor("its files to go", () => readdirSync(inData("collections")).length === 0);
  await studio.kill();
  studio = await launchStudio({ userDataDir });
  expect(pictures()).toEqual([]);
});
