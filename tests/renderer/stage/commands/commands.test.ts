import { describe, expect, test } from "vitest";
import { createStore } from "zustand/vanilla";
import { ItemId, SceneId } from "../../../../preload/contract/ids.ts";
import { succeed } from "../../../../preload/contract/result.ts";
import { SceneDocument } from "../../../../preload/contract/scene.ts";
import { createWords, wordsOf } from "../../../../renderer/i18n/words.ts";
import { createDocumentStore } from "../../../../renderer/scene/document-store.ts";
import { addScene, switchScene } from "../../../../renderer/scene/edits/scene-edits.ts";
import { selectedIds, selectionOf } from "../../../../renderer/scene/selection.ts";
import { boundsOf } from "../../../../renderer/scene/transform.ts";
import { createViewStore } from "../../../../renderer/scene/view-store.ts";
import type { StudioEngine } from "../../../../renderer/session/state.ts";
import { commandContext } from "../../../../renderer/stage/commands/command-context.ts";
import {
  type CommandId,
  commandOf,
  commandsOfCombo,
  commands,
  runCommand,
} from "../../../../renderer/stage/commands/commands.ts";
import { comboOf } from "../../../../renderer/stage/commands/keys.ts";
import { colourSource, documentOf, type ItemAt } from "../../../fakes/documents.ts";

const words = wordsOf(createWords("en"));
const red = colourSource("red", "#ff0000", 100, 50);
const blue = colourSource("blue", "#0000ff", 40, 80);
const green = colourSource("green", "#00ff00", 60, 60);

const open = (items: readonly ItemAt[]) => {
  const document = createDocumentStore(documentOf(items), () => Promise.resolve(succeed(null)));
  const view = createViewStore();
  const sources = createStore<ReturnType<StudioEngine["sources"]["getState"]>>(() => new Map());
  const studio = { document, view, engine: { sources } } as unknown as Parameters<
    typeof commandContext
  >[0];
  const itemIds = () => commandContext(studio).scene.items.map(({ id }) => id);
  return {
    document,
    view,
    run: (id: CommandId) => runCommand(id, commandContext(studio), words),
    /** As the key does it: the first of its commands that can. */
    press: (combo: string) =>
      commandsOfCombo(combo).find((id) => runCommand(id, commandContext(studio), words)),
    obstacle: (id: CommandId) => commandOf(id).obstacle?.(commandContext(studio)) ?? null,
    group: () => commandContext(studio).scene.groups,
    enabled: (id: CommandId) => commandOf(id).enabled(commandContext(studio)),
    select: (...indexes: readonly number[]) => {
      const ids = itemIds();
      view.setState({
        selection: selectionOf(indexes.map((index) => ids[index] ?? ItemId.parse("none"))),
      });
    },
    items: () => commandContext(studio).scene.items,
    bounds: () =>
      commandContext(studio).layers.map((layer) => boundsOf(layer.item, layer.shownSize)),
    order: () => commandContext(studio).scene.items.map(({ sourceId }) => String(sourceId)),
    selected: () => selectedIds(view.getState().selection).length,
  };
};

/** As the browser says it, of a key as the table has it. */
const pressOf = (combo: string) => {
  const parts = combo.split("+");
  const name = combo.endsWith("++") ? "+" : (parts.at(-1) ?? "");
  const arrows: Record<string, string> = {
    Left: "ArrowLeft",
    Right: "ArrowRight",
    Up: "ArrowUp",
    Down: "ArrowDown",
    Esc: "Escape",
    Del: "Delete",
  };
  const codes: Record<string, string> = {
    "[": "BracketLeft",
    "]": "BracketRight",
    "=": "Equal",
    "-": "Minus",
    ",": "Comma",
    ".": "Period",
  };
  const shiftKey = parts.includes("Shift") || name === "?";
  return {
    key: arrows[name] ?? (/^[A-Z]$/.test(name) && !shiftKey ? name.toLowerCase() : name),
    code:
      codes[name] ??
      (/^\d$/.test(name) ? `Digit${name}` : /^[A-Z]$/.test(name) ? `Key${name}` : name),
    ctrlKey: parts.includes("Ctrl"),
    metaKey: false,
    altKey: parts.includes("Alt"),
    shiftKey,
  };
};

describe("the table", () => {
  test("has every key once, but those that go into groups or leave what is nearer first, and finds it as the browser says it", () => {
    const keys = Object.values(commands).flatMap(({ keys: own }) => [...own]);
    const twice = keys.filter((key, index) => keys.indexOf(key) !== index);
    expect(twice.toSorted()).toEqual(["Enter", "Esc", "Esc"]);
    for (const [id, { keys: own }] of Object.entries(commands))
      for (const key of own) expect(commandsOfCombo(comboOf(pressOf(key)))).toContain(id);
  });

  test("knows letters by their place where a modifier makes something else of them", () => {
    expect(comboOf({ ...pressOf("Alt+A"), key: "å" })).toBe("Alt+A");
    expect(comboOf({ ...pressOf("Ctrl+Shift+]"), key: "}" })).toBe("Ctrl+Shift+]");
  });
});

describe("with nothing selected", () => {
  test("only what needs no item can be run", () => {
    const stage = open([{ source: red }]);
    const can = Object.keys(commands).filter((id) => stage.enabled(id as CommandId));
    expect(can).toEqual(["selectAll", "selectNext", "selectPrevious", "safeAreas", "keyList"]);
  });
});

describe("selecting", () => {
  test("goes through the items from the top, and beyond the last one the key is free", () => {
    const stage = open([{ source: red }, { source: blue }]);
    stage.run("selectNext");
    expect(stage.view.getState().selection).toMatchObject({ itemId: "blue-item-1" });
    stage.run("selectNext");
    expect(stage.view.getState().selection).toMatchObject({ itemId: "red-item-0" });
    expect(stage.enabled("selectNext")).toBe(false);
  });

  test("all leaves out what is locked", () => {
    const stage = open([{ source: red, locked: true }, { source: blue }, { source: green }]);
    stage.run("selectAll");
    expect(stage.selected()).toBe(2);
  });
});

describe("placing", () => {
  test("by keys is one step of undoing while they are pressed one after the other", () => {
    const stage = open([{ source: red, x: 10, y: 10 }]);
    stage.select(0);
    stage.run("farRight");
    stage.run("down");
    expect(stage.items()[0]?.transform).toMatchObject({ x: 20, y: 11 });
    stage.document.undo();
    expect(stage.items()[0]?.transform).toMatchObject({ x: 10, y: 10 });
  });

  test("leaves what is locked where it is", () => {
    const stage = open([{ source: red, x: 10, locked: true }]);
    stage.select(0);
    expect([stage.run("right"), stage.run("fit"), stage.run("alignRight")]).toEqual([
      false,
      false,
      false,
    ]);
    expect(stage.run("lock")).toBe(true);
    expect(stage.run("right")).toBe(true);
  });

  test("aligns one to the canvas and several to each other", () => {
    const stage = open([
      { source: red, x: 100, y: 100 },
      { source: blue, x: 300, y: 200 },
    ]);
    stage.select(0);
    stage.run("alignRight");
    stage.run("alignMiddle");
    expect(stage.bounds()[0]).toMatchObject({ x: 540, y: 155 });
    stage.select(0, 1);
    stage.run("alignLeft");
    expect(stage.bounds().map(({ x }) => x)).toEqual([300, 300]);
  });

  test("distributes with equal gaps", () => {
    const stage = open([
      { source: red, x: 0 },
      { source: green, x: 130 },
      { source: blue, x: 400 },
    ]);
    stage.select(0, 1, 2);
    stage.run("distributeAcross");
    // 440 in all less 200 of theirs: two gaps of 120.
    expect(stage.bounds().map(({ x }) => x)).toEqual([0, 220, 400]);
  });

  test("turns and mirrors several as one picture", () => {
    const stage = open([
      { source: green, x: 0, y: 0 },
      { source: green, x: 100, y: 0 },
    ]);
    stage.select(0, 1);
    stage.run("turnRight");
    expect(stage.bounds().map(({ x, y }) => [x, y])).toEqual([
      [50, -50],
      [50, 50],
    ]);
    stage.run("flipDown");
    expect(stage.bounds().map(({ x, y }) => [x, y])).toEqual([
      [50, 50],
      [50, -50],
    ]);
    expect(stage.items().map(({ transform }) => [transform.rotationDeg, transform.flipY])).toEqual([
      [270, true],
      [270, true],
    ]);
  });

  test("fits, stretches, centres and resets", () => {
    const stage = open([{ source: red, x: 7, y: 9 }]);
    stage.select(0);
    stage.run("fit");
    expect(stage.bounds()[0]).toEqual({ x: 0, y: 20, width: 640, height: 320 });
    stage.run("stretch");
    expect(stage.bounds()[0]).toEqual({ x: 0, y: 0, width: 640, height: 360 });
    stage.run("fill");
    expect(stage.bounds()[0]).toEqual({ x: -40, y: 0, width: 720, height: 360 });
    stage.run("resetPlacement");
    expect(stage.bounds()[0]).toEqual({ x: 0, y: 0, width: 100, height: 50 });
    stage.run("centreAcross");
    expect(stage.bounds()[0]).toMatchObject({ x: 270, y: 0 });
    stage.run("centre");
    expect(stage.bounds()[0]).toMatchObject({ x: 270, y: 155 });
  });

  test("takes a transform from one item to others", () => {
    const stage = open([{ source: red, x: 33, rotationDeg: 20 }, { source: blue }]);
    stage.select(0);
    stage.run("copyPlacement");
    stage.select(1);
    stage.run("pastePlacement");
    expect(stage.items()[1]?.transform).toEqual(stage.items()[0]?.transform);
  });
});

describe("order", () => {
  test("several go one step together, and to either end", () => {
    const stage = open([{ source: red }, { source: blue }, { source: green }]);
    stage.select(0, 1);
    stage.run("raise");
    expect(stage.order()).toEqual(["green", "red", "blue"]);
    expect(stage.enabled("raise")).toBe(false);
    stage.run("toBottom");
    expect(stage.order()).toEqual(["red", "blue", "green"]);
    expect([stage.enabled("lower"), stage.enabled("toTop")]).toEqual([false, true]);
  });
});

describe("copying", () => {
  test("places the same source once more, beside what it would cover, and selects it", () => {
    const stage = open([{ source: red, x: 10, y: 10, opacity: 0.5 }]);
    stage.select(0);
    stage.run("duplicate");
    expect(stage.items()).toHaveLength(2);
    expect(stage.items()[1]).toMatchObject({
      sourceId: "red",
      opacity: 0.5,
      transform: { x: 30, y: 30 },
    });
    expect(stage.document.state.getState().sources).toHaveLength(1);
    expect(stage.view.getState().selection).toMatchObject({ itemId: stage.items()[1]?.id });
    expect(SceneDocument.safeParse(stage.document.state.getState()).success).toBe(true);
  });

  test("goes between scenes, with sources that are gone meanwhile, and can be undone", () => {
    const stage = open([{ source: red, x: 10 }, { source: blue }]);
    stage.select(0);
    stage.run("cut");
    expect(stage.order()).toEqual(["blue"]);
    expect(stage.document.state.getState().sources).toHaveLength(1);
    const other = SceneId.parse("other");
    stage.document.apply(addScene({ id: other, name: "other", items: [], groups: [] }));
    const [canvas] = stage.document.state.getState().canvases;
    if (canvas) stage.document.apply(switchScene(canvas.id, other));
    stage.run("paste");
    expect(stage.order()).toEqual(["red"]);
    expect(stage.items()[0]?.transform.x).toBe(10);
    expect(SceneDocument.safeParse(stage.document.state.getState()).success).toBe(true);
    stage.document.undo();
    expect(stage.order()).toEqual([]);
    expect(stage.document.state.getState().sources).toHaveLength(1);
  });

  test("stops where a scene is full", () => {
    const stage = open(Array.from({ length: 300 }, () => ({ source: red })));
    stage.run("selectAll");
    expect(stage.enabled("duplicate")).toBe(false);
  });
});

describe("groups", () => {
  const three = [
    { source: red, x: 0 },
    { source: blue, x: 200 },
    { source: green, x: 400 },
  ];
  /** A group of the first two, named as a new one is. */
  const grouped = (others: readonly ItemAt[] = []) => {
    const stage = open([...three.slice(0, 2), ...others]);
    stage.select(0, 1);
    stage.press("Ctrl+G");
    return stage;
  };
  const inGroup = (stage: ReturnType<typeof open>) =>
    stage.items().map(({ groupId }) => groupId !== null);

  test("are made, named, and taken apart by keys, and undone", () => {
    const stage = open(three);
    const before = stage.document.state.getState();
    stage.select(0, 2);
    expect(stage.press("Ctrl+G")).toBe("group");
    expect(stage.order()).toEqual(["blue", "red", "green"]);
    expect(stage.group()).toMatchObject([{ name: "Group 1", visible: true, collapsed: false }]);
    expect(stage.press("Ctrl+Shift+G")).toBe("ungroup");
    expect(inGroup(stage)).toEqual([false, false, false]);
    expect(stage.selected()).toBe(2);
    stage.document.undo();
    stage.document.undo();
    expect(stage.document.state.getState()).toEqual(before);
  });

  test("are joined by what is selected with them", () => {
    const stage = grouped([{ source: green }]);
    expect(stage.obstacle("group")).toBe("command.obstacle.isGroup");
    stage.run("selectAll");
    stage.run("group");
    expect([inGroup(stage), stage.group().length]).toEqual([[true, true, true], 1]);
    stage.select(0);
    expect([stage.enabled("group"), stage.obstacle("group")]).toEqual([
      false,
      "command.obstacle.inGroup",
    ]);
    expect([stage.enabled("ungroup"), stage.obstacle("ungroup")]).toEqual([
      false,
      "command.obstacle.noGroup",
    ]);
  });

  test("are gone into by Enter, and left by Escape", () => {
    const stage = grouped([{ source: green }]);
    expect(stage.press("Enter")).toBe("goIn");
    expect(stage.view.getState().selection).toMatchObject({ itemId: stage.items()[1]?.id });
    expect(stage.selected()).toBe(1);
    expect(stage.press("Enter")).toBe("properties");
    stage.run("selectAll");
    expect([stage.selected(), stage.enabled("ungroup")]).toEqual([2, false]);
    stage.view.setState({ comparedItem: stage.items()[1]?.id ?? null });
    expect(stage.press("Esc")).toBe("endComparison");
    expect(stage.view.getState().comparedItem).toBeNull();
    expect(stage.press("Esc")).toBe("goOut");
    expect([stage.selected(), stage.enabled("ungroup")]).toEqual([2, true]);
    expect(stage.press("Esc")).toBe("deselect");
  });

  test("are one stop of Tab, or have theirs within", () => {
    const stage = grouped([{ source: green }]);
    stage.view.setState({ selection: null });
    stage.run("selectNext");
    stage.run("selectNext");
    expect(stage.selected()).toBe(2);
    expect(stage.enabled("selectNext")).toBe(false);
    stage.run("goIn");
    stage.run("selectNext");
    expect(stage.view.getState().selection).toMatchObject({ itemId: stage.items()[0]?.id });
    expect(stage.enabled("selectNext")).toBe(false);
  });

  test("are aligned, spread and fitted as one box", () => {
    const stage = grouped();
    stage.run("alignRight");
    // 240 wide: red from 0 to 100, blue from 200 to 240.
    expect(stage.bounds().map(({ x }) => x)).toEqual([400, 600]);
    stage.run("fit");
    expect(stage.bounds()[0]).toMatchObject({ x: 0 });
    expect(stage.bounds()[1]?.x).toBeCloseTo((200 * 640) / 240, 6);
    stage.run("fill");
    const [red, blue] = stage.bounds();
    // As high as the canvas, and its middle in the canvas's.
    expect((red?.height ?? 0) / (red?.width ?? 0)).toBeCloseTo(50 / 100, 6);
    expect(Math.min(red?.y ?? 1, blue?.y ?? 1)).toBeCloseTo(0, 6);
    expect(((red?.x ?? 0) + (blue?.x ?? 0) + (blue?.width ?? 0)) / 2).toBeCloseTo(320, 6);
    expect(stage.enabled("resetPlacement")).toBe(false);
    expect(stage.obstacle("resetPlacement")).toBe("command.obstacle.group");
    const four = open([...three.slice(0, 2), { source: green, x: 300 }, { source: green, x: 580 }]);
    four.select(0, 1);
    four.run("group");
    four.run("selectAll");
    four.run("distributeAcross");
    // Boxes of 240, 60 and 60 in 640: two gaps of 140.
    expect(four.bounds().map(({ x }) => x)).toEqual([0, 200, 380, 580]);
  });

  test("are sized by keys as one box", () => {
    const stage = grouped();
    stage.run("wider");
    const [left, right] = stage.bounds();
    expect(left?.x).toBe(0);
    expect((right?.x ?? 0) + (right?.width ?? 0)).toBeCloseTo(241, 6);
  });

  test("have switches of their own", () => {
    const stage = grouped();
    stage.run("hide");
    stage.run("lock");
    expect(stage.group()).toMatchObject([{ visible: false, locked: true }]);
    expect(stage.items().every(({ visible, locked }) => visible && !locked)).toBe(true);
    expect(stage.run("right")).toBe(false);
    stage.run("goIn");
    stage.run("hide");
    expect(stage.items().map(({ visible }) => visible)).toEqual([true, false]);
  });

  test("are copied whole, and taken from one scene to another", () => {
    const stage = grouped();
    stage.run("duplicate");
    expect(inGroup(stage)).toEqual([true, true, true, true]);
    expect(stage.group().map(({ name }) => name)).toEqual(["Group 1", "Group 1"]);
    stage.run("cut");
    const other = SceneId.parse("other");
    stage.document.apply(addScene({ id: other, name: "other", items: [], groups: [] }));
    const [canvas] = stage.document.state.getState().canvases;
    if (canvas) stage.document.apply(switchScene(canvas.id, other));
    stage.run("paste");
    expect([stage.order(), inGroup(stage)]).toEqual([
      ["red", "blue"],
      [true, true],
    ]);
    expect(SceneDocument.safeParse(stage.document.state.getState()).error).toBeUndefined();
  });

  test("take in what is pasted in them, and give out copies of single items", () => {
    const stage = grouped([{ source: green }]);
    stage.select(2);
    stage.run("cut");
    stage.select(0, 1);
    stage.run("goIn");
    stage.run("paste");
    expect([stage.order(), inGroup(stage)]).toEqual([
      ["red", "blue", "green"],
      [true, true, true],
    ]);
    stage.run("copy");
    stage.run("goOut");
    stage.run("paste");
    expect(inGroup(stage)).toEqual([true, true, true, false]);
  });

  test("are entered and left by items, which keep their place in the pile where they can", () => {
    const stage = grouped([{ source: green }]);
    stage.select(2);
    expect(stage.press("Ctrl+Right")).toBe("intoGroup");
    expect([stage.order(), inGroup(stage)]).toEqual([
      ["red", "blue", "green"],
      [true, true, true],
    ]);
    expect(stage.obstacle("intoGroup")).toBe("command.obstacle.inGroup");
    expect(stage.press("Ctrl+Left")).toBe("outOfGroup");
    expect(inGroup(stage)).toEqual([true, true, false]);
    stage.select(0);
    stage.run("outOfGroup");
    expect([stage.order(), inGroup(stage)]).toEqual([
      ["red", "blue", "green"],
      [false, true, false],
    ]);
    expect(stage.obstacle("outOfGroup")).toBe("command.obstacle.notInGroup");
    stage.run("intoGroup");
    expect([stage.order(), inGroup(stage)]).toEqual([
      ["red", "blue", "green"],
      [true, true, false],
    ]);
  });

  test("go past others as one, and their items stay within", () => {
    const stage = grouped([{ source: green }]);
    stage.run("raise");
    expect(stage.order()).toEqual(["green", "red", "blue"]);
    stage.run("goIn");
    expect(stage.enabled("raise")).toBe(false);
    stage.run("toBottom");
    expect(stage.order()).toEqual(["green", "blue", "red"]);
  });
});

test("hides and locks all where some are not, and back where all are", () => {
  const stage = open([{ source: red, visible: false }, { source: blue }]);
  stage.select(0, 1);
  stage.run("hide");
  expect(stage.items().map(({ visible }) => visible)).toEqual([false, false]);
  stage.run("hide");
  expect(stage.items().map(({ visible }) => visible)).toEqual([true, true]);
  stage.run("lock");
  expect(stage.items().map(({ locked }) => locked)).toEqual([true, true]);
});

test("zooms about the middle of the stage, and back to all of the canvas", () => {
  const stage = open([{ source: red }]);
  stage.view.setState({ stageArea: { width: 672, height: 392 } });
  stage.run("zoomIn");
  expect(stage.view.getState().stageView).toMatchObject({ scale: 1.5 });
  stage.run("zoomActual");
  expect(stage.view.getState().stageView).toEqual({ scale: 1, left: 16, top: 16 });
  stage.run("zoomFit");
  expect(stage.view.getState().stageView).toBeNull();
});
