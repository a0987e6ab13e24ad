import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { GroupId, ItemId } from "../../../../preload/contract/ids.ts";
import { visibleItems } from "../../../../preload/contract/grouping.ts";
import { SceneDocument } from "../../../../preload/contract/scene.ts";
import {
  pasteItems,
  removeItems,
  setLocked,
  setVisible,
} from "../../../../renderer/scene/edits/arrange-edits.ts";
import type { Edit } from "../../../../renderer/scene/edits/edit.ts";
import { groupItems, ungroup } from "../../../../renderer/scene/edits/group-edits.ts";
import { orderItems, raiseItems } from "../../../../renderer/scene/edits/order-edits.ts";
import { removeSource } from "../../../../renderer/scene/edits/source-edits.ts";
import { group, groupId, item, itemId } from "../../../fakes/edited-document.ts";

/** The group that begins with these items. */
const of = (letters: string): GroupId => groupId(`of-${letters}`);

const lettersOf = (text: string): readonly string[] => text.match(/[a-z]/g) ?? [];

const colourOf = (id: string) => ({
  id: `source-${id}`,
  name: id,
  kind: "colour",
  colour: "#112233",
  width: 10,
  height: 10,
});

/** Items by their letters from the bottom to the top, groups in brackets: `a[bc]d` has b and c in the group `bc`. */
const documentOf = (picture: string): SceneDocument => {
  const groups = [...picture.matchAll(/\[(\w+)\]/g)].map(([, members = ""]) => members);
  return SceneDocument.parse({
    version: 1,
    canvases: [{ id: "main", width: 640, height: 360, fps: 30, sceneId: "s" }],
    scenes: [
      {
        id: "s",
        name: "s",
        items: lettersOf(picture).map((id) => ({
          ...item(id, `source-${id}`),
          groupId:
            groups.map((members) => (members.includes(id) ? of(members) : null)).find(Boolean) ??
            null,
        })),
        groups: groups.map((members) => group(of(members))),
      },
    ],
    sources: lettersOf(picture).map(colourOf),
  });
};
const sceneOf = (document: SceneDocument) => {
  const [scene] = document.scenes;
  if (!scene) throw new Error("no scene");
  return scene;
};
const pictureOf = (document: SceneDocument): string => {
  let before: GroupId | null = null;
  let picture = "";
  for (const { id, groupId: own } of sceneOf(document).items) {
    if (own !== before) picture += (before === null ? "" : "]") + (own === null ? "" : "[");
    picture += id;
    before = own;
  }
  return before === null ? picture : `${picture}]`;
};
const ids = (letters: string): readonly ItemId[] => lettersOf(letters).map(itemId);
const after = (picture: string, edit: Edit): string => {
  const edited = edit.apply(documentOf(picture));
  expect(SceneDocument.safeParse(edited).error).toBeUndefined();
  return pictureOf(edited);
};
const into = (letters: string, name: string | null, toIndex: number): Edit =>
  orderItems(new Map(ids(letters).map((id) => [id, name === null ? null : of(name)])), toIndex);

describe("grouping", () => {
  it("takes the place of the topmost of what lay apart", () => {
    expect(after("abcde", groupItems(ids("bd"), group(of("new"))))).toBe("ac[bd]e");
    expect(after("abc", groupItems(ids("a"), group(of("new"))))).toBe("[a]bc");
  });

  it("takes in groups that are chosen whole, and what joins a group", () => {
    expect(after("a[bc]d", groupItems(ids("abc"), group(of("bc"))))).toBe("[abc]d");
    expect(after("[ab]c[de]", groupItems(ids("abde"), group(of("de"))))).toBe("c[abde]");
  });

  it("changes nothing of what is seen and what is locked", () => {
    const hidden = setVisible([of("ab"), itemId("c")], false).apply(documentOf("[ab]cd"));
    const locked = setLocked([of("ab")], true).apply(hidden);
    const edited = sceneOf(groupItems(ids("abcd"), group(of("ab"))).apply(locked));
    expect(visibleItems(edited).map(({ id }) => id)).toEqual(["d"]);
    expect(edited.items.map((each) => each.locked)).toEqual([true, true, false, false]);
    expect(edited.groups).toEqual([group(of("ab"))]);
  });
});

describe("ungrouping", () => {
  it("leaves the items where they are, hidden where their group was", () => {
    expect(after("a[bc]d", ungroup([of("bc")]))).toBe("abcd");
    const hidden = setVisible([of("bc")], false).apply(documentOf("a[bc]d"));
    const edited = sceneOf(ungroup([of("bc")]).apply(hidden));
    expect(edited.groups).toEqual([]);
    expect(visibleItems(edited).map(({ id }) => id)).toEqual(["a", "d"]);
  });

  it("of what was grouped is what there was, where it lay together", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 1, max: 5 }), (from, count) => {
        const before = documentOf("abcde");
        const chosen = ids("abcde".slice(from, from + count));
        const grouped = groupItems(chosen, group(of("new"))).apply(before);
        expect(ungroup([of("new")]).apply(grouped)).toEqual(before);
      }),
    );
  });
});

describe("a hidden group", () => {
  it("hides its items, which keep their own switches", () => {
    const hidden = setVisible([of("bc")], false).apply(documentOf("a[bc]d"));
    const [one] = sceneOf(setVisible([itemId("b")], false).apply(hidden)).items.slice(1);
    expect(one?.visible).toBe(false);
    expect(visibleItems(sceneOf(hidden)).map(({ id }) => id)).toEqual(["a", "d"]);
    expect(sceneOf(hidden).items.every(({ visible }) => visible)).toBe(true);
    const shown = setVisible([of("bc")], true).apply(hidden);
    expect(shown).toEqual(documentOf("a[bc]d"));
  });
});

describe("order", () => {
  it("goes past whole groups, never into them", () => {
    expect(after("a[bc]d", raiseItems(ids("a"), "up"))).toBe("[bc]ad");
    expect(after("a[bc]d", raiseItems(ids("d"), "down"))).toBe("ad[bc]");
    expect(after("a[bc]d", raiseItems(ids("bc"), "up"))).toBe("ad[bc]");
    expect(after("a[bc]d", raiseItems(ids("bc"), "bottom"))).toBe("[bc]ad");
    expect(after("[ab][cd]", raiseItems(ids("ab"), "up"))).toBe("[cd][ab]");
  });

  it("of a group's items stays within it", () => {
    expect(after("a[bcd]e", raiseItems(ids("b"), "up"))).toBe("a[cbd]e");
    expect(after("a[bcd]e", raiseItems(ids("b"), "top"))).toBe("a[cdb]e");
    expect(after("a[bcd]e", raiseItems(ids("d"), "up"))).toBe("a[bcd]e");
    expect(after("a[b]c", raiseItems(ids("b"), "up", of("b")))).toBe("a[b]c");
    expect(after("a[b]c", raiseItems(ids("b"), "up"))).toBe("ac[b]");
  });

  it("moves into groups, within them and out of them, and whole ones", () => {
    expect(after("a[bc]d", into("a", "bc", 1))).toBe("[bac]d");
    expect(after("a[bc]d", into("d", "bc", 3))).toBe("a[bcd]");
    expect(after("a[bc]d", into("c", null, 3))).toBe("a[b]dc");
    expect(after("a[bc]d", into("bc", "bc", 0))).toBe("[bc]ad");
    expect(after("a[b]c", into("b", null, 2))).toBe("acb");
  });

  it("puts nothing between a group's items", () => {
    expect(after("a[bc]d", into("a", null, 1))).toBe("a[bc]d");
    expect(after("a[bc]d", into("d", "bc", 0))).toBe("a[dbc]");
  });
});

describe("a group without items", () => {
  it("is gone with them", () => {
    expect(after("a[bc]d", removeItems(ids("b")))).toBe("a[c]d");
    for (const edit of [removeItems(ids("bc")), groupItems(ids("abc"), group(of("new")))])
      expect(sceneOf(edit.apply(documentOf("a[bc]d"))).groups.map(({ id }) => id)).not.toContain(
        of("bc"),
      );
    const without = removeSource(sceneOf(documentOf("a[b]")).items[1]!.sourceId).apply(
      documentOf("a[b]"),
    );
    expect([pictureOf(without), sceneOf(without).groups]).toEqual(["a", []]);
  });
});

describe("pasting", () => {
  const copied = (letters: string, made: string | null) => ({
    items: lettersOf(letters).map((id) => ({
      ...item(id, "source-a"),
      groupId: made === null ? null : of(made),
    })),
    groups: made === null ? [] : [group(of(made))],
    sources: [],
  });
  const scene = sceneOf(documentOf("a")).id;

  it("brings groups along, or goes into one", () => {
    expect(after("a[bc]d", pasteItems(scene, copied("xy", "new"), "pasteItem"))).toBe("a[bc]d[xy]");
    expect(after("a[bc]d", pasteItems(scene, copied("x", null), "pasteItem", of("bc")))).toBe(
      "a[bcx]d",
    );
    expect(after("a", pasteItems(scene, copied("x", null), "pasteItem", of("gone")))).toBe("ax");
  });
});
