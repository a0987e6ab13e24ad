import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { AlertTemplates } from "../../preload/contract/alert-template.ts";
import { alerts, colour, testDocument, testSettings } from "./fixtures.ts";
import { launchStudio, type StudioApp, waitFor } from "./studio-app.ts";
import { launchViewers, openViewer, samplePicture, waitForPicture } from "./viewer.ts";

const size = { width: 640, height: 360 };
/** One green pixel. */
const green = Buffer.from(
  "4749463839610100010080000000aa0000000021f90400000000002c00000000010001000002024401003b",
  "hex",
);
const document = testDocument([colour("background", "#505050", { x: 0, y: 0, ...size }), alerts]);
let studio: StudioApp;
let viewers: Browser;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "anchor-studio-pack-"));
  writeFileSync(join(folder, "card.gif"), green);
  studio = await launchStudio({ document, settings: testSettings });
  viewers = await launchViewers();
});
afterAll(async () => {
  await viewers?.close();
  await studio?.close();
});

const dialog = () => studio.page.getByRole("dialog");
const press = (name: string) => dialog().getByRole("button", { name, exact: true }).click();
const openEditor = async (): Promise<void> => {
  await studio.page.getByRole("button", { name: "设置", exact: true }).click();
  await press("编辑提醒模板…");
  await dialog().getByRole("list", { name: "模板" }).waitFor();
};
const choosing = async (name: string, path: string): Promise<void> => {
  const [chooser] = await Promise.all([studio.page.waitForEvent("filechooser"), press(name)]);
  await chooser.setFiles(path);
};
const onDisk = () =>
  AlertTemplates.parse(
    JSON.parse(readFileSync(join(studio.userDataDir, "alert-templates.json"), "utf8")),
  );
const named = (name: string) => dialog().getByRole("button", { name, exact: true });
/** At 32 x 18 points of the viewer's picture. */
const countGreen = async (viewer: Page): Promise<number> => {
  const points = Array.from({ length: 32 * 18 }, (_, index) => ({
    x: 10 + (index % 32) * 20,
    y: 10 + Math.floor(index / 32) * 19,
  }));
  const seen = await samplePicture(viewer, size, points);
  return seen.filter(([red, g, blue]) => g > 110 && red < 60 && blue < 70).length;
};
let pack: string;

it("a template is changed in the studio, and a viewer's gift is thanked with it", async () => {
  const viewer = (await openViewer(viewers, studio.viewerUrl, { width: 390, height: 844 })).page;
  await studio.page.getByRole("button", { name: "开播", exact: true }).click();
  await waitForPicture(viewer);
  await openEditor();
  await press("红金喜庆");
  await press("复制一份来改");
  await dialog().getByText("卡片", { exact: true }).click();
  await choosing("选择图片…", join(folder, "card.gif"));
  await press("使用这个模板");
  await waitFor("the template with its picture on the disk, in use", () => {
    const { own, inUse } = onDisk();
    return own[0]?.banner.picture && inUse === own[0].templateId;
  });

  // Tried in the programme it is seen by viewers, and counts for nothing.
  await press("在节目里试一次");
  await waitFor("the test in the viewer's picture", async () => (await countGreen(viewer)) >= 3);
  await studio.page.keyboard.press("Escape");
  await waitFor("the test to go", async () => (await countGreen(viewer)) === 0);
  await viewer.getByTestId("gifts-open").click();
  await viewer.getByTestId("gift-rose").click();
  await waitFor("the gift in the viewer's picture", async () => (await countGreen(viewer)) >= 3);
});

it("goes out as a folder with a manifest, and comes back from it into an empty profile", async () => {
  // It opens with the template in use.
  await openEditor();
  await press("导出");
  const [download] = await Promise.all([
    studio.page.waitForEvent("download"),
    studio.page.getByRole("menuitem", { name: "导出「红金喜庆 副本」" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("红金喜庆 副本.zip");
  pack = join(folder, "pack.zip");
  await download.saveAs(pack);
  const sent = onDisk().own[0];
  await studio.close();

  const files = unzipSync(readFileSync(pack));
  for (const [path, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, "unpacked", path)), { recursive: true });
    writeFileSync(join(folder, "unpacked", path), bytes);
  }
  const root = join(folder, "unpacked", "红金喜庆 副本");
  expect(JSON.parse(readFileSync(join(root, "manifest.json"), "utf8"))).toMatchObject({
    format: "anchor-studio-alerts",
    version: 1,
    templates: [{ name: "红金喜庆 副本" }],
    pictures: [{ sha256: sent?.banner.picture, bytes: green.length }],
  });

  studio = await launchStudio({ document, settings: testSettings });
  await openEditor();
  const torn = join(folder, "torn.zip");
  writeFileSync(torn, readFileSync(pack).subarray(0, 400));
  await choosing("导入文件…", torn);
  await dialog().getByText("没有导入任何内容", { exact: false }).waitFor();
  await choosing("导入文件…", pack);
  await named("红金喜庆 副本").waitFor();
  await choosing("导入文件夹…", root);
  await named("红金喜庆 副本 2").waitFor();
  await waitFor("both on the disk", () => onDisk().own.length === 2);
  for (const { templateId, name, ...rest } of onDisk().own) {
    expect(templateId).not.toBe(sent?.templateId);
    expect(sent).toMatchObject(rest);
    expect(name).toMatch(/^红金喜庆 副本/);
  }
});

it("is in use again after the next start, with its picture", async () => {
  await press("使用这个模板");
  await waitFor("the choice on the disk", () => onDisk().inUse === onDisk().own[1]?.templateId);
  const { userDataDir } = studio;
  // What is closed takes its profile along.
  await studio.kill();
  studio = await launchStudio({ userDataDir });
  const viewer = (await openViewer(viewers, studio.viewerUrl, { width: 390, height: 844 })).page;
  await studio.page.getByRole("button", { name: "开播", exact: true }).click();
  await waitForPicture(viewer);
  await viewer.getByTestId("gifts-open").click();
  await viewer.getByTestId("gift-rose").click();
  await waitFor("the gift in the viewer's picture", async () => (await countGreen(viewer)) >= 3);
});
