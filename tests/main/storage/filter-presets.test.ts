import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { openFilterPresets } from "../../../main/storage/filter-presets.ts";
import { removeUnusedPictures } from "../../../main/storage/unused-pictures.ts";
import { FilterPresets } from "../../../preload/contract/filter-preset.ts";
import { makeTemporaryDirectory } from "../../fakes/temporary-directory.ts";

const open = (path: string) => openFilterPresets(path, () => 0);
const pictureId = "a".repeat(64);
const beauty = { kind: "beauty", id: "b", enabled: true, smooth: 0.5, whiten: 0.25, rosy: 0.2 };
const lut = { kind: "lut", id: "l", enabled: true, pictureId, fileName: "warm.cube", amount: 1 };
const one = FilterPresets.parse([
  { type: "chain", id: "one", name: "晚上", filters: [beauty, lut] },
]);

/** Any presets: names of all kinds of letters, one filter or several. */
const anyPresets = fc
  .uniqueArray(
    fc.record({
      id: fc.stringMatching(/^[A-Za-z0-9_-]{1,12}$/),
      name: fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }).filter((name) => {
        const trimmed = name.trim();
        return trimmed !== "" && trimmed.length <= 40;
      }),
      type: fc.constantFrom("filter", "chain"),
      filters: fc.array(fc.constantFrom(beauty, lut), { minLength: 1, maxLength: 4 }),
    }),
    { selector: ({ id }) => id, maxLength: 6 },
  )
  .map((drawn) =>
    FilterPresets.parse(
      drawn.map(({ id, name, type, filters }) =>
        type === "chain" ? { id, name, type, filters } : { id, name, type, filter: filters[0] },
      ),
    ),
  );

test("what was saved last is there after a restart", async () => {
  const path = join(makeTemporaryDirectory(), "filter-presets.json");
  expect((await open(path)).current()).toEqual([]);
  await fc.assert(
    fc.asyncProperty(fc.array(anyPresets, { minLength: 1, maxLength: 3 }), async (saved) => {
      const store = await open(path);
      const answers = await Promise.all(saved.map((presets) => store.save(presets)));
      expect(answers.every(({ ok }) => ok)).toBe(true);
      expect(store.current()).toEqual(saved.at(-1));
      const again = await open(path);
      expect(again.current()).toEqual(saved.at(-1));
      expect(again.notices).toEqual([]);
    }),
    { numRuns: 25 },
  );
});

test.each([
  "",
  "[",
  "null",
  '{"version":2,"presets":[]}',
  '{"version":1,"presets":[{"id":"x","name":"","type":"chain","filters":[]}]}',
])("sets %j aside and says so", async (text) => {
  const directory = makeTemporaryDirectory();
  const path = join(directory, "filter-presets.json");
  writeFileSync(path, text);
  const store = await open(path);
  expect(store.current()).toEqual([]);
  expect(store.notices).toEqual(["filter_presets.invalid"]);
  const [aside = ""] = readdirSync(directory);
  expect(aside).toContain("filter-presets.json.broken-");
  expect(readFileSync(join(directory, aside), "utf8")).toBe(text);
  expect(await store.save(one)).toMatchObject({ ok: true });
  expect((await open(path)).current()).toEqual(one);
});

test("a failed write changes nothing", async () => {
  const directory = makeTemporaryDirectory();
  const path = join(directory, "filter-presets.json");
  const store = await open(path);
  await store.save(one);
  mkdirSync(`${path}.new`);
  expect(await store.save([])).toMatchObject({
    ok: false,
    error: { code: "filter_presets.write_failed" },
  });
  expect(store.current()).toEqual(one);
  expect((await open(path)).current()).toEqual(one);
});

test("pictures of presets are kept, as long as the preset is", async () => {
  const directory = makeTemporaryDirectory();
  const pictures = join(directory, "pictures");
  mkdirSync(pictures);
  writeFileSync(join(pictures, pictureId), "");
  const store = await open(join(directory, "filter-presets.json"));
  await store.save(one);
  expect(await removeUnusedPictures(directory, pictures)).toBe(0);
  await store.save([]);
  expect(await removeUnusedPictures(directory, pictures)).toBe(1);
});
