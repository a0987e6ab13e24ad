import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { testDocument, testPattern, testSettings } from "./fixtures.ts";
import { launchStudio, waitFor } from "./studio-app.ts";
import { launchViewers, openViewer, waitForPicture } from "./viewer.ts";

const closeFocusedWindow = () => execFileSync("xdotool", ["key", "alt+F4"]);

it("asks before it is closed while live, and then ends the show for the viewers", async () => {
  const studio = await launchStudio({
    document: testDocument([testPattern]),
    settings: testSettings,
  });
  const viewers = await launchViewers();
  try {
    // Playwright answers the question of the frame's close by itself where nobody listens.
    studio.page.on("dialog", () => undefined);
    const viewer = await openViewer(viewers, studio.viewerUrl);
    await studio.page.getByRole("button", { name: "开播", exact: true }).click();
    await waitForPicture(viewer.page);

    closeFocusedWindow();
    const question = studio.page.getByRole("dialog");
    await question.getByText("正在直播，要退出吗？").waitFor();
    await question.getByRole("button", { name: "继续直播" }).click();
    await question.waitFor({ state: "detached" });
    expect(studio.process.exitCode).toBe(null);

    closeFocusedWindow();
    await question.getByRole("button", { name: "下播并退出" }).click();
    await viewer.page.locator("[data-testid=watch-state][data-state=ended]").waitFor();
    await waitFor("the app to end", () => studio.process.exitCode !== null);
    expect(studio.process.exitCode).toBe(0);
  } finally {
    await viewers.close();
    await studio.kill();
  }
});
