import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const renderer = join(import.meta.dirname, "../../renderer");

test.each(["studio.html", "watch.html"])("%s names an icon that is there", (page) => {
  const html = readFileSync(join(renderer, page), "utf8");
  const icon = /<link rel="icon" type="image\/svg\+xml" href="([^"]+)"/.exec(html)?.[1] ?? "";
  expect(icon).toMatch(/\.svg$/);
  expect(existsSync(join(renderer, icon))).toBe(true);
});
