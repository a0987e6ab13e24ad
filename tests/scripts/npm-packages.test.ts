import { describe, expect, it } from "vitest";
import { isInstalledAs } from "../../scripts/npm-packages.mjs";

const wanted = {
  "": { name: "project" },
  "node_modules/a": { version: "1.0.0", integrity: "sha512-a" },
  "node_modules/for-windows": { version: "2.0.0", optional: true },
};

describe("whether the packages of the lockfile are installed", () => {
  it("does not miss optional packages of other systems", () => {
    expect(isInstalledAs(wanted, { "node_modules/a": wanted["node_modules/a"] })).toBe(true);
  });

  it.each([
    ["a package is missing", {}],
    ["a version differs", { "node_modules/a": { version: "1.0.1", integrity: "sha512-a" } }],
    ["a content differs", { "node_modules/a": { version: "1.0.0", integrity: "sha512-b" } }],
    [
      "an optional package is there in another version",
      {
        "node_modules/a": wanted["node_modules/a"],
        "node_modules/for-windows": { version: "1.9.0" },
      },
    ],
  ])("sees that %s", (_what, installed) => {
    expect(isInstalledAs(wanted, installed)).toBe(false);
  });
});
