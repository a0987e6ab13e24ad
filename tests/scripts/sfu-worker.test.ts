import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { workerRuns, workerUrl } from "../../scripts/sfu-worker.mjs";

describe("the SFU worker's check", () => {
  let directory = "";
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "sfu-worker-"));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const executable = (script: string): string => {
    const path = join(directory, "worker");
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return path;
  };

  it("takes what exits with 41 in an empty environment", async () => {
    expect(await workerRuns(executable('[ -z "$HOME" ] && exit 41'))).toBe(true);
  });

  it.each(["exit 0", "exit 1", "kill -SEGV $$"])("refuses what does %s", async (script) => {
    expect(await workerRuns(executable(script))).toBe(false);
  });

  it("refuses what is no program at all, or not there", async () => {
    const path = join(directory, "text");
    writeFileSync(path, "no program");
    expect(await workerRuns(path)).toBe(false);
    expect(await workerRuns(join(directory, "none"))).toBe(false);
  });
});

describe("the prebuilt worker's address", () => {
  // As in node_modules/mediasoup/npm-scripts.mjs, getWorkerPrebuildTarName().
  it.each([
    [{ platform: "linux", arch: "x64", release: "6.1.0-31" }, "linux-x64-kernel6.tgz"],
    [{ platform: "darwin", arch: "arm64", release: "24.1.0" }, "darwin-arm64.tgz"],
    [{ platform: "win32", arch: "x64", release: "10.0.1" }, "win32-x64.tgz"],
  ])("on %j ends with %s", (system, end) => {
    expect(workerUrl("3.27.1", system)).toBe(
      `https://github.com/versatica/mediasoup/releases/download/3.27.1/mediasoup-worker-3.27.1-${end}`,
    );
  });

  it("is taken from another server where one is named", () => {
    const system = { platform: "linux", arch: "x64", release: "6.1", base: "http://mirror.test" };
    expect(workerUrl("1.0.0", system)).toMatch(/^http:\/\/mirror\.test\/1\.0\.0\//);
  });
});
