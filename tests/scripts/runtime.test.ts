import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

const hourMs = 60 * 60 * 1000;
const failedAtMs = Date.UTC(2026, 10, 22, 12);

describe("a download of Electron that failed", () => {
  let cache = "";
  beforeEach(() => {
    cache = mkdtempSync(join(tmpdir(), "runtime-"));
    vi.stubEnv("XDG_CACHE_HOME", cache);
    vi.stubEnv("ELECTRON_MIRROR", "http://one.test/");
    vi.stubEnv("npm_config_electron_mirror", "");
    vi.resetModules();
    mkdirSync(join(cache, "anchor-studio"));
    writeFileSync(
      join(cache, "anchor-studio/electron-45.4.1.failed.json"),
      JSON.stringify({ mirror: "http://one.test/", why: "fetch failed", atMs: failedAtMs }),
    );
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(cache, { recursive: true });
  });

  const known = async (afterMs: number) =>
    (await import("../../scripts/runtime.mjs")).knownElectronFailure(failedAtMs + afterMs);

  it("is not tried again within a day", async () => {
    expect(await known(23 * hourMs)).toMatch(/^fetch failed, tried 2026-11-22/);
  });

  it("is tried again after a day", async () => {
    expect(await known(25 * hourMs)).toBeUndefined();
  });

  it("is tried again at once from another mirror", async () => {
    vi.stubEnv("ELECTRON_MIRROR", "http://two.test/");
    expect(await known(hourMs)).toBeUndefined();
  });
});
