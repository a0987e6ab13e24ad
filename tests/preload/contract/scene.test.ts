import { describe, expect, it } from "vitest";
import { SceneDocument } from "../../../preload/contract/scene.ts";

const base = () => ({
  version: 1,
  canvases: [{ id: "main", width: 640, height: 360, fps: 30, sceneId: "s1" }],
  scenes: [
    {
      id: "s1",
      name: "One",
      items: [
        {
          id: "i1",
          sourceId: "red",
          transform: { x: 0, y: 0, scaleX: 1, scaleY: 1 },
          crop: { left: 0, top: 0, right: 0, bottom: 0 },
          visible: true,
        },
      ],
    },
  ],
  sources: [{ id: "red", name: "Red", kind: "colour", colour: "#ff0000", width: 10, height: 10 }],
});

describe("a scene document", () => {
  it("is accepted where everything it names exists", () => {
    expect(SceneDocument.parse(base()).scenes[0]?.items).toHaveLength(1);
  });

  it("of an older version opens: upright, unlocked, opaque and plainly mixed", () => {
    expect(SceneDocument.parse(base()).scenes[0]?.items[0]).toMatchObject({
      transform: { rotationDeg: 0, flipX: false, flipY: false },
      locked: false,
      opacity: 1,
      blend: "normal",
      filters: [],
      groupId: null,
    });
    expect(SceneDocument.parse(base()).scenes[0]?.groups).toEqual([]);
  });

  describe("with groups", () => {
    const group = (id: string) => ({
      id,
      name: id,
      visible: true,
      locked: false,
      collapsed: false,
    });
    /** Items in these groups, from the bottom to the top. */
    const grouped = (of: readonly (string | null)[], groups: readonly string[]) => {
      const document = base();
      const [scene] = document.scenes;
      const [item] = scene?.items ?? [];
      return {
        ...document,
        scenes: [
          {
            ...scene,
            items: of.map((groupId, index) => ({ ...item, id: `i${index}`, groupId })),
            groups: groups.map(group),
          },
        ],
      };
    };
    const isGood = (of: readonly (string | null)[], groups: readonly string[]) =>
      SceneDocument.safeParse(grouped(of, groups)).success;

    it("is accepted where their items lie side by side", () => {
      expect(isGood([null, "g", "g", "h", null], ["h", "g"])).toBe(true);
    });

    it("is refused where a group is not there, has no items, lies apart, or has an id that is taken", () => {
      expect(isGood(["g"], [])).toBe(false);
      expect(isGood([null], ["g"])).toBe(false);
      expect(isGood(["g", null, "g"], ["g"])).toBe(false);
      expect(isGood(["g", "h", "g"], ["g", "h"])).toBe(false);
      expect(isGood(["g"], ["g", "g"])).toBe(false);
      expect(isGood(["i0"], ["i0"])).toBe(false);
    });
  });

  it("is refused where an item's source, a canvas's scene or a unique id is missing", () => {
    const withoutSource = base();
    withoutSource.sources = [];
    const withoutScene = base();
    withoutScene.canvases[0]!.sceneId = "gone";
    const twice = base();
    twice.sources.push({ ...twice.sources[0]!, name: "Copy" });
    for (const broken of [withoutSource, withoutScene, twice])
      expect(SceneDocument.safeParse(broken).success).toBe(false);
  });
});
