import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { SceneDocument } from "../../preload/contract/scene.ts";
import { testDocument, testSettings } from "./fixtures.ts";
import { killProcess } from "./processes.ts";
import { launchStudio, type StudioApp, waitFor } from "./studio-app.ts";

/** What may be lost at most. */
const mostLostMs = 1_000;
const layer = {
  id: "box",
  x: 0,
  y: 0,
  source: { kind: "colour", colour: "#336699", width: 64, height: 64 },
} as const;

let studio: StudioApp;
beforeAll(async () => {
  studio = await launchStudio({ document: testDocument([layer]), settings: testSettings });
});
afterAll(async () => {
  await studio?.kill();
});

/** Where the box lies in the file, which is whole at any time. */
const savedX = (): number => {
  const text = readFileSync(join(studio.userDataDir, "document.json"), "utf8");
  return SceneDocument.parse(JSON.parse(text)).scenes[0]?.items[0]?.transform.x ?? Number.NaN;
};

/** Pushes the box to the right, one pixel an edit, and says when each edit was made, until the page is gone. */
const editUntilGone = async (page: Page, made: number[]): Promise<void> => {
  try {
    await page.getByRole("button", { name: "box", exact: true }).click();
    await page.getByRole("application").focus();
    for (;;) {
      await page.keyboard.press("ArrowRight");
      made.push(Date.now());
      await pause(30 + Math.random() * 40);
    }
  } catch (error) {
    if (made.length === 0) throw error;
  }
};

it.each([
  ["main", 4],
  ["the window's process", 3],
] as const)("a kill of %s at any moment loses a second of edits at most", async (what, turns) => {
  for (let turn = 0; turn < turns; turn += 1) {
    const page = await studio.attach();
    const before = savedX();
    const made: number[] = [];
    const editing = editUntilGone(page, made);
    await waitFor("the first edit", () => made.length > 0);
    await pause(400 + Math.random() * 2_000);
    const killedAtMs = Date.now();
    if (what === "main") await studio.kill();
    else {
      killProcess(studio.process.pid!, "renderer");
      // What the window had said before it was killed is still on its way to the disk.
      await pause(1_000);
    }
    const kept = savedX() - before;
    const old = made.filter((atMs) => atMs <= killedAtMs - mostLostMs).length;
    const all = made.filter((atMs) => atMs <= killedAtMs).length;
    expect(kept, `of ${all} edits in ${killedAtMs - made[0]!} ms`).toBeGreaterThanOrEqual(old);
    expect(kept).toBeLessThanOrEqual(made.length + 1);
    if (what === "main") {
      await editing;
      studio = await launchStudio({ userDataDir: studio.userDataDir });
    } else {
      await Promise.race([editing, pause(5_000)]);
      // The window is made anew a moment after.
      await pause(2_000);
    }
    const again = await waitFor("the window", () => studio.attach(), 60_000);
    await again.getByRole("button", { name: "box", exact: true }).waitFor();
    expect(savedX() - before).toBe(kept);
  }
});

it("a broken file is set aside, the version before it opens, and the anchor is told", async () => {
  const { userDataDir } = studio;
  await studio.kill();
  const previous = readFileSync(join(userDataDir, "document.previous.json"), "utf8");
  const torn = previous.slice(0, -40);
  writeFileSync(join(userDataDir, "document.json"), torn);
  studio = await launchStudio({ userDataDir });
  await studio.page.getByText("上次的场景文件已损坏", { exact: false }).first().waitFor();
  await studio.page.getByRole("button", { name: "box", exact: true }).waitFor();
  const aside = readdirSync(userDataDir).filter((name) => name.startsWith("document.json.broken-"));
  expect(aside.map((name) => readFileSync(join(userDataDir, name), "utf8"))).toEqual([torn]);
});
