import { testDocument, testPattern, testSettings } from "../e2e/fixtures.ts";
import { collectStamps, quantile } from "../e2e/stamps.ts";
import { launchStudio } from "../e2e/studio-app.ts";
import { launchViewers, openViewer, waitForPicture } from "../e2e/viewer.ts";
import { loadavg } from "node:os";
const studio = await launchStudio({
  document: testDocument([testPattern]),
  settings: testSettings,
});
const viewers = await launchViewers();
const viewer = await openViewer(viewers, "about:blank");
await viewer.page.addInitScript(() => {
  const O = RTCPeerConnection;
  (window as any).pcs = [];
  (window as any).RTCPeerConnection = class extends O {
    constructor(...a: any[]) {
      super(...a);
      (window as any).pcs.push(this);
    }
  };
});
await viewer.page.goto(studio.viewerUrl);
await studio.page.getByRole("button", { name: "开播", exact: true }).click();
await waitForPicture(viewer.page);
for (let i = 0; i < 12; i++) {
  const s = await viewer.page.evaluate(async () => {
    const out: any = {};
    for (const pc of (window as any).pcs)
      for (const r of (await pc.getStats()).values())
        if (r.type === "inbound-rtp")
          out[r.kind] = {
            jbd: r.jitterBufferDelay,
            jbt: r.jitterBufferTargetDelay,
            min: r.jitterBufferMinimumDelay,
            n: r.jitterBufferEmittedCount,
            jitter: r.jitter,
            ept: r.estimatedPlayoutTimestamp,
            conc: r.concealedSamples,
            dec: r.totalDecodeTime,
            asm: r.totalAssemblyTime,
            proc: r.totalProcessingDelay,
            f: r.framesDecoded,
          };
    return out;
  });
  const prev = (globalThis as any).prev;
  (globalThis as any).prev = s;
  const { frames } = await collectStamps(viewer.page, "[data-testid=watch-video]", 2000);
  const d = (k: string, f: string) =>
    prev?.[k] && (((s[k][f] - prev[k][f]) / (s[k].n - prev[k].n)) * 1000).toFixed(1);
  console.log(
    `t=${i * 2} p50 ${quantile(
      frames.map((f) => f.ageMs),
      0.5,
    )} p95 ${quantile(
      frames.map((f) => f.ageMs),
      0.95,
    )} | audio jb ${d("audio", "jbd")} target ${d("audio", "jbt")} min ${d("audio", "min")} jitter ${s.audio?.jitter} | video jb ${d("video", "jbd")} target ${d("video", "jbt")} min ${d("video", "min")} proc ${prev?.video && (((s.video.proc - prev.video.proc) / (s.video.f - prev.video.f)) * 1000).toFixed(1)} | load ${loadavg()[0]}`,
  );
}
await viewers.close();
await studio.close();
process.exit(0);
