import * as fc from "fast-check";
import { expect, test } from "vitest";
import { FilterPreset, FilterPresets } from "../../../../preload/contract/filter-preset.ts";
import { FilterPresetId } from "../../../../preload/contract/ids.ts";
import { fail, succeed } from "../../../../preload/contract/result.ts";
import { newFilter } from "../../../../renderer/scene/filters/new-filter.ts";
import { createPresetStore } from "../../../../renderer/scene/filters/presets/preset-store.ts";

const preset = (id: string, name = id): FilterPreset =>
  FilterPreset.parse({ id, name, type: "filter", filter: newFilter("blur") });
const namesOf = (presets: FilterPresets) => presets.map(({ name }) => name);

test("any row of changes leaves what a plain list of names would hold, the newest name at the old place", async () => {
  const step = fc.record({
    what: fc.constantFrom("keep", "remove"),
    id: fc.constantFrom("a", "b", "c"),
    name: fc.constantFrom("x", "y", "z"),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      let saved: FilterPresets = [];
      const store = createPresetStore([], (presets) => {
        saved = presets;
        return Promise.resolve(succeed({}));
      });
      const plain = new Map<string, string>();
      // All at once: each has to build on the one before.
      await Promise.all(
        steps.map(({ what, id, name }) =>
          what === "keep" ? store.keep(preset(id, name)) : store.remove(FilterPresetId.parse(id)),
        ),
      );
      for (const { what, id, name } of steps)
        if (what === "keep") plain.set(id, name);
        else plain.delete(id);
      expect(namesOf(store.state.getState())).toEqual([...plain.values()]);
      expect(saved).toEqual(store.state.getState());
      expect(FilterPresets.safeParse(store.state.getState()).success).toBe(true);
    }),
  );
});

test("what could not be saved is not shown, and what comes after it is", async () => {
  let works = false;
  const store = createPresetStore([preset("a")], () =>
    Promise.resolve(works ? succeed({}) : fail("filter_presets.write_failed")),
  );
  expect(await store.keep(preset("b"))).toMatchObject({ ok: false });
  expect(namesOf(store.state.getState())).toEqual(["a"]);
  works = true;
  expect(await store.keep(preset("c"))).toMatchObject({ ok: true });
  expect(namesOf(store.state.getState())).toEqual(["a", "c"]);
});

test("there are 500 at most", async () => {
  const full = Array.from({ length: 500 }, (_, index) => preset(`p${index}`));
  const store = createPresetStore(full, () => Promise.resolve(succeed({})));
  expect(await store.keep(preset("more"))).toMatchObject({
    ok: false,
    error: { code: "filter_presets.too_many" },
  });
  expect(await store.keep(preset("p3", "new name"))).toMatchObject({ ok: true });
  expect(store.state.getState()[3]?.name).toBe("new name");
});
