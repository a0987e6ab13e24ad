import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GroupId, SceneId, SourceId } from "../../../preload/contract/ids.ts";
import {
  mostDrawnItems,
  type Nested,
  nestingFault,
  sourcesShownBy,
} from "../../../preload/contract/nesting.ts";

const scene = (id: string) => SceneId.parse(id);
const hidden = GroupId.parse("hidden");
const source = (id: string) => SourceId.parse(id);

/**
 * Scenes by name with what they show: `to_b` is scene b, other names are plain sources; a `-` before it hides the item, and a
 * `~` puts it into a hidden group.
 */
const nested = (scenes: Readonly<Record<string, readonly string[]>>): Nested => ({
  scenes: Object.entries(scenes).map(([id, items]) => ({
    id: scene(id),
    items: items.map((name) => ({
      sourceId: source(name.replace(/^[-~]/, "")),
      visible: !name.startsWith("-"),
      groupId: name.startsWith("~") ? hidden : null,
    })),
    groups: [{ id: hidden, visible: false }],
  })),
  sources: [
    ...Object.keys(scenes).map((id) => ({
      id: source(`to_${id}`),
      kind: "scene",
      sceneId: scene(id),
    })),
    ...[...new Set(Object.values(scenes).flat())]
      .filter((name) => !name.includes("to_"))
      .map((name) => ({ id: source(name.replace(/^[-~]/, "")), kind: "colour" })),
  ],
});

describe("nesting", () => {
  it("is sound where scenes show others, also one twice", () => {
    expect(
      nestingFault(nested({ a: ["to_b", "to_c", "x"], b: ["to_c", "to_c"], c: ["x"] })),
    ).toBeNull();
  });

  it("is not where a scene shows itself, at once or by way of others, hidden or not", () => {
    expect(nestingFault(nested({ a: ["to_a"] }))).toBe("cycle");
    expect(nestingFault(nested({ x: [], a: ["to_b"], b: ["-to_c"], c: ["to_a"] }))).toBe("cycle");
  });

  it("is not where a few scenes come to more items than can be drawn", () => {
    const ten = (name: string) => Array.from({ length: 10 }, () => name);
    const document = nested({ a: ten("to_b"), b: ten("to_c"), c: ten("to_d"), d: ten("x") });
    expect(nestingFault(document)).toBe("tooMany");
    const fits = nested({ a: ["to_b"], b: Array.from({ length: mostDrawnItems - 1 }, () => "x") });
    expect(nestingFault(fits)).toBeNull();
  });

  it("finds a cycle just where a walk along what is shown comes back", () => {
    const names = ["a", "b", "c", "d"] as const;
    const shown = fc.subarray(names.map((name) => `to_${name}`));
    fc.assert(
      fc.property(fc.tuple(shown, shown, shown, shown), ([a, b, c, d]) => {
        const scenes: Record<string, string[]> = { a, b, c, d };
        const reach = (from: string, seen: Set<string>): Set<string> => {
          for (const item of scenes[from] ?? []) {
            const to = item.slice(3);
            if (!seen.has(to)) reach(to, seen.add(to));
          }
          return seen;
        };
        const comesBack = names.some((name) => reach(name, new Set()).has(name));
        expect(nestingFault(nested(scenes))).toBe(comesBack ? "cycle" : null);
      }),
    );
  });
});

describe("the sources of a scene", () => {
  const document = nested({ a: ["to_b", "-y", "-to_c"], b: ["x", "to_c"], c: ["z"], d: ["w"] });

  it("are those of the scenes that it shows too, each once", () => {
    expect([...sourcesShownBy(document, scene("a"))].toSorted()).toEqual(
      ["to_b", "to_c", "x", "y", "z"].toSorted(),
    );
  });

  it("are seen where every item on the way is", () => {
    expect([...sourcesShownBy(document, scene("a"), "visible")].toSorted()).toEqual(
      ["to_b", "to_c", "x", "z"].toSorted(),
    );
    for (const way of ["-to_b", "~to_b"]) {
      const closed = nested({ a: [way], b: ["x"] });
      expect(sourcesShownBy(closed, scene("a"), "visible").size).toBe(0);
      expect(sourcesShownBy(closed, scene("a")).size).toBe(2);
    }
    const grouped = nested({ a: ["to_b"], b: ["~x", "y"] });
    expect([...sourcesShownBy(grouped, scene("a"), "visible")]).toEqual(["to_b", "y"]);
  });
});
