import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openWindow, type RunningFixture, startFixture, until } from "./fixture.ts";

let userData: string;
let app: RunningFixture | undefined;
beforeEach(() => {
  userData = mkdtempSync(join(tmpdir(), "stand-in-gpu-"));
});
afterEach(async () => {
  app?.child.kill();
  await app?.exited;
  rmSync(userData, { recursive: true, force: true, maxRetries: 10 });
});

const start = async (switches: string[]): Promise<RunningFixture> => {
  app = await startFixture(userData, switches);
  await app.run(({ electron: { app, protocol }, kept }) => {
    protocol.handle(
      "fixture",
      () =>
        new Response("<!doctype html><title>GPU</title>", {
          headers: { "content-type": "text/html" },
        }),
    );
    app.on("child-process-gone", (_event, details) => kept.events.push(details));
  });
  await openWindow(app, "empty");
  return app;
};

const commandLines = (): string[] =>
  execFileSync("ps", ["-eo", "pid=,args="], { encoding: "utf8", maxBuffer: 1 << 26 })
    .split("\n")
    .filter((line) => line.includes(userData));
const gpuProcess = (): number =>
  Number.parseInt(commandLines().find((line) => line.includes("--type=gpu-process")) ?? "", 10);

describe("the GPU in the stand-in for Electron", () => {
  it("is told with acceleration, and its process's end too", { timeout: 60_000 }, async () => {
    const app = await start(["--accelerated"]);
    const info = await app.run(({ electron: { app } }) => app.getGPUInfo("basic"));
    expect(info).toMatchObject({
      gpuDevice: [{ active: true, vendorId: expect.any(Number) as unknown }],
    });
    expect(commandLines().join("\n")).not.toContain("--disable-gpu");

    const pid = await until("the GPU process", () => gpuProcess() || undefined);
    process.kill(pid, "SIGKILL");
    const events = await until("its end to be told", () =>
      app.run(({ kept }) => (kept.events.length > 0 ? kept.events : undefined)),
    );
    expect(events).toEqual([{ type: "GPU", reason: "killed", exitCode: 9 }]);
    await until("another one", () => gpuProcess() > 0 && gpuProcess() !== pid);
  });

  it("is not told without", { timeout: 60_000 }, async () => {
    const app = await start([]);
    await expect(app.run(({ electron: { app } }) => app.getGPUInfo("basic"))).rejects.toThrow(
      "GPU access not allowed",
    );
    expect(commandLines().join("\n")).toContain("--disable-gpu");
    await expect(
      app.run(({ electron: { app } }) => app.disableHardwareAcceleration()),
    ).rejects.toThrow("before app is ready");
  });
});
