import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sourceKey } from "../../scripts/app-build.mjs";

describe("the key of the sources", () => {
  let directory = "";
  const file = (name: string): string => join(directory, name);

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "source-key-"));
    mkdirSync(file("main/room"), { recursive: true });
    writeFileSync(file("main/index.ts"), "1");
    writeFileSync(file("main/room/link.ts"), "2");
    writeFileSync(file("package-lock.json"), "{}");
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it("stays while nothing changes, whatever lies beside the sources", () => {
    const before = sourceKey(directory);
    writeFileSync(file("README.md"), "hello");
    expect(sourceKey(directory)).toBe(before);
  });

  it.each([
    ["a file is written", () => writeFileSync(file("main/room/link.ts"), "22")],
    ["a file is touched", () => utimesSync(file("main/index.ts"), 1, 1)],
    ["a file is added", () => writeFileSync(file("main/room/new.ts"), "")],
    ["a file is renamed", () => renameSync(file("main/index.ts"), file("main/main.ts"))],
    ["a file is deleted", () => rmSync(file("main/index.ts"))],
    ["the packages change", () => writeFileSync(file("package-lock.json"), "{ }")],
  ])("changes when %s", (_what, change) => {
    const before = sourceKey(directory);
    change();
    expect(sourceKey(directory)).not.toBe(before);
  });
});
