import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { testDocument, testPattern, testSettings } from "./fixtures.ts";
import { launchStudio, waitFor } from "./studio-app.ts";
import { launchViewers, openViewer, waitForPicture } from "./viewer.ts";

it("says what is wrong with a show, here and at a viewer's, with what to do, and keeps it", async () => {
  const studio = await launchStudio({
    document: testDocument([testPattern]),
    settings: testSettings,
  });
  const viewers = await launchViewers();
  try {
    const { page } = studio;
    const status = page.getByRole("contentinfo", { name: "状态栏" });
    const viewer = await openViewer(viewers, studio.viewerUrl);
    await page.getByRole("button", { name: "开播", exact: true }).click();
    await waitForPicture(viewer.page);
    await status.getByText("一切正常").waitFor();

    await page.getByRole("button", { name: "隐藏" }).first().click();
    await status.getByText("观众看到的是黑屏").waitFor();
    await status.getByText(/请检查当前场景/).waitFor();
    await page.screenshot({ path: "tests/artifacts/health-black.png" });
    await page.getByRole("button", { name: "显示" }).first().click();
    await status.getByText("一切正常").waitFor();

    // This viewer's decoder stands still from now on, as its statistics have it.
    await viewer.page.evaluate(() => {
      const usual = RTCPeerConnection.prototype.getStats;
      let decoded: unknown;
      RTCPeerConnection.prototype.getStats = async function (this: RTCPeerConnection) {
        const report = await usual.call(this);
        return new Map(
          [...report.entries()].map(([id, entry]: [string, Record<string, unknown>]) => {
            if (entry["type"] !== "inbound-rtp" || entry["kind"] !== "video") return [id, entry];
            decoded ??= entry["framesDecoded"];
            return [id, { ...entry, framesDecoded: decoded }];
          }),
        );
      };
    });
    await status.getByText("观众的画面在卡顿").waitFor({ timeout: 40_000 });
    await status.getByText("观众的画面在卡顿").click();
    const log = page.getByRole("list", { name: "本场记录" });
    await log.getByText("已恢复：观众看到的是黑屏").waitFor();
    await page.screenshot({ path: "tests/artifacts/health-log.png" });

    const shows = join(studio.userDataDir, "shows");
    const lines = await waitFor("the show's log on disk", async () => {
      const [name = ""] = await readdir(shows);
      const text = await readFile(join(shows, name), "utf8");
      return text.includes("audienceFrozen") && text.trim().split("\n");
    });
    const entries = lines.map((line) => JSON.parse(line) as { type: string; kind?: string });
    expect(entries.map(({ type, kind }) => (kind ? `${type} ${kind}` : type))).toEqual([
      "began",
      "raised programmeBlack",
      "cleared programmeBlack",
      "raised audienceFrozen",
    ]);
  } finally {
    await viewers.close();
    await studio.close();
  }
});
