import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { giftTiers } from "../../preload/contract/gift.ts";
import { fileKindOf } from "../../renderer/gifts/players/file-kind.ts";
import { readImageContainer } from "../../renderer/gifts/players/image/image-container.ts";
import { boxesIn } from "../../renderer/gifts/players/mp4-boxes.ts";
import { readCatalogue } from "../../main/room-server/catalogue.ts";
import { rehearsalCoins } from "../../main/room-server/identity.ts";

const resources = fileURLToPath(new URL("../../resources", import.meta.url));
const folder = join(resources, "gifts");
const kinds = [...readCatalogue(resources).values()];
const bytesOf = (name: string): Buffer => readFileSync(join(folder, name));

test("every gift has its pictures, its animation and its sound, and no file lies there for nothing", () => {
  const named = kinds.flatMap(({ giftId, animation, sound }) => [
    `${giftId}.svg`,
    `${giftId}.png`,
    animation?.file ?? `${giftId} has no animation`,
    sound ?? `${giftId} has no sound`,
  ]);
  expect(named.filter((name) => !existsSync(join(folder, name)))).toEqual([]);
  expect(
    readdirSync(folder).filter((name) => !["catalogue.json", ...named].includes(name)),
  ).toEqual([]);
});

test("there are at least twelve own designs over the four tiers, dearer ones in higher tiers", () => {
  expect(kinds.length).toBeGreaterThanOrEqual(12);
  const ranks = kinds.map(({ tier }) => giftTiers.indexOf(tier));
  expect(new Set(ranks).size).toBe(giftTiers.length);
  const prices = kinds.map(({ coins }) => coins);
  expect(prices).toEqual(prices.toSorted((one, other) => one - other));
  expect(ranks).toEqual(ranks.toSorted((one, other) => one - other));
  expect(prices[0]).toBe(1);
  expect(prices.at(-1)).toBeGreaterThan(10_000);
});

test("whoever rehearses can send each of them", () => {
  for (const { coins } of kinds) expect(coins).toBeLessThanOrEqual(rehearsalCoins);
});

test("their animations are of many formats, by their content", () => {
  const formats = new Set(
    kinds.map(({ animation }) => {
      const bytes = bytesOf(animation?.file ?? "");
      const kind = fileKindOf(bytes);
      const isVap = kind === "mp4" && [...boxesIn(bytes)].some(({ type }) => type === "vapc");
      const isApng = kind === "image/png" && bytes.includes("acTL");
      return isVap ? "vap" : isApng ? "apng" : kind;
    }),
  );
  expect(formats).toEqual(
    new Set(["apng", "image/avif", "image/webp", "json", "mp4", "vap", "zip", "zlib"]),
  );
});

test("animated pictures play once, so that they end with what their design ends with", () => {
  for (const { animation } of kinds) {
    const bytes = new Uint8Array(bytesOf(animation?.file ?? ""));
    const kind = fileKindOf(bytes);
    if (kind !== "image/png" && kind !== "image/webp" && kind !== "image/avif") continue;
    const read = readImageContainer(bytes, kind);
    expect(read).toMatchObject({ ok: true, value: { plays: 1 } });
  }
});

test("all of them together stay small enough for a package", () => {
  const bytes = readdirSync(folder).reduce(
    (sum, name) => sum + statSync(join(folder, name)).size,
    0,
  );
  expect(bytes / 2 ** 20).toBeLessThan(9);
});
