import { describe, expect, test } from "vitest";
import type { GroupId, ItemId } from "../../../preload/contract/ids.ts";
import { SceneDocument } from "../../../preload/contract/scene.ts";
import { collapseGroup } from "../../../renderer/scene/edits/group-edits.ts";
import { chooseRow, chosenRows, dropRow, itemRowsOf } from "../../../renderer/scene/item-rows.ts";
import {
  insideOf,
  selectedIds,
  type Selection,
  selectionOf,
} from "../../../renderer/scene/selection.ts";
import { colourSource, documentOf } from "../../fakes/documents.ts";
import { groupId, itemId } from "../../fakes/edited-document.ts";

const at = (name: string, group?: string) => ({
  source: colourSource(name, "#ffffff", 10, 10),
  ...(group && { group }),
});
/** From the bottom to the top a, b and c in g, d; e in h. */
const document = documentOf([at("a"), at("b", "g"), at("c", "g"), at("d"), at("e", "h")]);
const closed = collapseGroup(groupId("g"), true).apply(document);
const id = (name: string): ItemId =>
  itemId(`${name}-item-${["a", "b", "c", "d", "e"].indexOf(name)}`);
const rowId = (name: string): ItemId | GroupId =>
  name === "g" || name === "h" ? groupId(name) : id(name);
const short = (each: string) => each.replace(/-item-\d$/, "");

const sceneOf = ({ scenes }: SceneDocument) => {
  const [scene] = scenes;
  if (!scene) throw new Error("no scene");
  return scene;
};
const rowsOf = (of: SceneDocument) => itemRowsOf(sceneOf(of));
const namesOf = (of: SceneDocument) => rowsOf(of).map((row) => short(row.id));

describe("the rows", () => {
  test("have groups above their items, and nothing of collapsed ones", () => {
    expect(namesOf(document)).toEqual(["h", "e", "d", "g", "c", "b", "a"]);
    expect(namesOf(closed)).toEqual(["h", "e", "d", "g", "a"]);
    expect(rowsOf(closed)[3]).toMatchObject({ type: "group", count: 2 });
  });
});

describe("choosing", () => {
  const scene = sceneOf(document);
  const after = (
    before: Selection | null,
    name: string,
    how: "only" | "toggle" | "extend",
    of = document,
  ) => {
    const selection = chooseRow(sceneOf(of), rowsOf(of), before, rowId(name), how);
    return [
      selectedIds(selection).map(short).join(""),
      insideOf(selection),
      chosenRows(sceneOf(of), selection).map(short).join(""),
    ];
  };

  test("a group's row takes all of it, an item's row goes into its group", () => {
    expect(after(null, "g", "only")).toEqual(["bc", null, "g"]);
    expect(after(null, "c", "only")).toEqual(["c", "g", "c"]);
    expect(after(null, "e", "only")).toEqual(["e", "h", "e"]);
    expect(after(null, "h", "only")).toEqual(["e", null, "h"]);
  });

  test("several by Ctrl", () => {
    const group = selectionOf([id("b"), id("c")]);
    expect(after(group, "d", "toggle")).toEqual(["bcd", null, "gd"]);
    expect(after(group, "g", "toggle")).toEqual(["", null, ""]);
    const inside = selectionOf([id("b")], groupId("g"));
    expect(after(inside, "c", "toggle")).toEqual(["bc", "g", "bc"]);
    expect(after(inside, "a", "toggle")).toEqual(["ba", null, "ba"]);
  });

  test("several by Shift, from the leading row on, whichever way", () => {
    expect(after(selectionOf([id("d")]), "a", "extend")).toEqual(["dbca", null, "dga"]);
    expect(after(selectionOf([id("a")]), "d", "extend")).toEqual(["abcd", null, "agd"]);
    expect(after(selectionOf([id("c")], groupId("g")), "b", "extend")).toEqual(["cb", "g", "cb"]);
    expect(after(null, "d", "extend")).toEqual(["d", null, "d"]);
  });

  test("shows what is selected in a collapsed group on its row", () => {
    const inside = selectionOf([id("b")], groupId("g"));
    expect(chosenRows(sceneOf(closed), inside)).toEqual(["g"]);
    expect(chosenRows(scene, inside)).toEqual([id("b")]);
  });
});

describe("the selection after dropping", () => {
  const after = (name: string, gap: number, parent: string | null, selection: Selection | null) => {
    const drop = { gap, parentId: parent === null ? null : groupId(parent) };
    const dropped = dropRow(sceneOf(document), rowsOf(document), selection, rowId(name), drop);
    return [
      selectedIds(dropped?.selection ?? null)
        .map(short)
        .join(""),
      insideOf(dropped?.selection ?? null),
    ];
  };
  const group = selectionOf([id("b"), id("c")]);

  test("is what was dragged, in the group that it came into", () => {
    expect(after("a", 4, "g", group)).toEqual(["a", "g"]);
    expect(after("c", 7, null, group)).toEqual(["c", null]);
    expect(after("a", 4, "g", selectionOf([id("a")]))).toEqual(["a", "g"]);
    expect(after("b", 7, null, selectionOf([id("b")], groupId("g")))).toEqual(["b", null]);
  });
});

describe("dropping", () => {
  /** The pile from the bottom to the top, groups in brackets. */
  const after = (
    name: string,
    gap: number,
    parent: string | null,
    { of = document, selection = null as Selection | null } = {},
  ) => {
    const drop = { gap, parentId: parent === null ? null : groupId(parent) };
    const dropped = dropRow(sceneOf(of), rowsOf(of), selection, rowId(name), drop);
    if (!dropped) throw new Error("nothing dropped");
    const edited = dropped.edit.apply(of);
    expect(SceneDocument.safeParse(edited).error).toBeUndefined();
    return sceneOf(edited)
      .items.map((item) => short(item.id) + (item.groupId ?? ""))
      .join(" ");
  };

  test("moves an item between the others, into a group, within it and out of it", () => {
    expect(after("a", 2, null)).toBe("bg cg d a eh");
    expect(after("a", 4, "g")).toBe("bg cg ag d eh");
    expect(after("a", 6, "g")).toBe("ag bg cg d eh");
    expect(after("b", 4, "g")).toBe("a cg bg d eh");
    expect(after("b", 3, null)).toBe("a cg b d eh");
    expect(after("e", 7, null)).toBe("e a bg cg d");
  });

  test("moves an item into a collapsed group, and past it", () => {
    expect(after("a", 4, "g", { of: closed })).toBe("bg cg ag d eh");
    expect(after("d", 4, null, { of: closed })).toBe("a d bg cg eh");
    expect(after("d", 5, null, { of: closed })).toBe("d a bg cg eh");
  });

  test("moves whole groups", () => {
    expect(after("g", 0, null)).toBe("a d eh bg cg");
    expect(after("h", 7, null)).toBe("eh a bg cg d");
  });

  test("takes what is chosen with the row; a whole group stays one", () => {
    const both = selectionOf([id("b"), id("c"), id("a")]);
    expect(after("a", 0, null, { selection: both })).toBe("d eh a bg cg");
    expect(after("a", 1, "h", { selection: both })).toBe("d eh a bg cg");
    const inside = selectionOf([id("b"), id("c")], groupId("g"));
    expect(after("b", 1, "h", { selection: inside })).toBe("a d eh bh ch");
    expect(after("b", 7, null, { selection: inside })).toBe("b c a d eh");
  });
});
