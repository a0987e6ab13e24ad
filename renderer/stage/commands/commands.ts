import type { Size } from "../../../preload/contract/geometry.ts";
import type { GroupId, ItemId } from "../../../preload/contract/ids.ts";
import type { BlendMode, Group, Item } from "../../../preload/contract/scene.ts";
import type { Words } from "../../i18n/words.ts";
import {
  placeItems,
  removeItems,
  setItemsBlend,
  setLocked,
  setVisible,
} from "../../scene/edits/arrange-edits.ts";
import { raiseItems, reordered, type Way } from "../../scene/edits/order-edits.ts";
import { removeSource } from "../../scene/edits/source-edits.ts";
import { chosenRows } from "../../scene/item-rows.ts";
import {
  centredAt,
  fillCanvas,
  fitToCanvas,
  flipped,
  middleOf,
  moveBy,
  noCrop,
  type Placement,
  plainTransform,
  type Point,
  type Rect,
  resizeBy,
  stretchToCanvas,
  turnBy,
} from "../../scene/transform.ts";
import { type Block, blocksOf, boundsOfLayers, type Layer } from "../layers.ts";
import { steppedScale, zoomAt } from "../zoom.ts";
import { aligned, distributed, type Edge, fillingBox, fittedBox, reboxed } from "./arrange.ts";
import type { CommandContext } from "./command-context.ts";
import { type Command, idsOf, select, some } from "./command.ts";
import { copyCommands } from "./copy-commands.ts";
import { groupCommands } from "./group-commands.ts";

/** Keys that are pressed again and again within this time are one step of undoing. */
const pauseMs = 1_000;
/** Something can be moved. */
const movable = (context: CommandContext) => context.movable.length > 0;
type Sized = Layer & { readonly size: NonNullable<Layer["size"]> };
const sizedOf = (layers: readonly Layer[]): readonly Sized[] =>
  layers.filter((layer): layer is Sized => layer.size !== null);
/** Something can be sized and turned. */
const sized = (context: CommandContext) => sizedOf(context.movable).length > 0;

/** What a group is arranged as: one box. */
const blocksIn = ({ groups }: CommandContext, layers: readonly Layer[]): readonly Block[] =>
  blocksOf(layers, (groupId) => groups.some(({ id }) => id === groupId));

/** A group has no transform of its own. */
const withoutGroups = ({ groups }: CommandContext): boolean => groups.length === 0;
const obstacleOfGroups = (context: CommandContext) =>
  withoutGroups(context) ? null : ("command.obstacle.group" as const);

/** The row that shows all that is selected. */
const rowOf = ({ scene, view: { selection } }: CommandContext): ItemId | GroupId | undefined => {
  const [row, ...others] = chosenRows(scene, selection);
  return others.length === 0 ? row : undefined;
};

type PlaceLabel = Parameters<typeof placeItems>[1];

/** Places each of the selected layers that can be sized; `block` is what is arranged with it as one box. */
const placeEach = (
  context: CommandContext,
  label: PlaceLabel,
  place: (layer: Sized, block: Block) => Placement,
  merge?: string,
): void => {
  const layers = sizedOf(context.movable);
  const placements = blocksIn(context, layers).flatMap((block) =>
    sizedOf(block.layers).map((layer) => [layer.item.id, place(layer, block)] as const),
  );
  context.studio.document.apply(
    placeItems(new Map(placements), label),
    merge === undefined
      ? {}
      : { merge: { key: `${merge} ${idsOf(layers).join()}`, withinMs: pauseMs } },
  );
};

/** An item by itself, or those of a group with the rectangle that they lie in together. */
const placing = (
  placeItem: (layer: Sized, canvas: Size) => Placement,
  boxOfGroup: (bounds: Rect, canvas: Size) => Rect,
  ...keys: readonly string[]
): Command => ({
  keys,
  enabled: sized,
  run: (context) =>
    placeEach(context, "placeItem", (layer, { groupId, bounds }) =>
      groupId === null
        ? placeItem(layer, context.canvas)
        : reboxed(layer, bounds, boxOfGroup(bounds, context.canvas)),
    ),
});

const nudging = (key: string, delta: Point): Command => ({
  keys: [key],
  enabled: movable,
  run: ({ movable: layers, studio }) =>
    studio.document.apply(
      placeItems(
        new Map(
          layers.map(({ item }) => [
            item.id,
            { crop: item.crop, transform: moveBy(item.transform, delta) },
          ]),
        ),
        "moveItem",
      ),
      { merge: { key: `nudge ${idsOf(layers).join()}`, withinMs: pauseMs } },
    ),
});

/** By a key: the bottom right corner moves. */
const sizing = (key: string, x: number, y: number): Command => ({
  keys: [key],
  enabled: sized,
  run: (context) =>
    placeEach(
      context,
      "resizeItem",
      ({ item, size, shownSize }, { groupId, bounds }) => {
        if (groupId !== null) {
          const { width, height } = bounds;
          const to = { ...bounds, width: Math.max(1, width + x), height: Math.max(1, height + y) };
          return reboxed({ item, shownSize }, bounds, to);
        }
        const handle = x === 0 ? "s" : "e";
        const deg = (item.transform.rotationDeg * Math.PI) / 180;
        const delta = {
          x: x * Math.cos(deg) - y * Math.sin(deg),
          y: x * Math.sin(deg) + y * Math.cos(deg),
        };
        return resizeBy(item, size, handle, delta, false);
      },
      "size",
    ),
});

/** Several turn about what they cover together. */
const turning = (deg: number, merge: string | undefined, ...keys: readonly string[]): Command => ({
  keys,
  enabled: sized,
  run: (context) => {
    const bounds = boundsOfLayers(sizedOf(context.movable));
    if (!bounds) return;
    const about = middleOf(bounds);
    placeEach(context, "turnItem", ({ item, size }) => turnBy(item, size, about, deg), merge);
  },
});

/** Several are mirrored as one picture. */
const flipping = (axis: "x" | "y", ...keys: readonly string[]): Command => ({
  keys,
  enabled: sized,
  run: (context) => {
    const bounds = boundsOfLayers(sizedOf(context.movable));
    if (!bounds) return;
    const about = middleOf(bounds);
    placeEach(context, "flipItem", ({ item, size, bounds: own }) => {
      const middle = middleOf(own);
      const to = { ...middle, [axis]: 2 * about[axis] - middle[axis] };
      return centredAt(flipped(item, axis), size, to);
    });
  },
});

const aligning = (edge: Edge, key: string): Command => ({
  keys: [key],
  enabled: movable,
  run: (context) =>
    context.studio.document.apply(
      placeItems(aligned(blocksIn(context, context.movable), edge, context.canvas), "alignItem"),
    ),
});

const distributing = (axis: "x" | "y", key: string): Command => ({
  keys: [key],
  enabled: (context) => blocksIn(context, context.movable).length > 2,
  run: (context) =>
    context.studio.document.apply(
      placeItems(distributed(blocksIn(context, context.movable), axis), "alignItem"),
    ),
});

/** The middle of all of them to the middle of the canvas. */
const centring = (axes: "x" | "y" | "xy", ...keys: readonly string[]): Command => ({
  keys,
  enabled: movable,
  run: ({ movable: layers, canvas, studio }) => {
    const bounds = boundsOfLayers(layers);
    if (!bounds) return;
    const middle = middleOf(bounds);
    const by = {
      x: axes.includes("x") ? canvas.width / 2 - middle.x : 0,
      y: axes.includes("y") ? canvas.height / 2 - middle.y : 0,
    };
    const placements = layers.map(({ item: { id, crop, transform } }) => {
      const placement: Placement = {
        crop,
        transform: { ...transform, x: transform.x + by.x, y: transform.y + by.y },
      };
      return [id, placement] as const;
    });
    studio.document.apply(placeItems(new Map(placements), "alignItem"));
  },
});

const ordering = (to: Way, ...keys: readonly string[]): Command => ({
  keys,
  enabled: ({ scene, selected, inside }) =>
    selected.length > 0 &&
    reordered(scene, new Set(idsOf(selected)), to, inside).some(
      (item, index) => item !== scene.items[index],
    ),
  run: ({ selected, studio, inside }) =>
    studio.document.apply(raiseItems(idsOf(selected), to, inside)),
});

/** What is chosen one after the other: items and whole groups, or the items of the group that was gone into. */
const stops = ({ layers, inside }: CommandContext): readonly Block[] =>
  inside === null
    ? blocksOf(layers, () => true)
    : blocksOf(
        layers.filter(({ item }) => item.groupId === inside),
        () => false,
      );

const stepSelection = (by: 1 | -1, key: string): Command => {
  // From the top, as the list has it; hidden and locked ones too.
  const next = (context: CommandContext): Block | undefined => {
    const fromTop = stops(context).toReversed();
    const { selection } = context.view;
    const at =
      selection?.type === "item"
        ? fromTop.findIndex(({ layers }) => layers.some(({ item }) => item.id === selection.itemId))
        : -1;
    return at < 0 ? fromTop.at(by === 1 ? 0 : -1) : fromTop[at + by];
  };
  return {
    keys: [key],
    // Beyond the last one the key leaves the stage, as it leaves everything else.
    enabled: (context) => next(context) !== undefined,
    run: (context) => {
      const block = next(context);
      if (block) select(context, block.layers);
    },
  };
};

const zooming = (
  scaleOf: (scale: number) => number | null,
  ...keys: readonly string[]
): Command => ({
  keys,
  enabled: ({ shown }) => shown !== null,
  run: ({ studio, shown, canvas, view: { stageArea } }) => {
    if (!shown || !stageArea) return;
    const scale = scaleOf(shown.scale);
    const middle = { x: stageArea.width / 2, y: stageArea.height / 2 };
    studio.view.setState({
      stageView: scale === null ? null : zoomAt(shown, scale, middle, canvas, stageArea),
    });
  },
});

/** What is hidden and locked: groups by themselves, and what is in none of them. */
const switched = ({ selected, groups }: CommandContext): readonly (Group | Item)[] => [
  ...groups,
  ...selected
    .map(({ item }) => item)
    .filter(({ groupId }) => !groups.some(({ id }) => id === groupId)),
];

const blending = (blend: BlendMode): Command => ({
  keys: [],
  enabled: some,
  run: ({ selected, studio }) => studio.document.apply(setItemsBlend(idsOf(selected), blend)),
  checked: ({ selected }) =>
    selected.length > 0 && selected.every(({ item }) => item.blend === blend),
});

/** Every command of the stage and the list of sources, by its id; `command.<id>` in the locales says what it does. */
export const commands = {
  /** Before all else that Escape leaves. */
  endComparison: {
    keys: ["Esc"],
    enabled: ({ view }) => view.comparedItem !== null,
    run: ({ studio }) => studio.view.setState({ comparedItem: null }),
  },
  ...groupCommands,
  properties: {
    keys: ["Enter"],
    enabled: ({ view }) => view.selection !== null,
    run: ({ studio, view }) => studio.view.setState({ inspectorOpen: !view.inspectorOpen }),
    checked: ({ view }) => view.inspectorOpen,
  },
  /** In the list of sources, wherever it is asked for. */
  rename: {
    keys: ["F2"],
    enabled: (context) => rowOf(context) !== undefined,
    run: (context) => context.studio.view.setState({ renamedRow: rowOf(context) ?? null }),
  },
  selectAll: {
    keys: ["Ctrl+A"],
    enabled: ({ layers }) => layers.some(({ locked }) => !locked),
    run: (context) =>
      select(
        context,
        stops(context)
          .filter((block) => block.layers.some(({ locked }) => !locked))
          .flatMap((block) => block.layers),
      ),
  },
  deselect: {
    keys: ["Esc"],
    enabled: ({ view }) => view.selection !== null,
    run: ({ studio }) => studio.view.setState({ selection: null }),
  },
  selectNext: stepSelection(1, "Tab"),
  selectPrevious: stepSelection(-1, "Shift+Tab"),

  ...copyCommands,
  remove: {
    keys: ["Del", "Backspace"],
    enabled: ({ view }) => view.selection !== null,
    run: ({ studio, selected, view: { selection } }) => {
      studio.document.apply(
        selection?.type === "source"
          ? removeSource(selection.sourceId)
          : removeItems(idsOf(selected)),
      );
      studio.view.setState({ selection: null });
    },
  },

  copyPlacement: {
    keys: ["Ctrl+Shift+C"],
    enabled: (context) => context.selected.length === 1 && withoutGroups(context),
    obstacle: obstacleOfGroups,
    run: ({ studio, selected: [layer] }) => {
      if (layer)
        studio.view.setState({
          copiedPlacement: { transform: layer.item.transform, crop: layer.item.crop },
        });
    },
  },
  pastePlacement: {
    keys: ["Ctrl+Shift+V"],
    enabled: (context) =>
      context.view.copiedPlacement !== null && movable(context) && withoutGroups(context),
    obstacle: obstacleOfGroups,
    run: ({ studio, movable: layers, view: { copiedPlacement } }) => {
      if (!copiedPlacement) return;
      studio.document.apply(
        placeItems(new Map(layers.map(({ item }) => [item.id, copiedPlacement])), "placeItem"),
      );
    },
  },
  fit: placing(
    ({ item, size }, canvas) => fitToCanvas(item, size, canvas),
    fittedBox,
    "F",
    "Ctrl+F",
  ),
  fill: placing(({ item, size }, canvas) => fillCanvas(item, size, canvas), fillingBox, "Shift+F"),
  stretch: placing(
    ({ item, size }, canvas) => stretchToCanvas(item, size, canvas),
    (_, { width, height }) => ({ x: 0, y: 0, width, height }),
    "Ctrl+S",
  ),
  centre: centring("xy", "C"),
  centreAcross: centring("x"),
  centreDown: centring("y"),
  flipAcross: flipping("x", "Shift+H"),
  flipDown: flipping("y", "Shift+V"),
  turnRight: turning(90, undefined, "R"),
  turnLeft: turning(-90, undefined, "Shift+R"),
  turnHalf: turning(180, undefined),
  turnOn: turning(1, "turn", "."),
  turnBack: turning(-1, "turn", ","),
  resetPlacement: {
    keys: ["Ctrl+R"],
    enabled: (context) => sized(context) && withoutGroups(context),
    obstacle: obstacleOfGroups,
    run: (context) =>
      placeEach(context, "placeItem", () => ({ transform: plainTransform, crop: noCrop })),
  },

  alignLeft: aligning("left", "Alt+A"),
  alignCentre: aligning("centre", "Alt+H"),
  alignRight: aligning("right", "Alt+D"),
  alignTop: aligning("top", "Alt+W"),
  alignMiddle: aligning("middle", "Alt+V"),
  alignBottom: aligning("bottom", "Alt+S"),
  distributeAcross: distributing("x", "Alt+Shift+H"),
  distributeDown: distributing("y", "Alt+Shift+V"),

  raise: ordering("up", "Ctrl+]", "Ctrl+Up"),
  lower: ordering("down", "Ctrl+[", "Ctrl+Down"),
  toTop: ordering("top", "Ctrl+Shift+]", "Ctrl+Home"),
  toBottom: ordering("bottom", "Ctrl+Shift+[", "Ctrl+End"),

  hide: {
    keys: ["H"],
    enabled: some,
    run: (context) => {
      const things = switched(context);
      const visible = things.every((each) => !each.visible);
      context.studio.document.apply(
        setVisible(
          things.map(({ id }) => id),
          visible,
        ),
      );
    },
    checked: (context) => some(context) && switched(context).every(({ visible }) => !visible),
  },
  lock: {
    keys: ["L"],
    enabled: some,
    run: (context) => {
      const things = switched(context);
      const locked = things.some((each) => !each.locked);
      context.studio.document.apply(
        setLocked(
          things.map(({ id }) => id),
          locked,
        ),
      );
    },
    checked: (context) => some(context) && switched(context).every(({ locked }) => locked),
  },

  left: nudging("Left", { x: -1, y: 0 }),
  right: nudging("Right", { x: 1, y: 0 }),
  up: nudging("Up", { x: 0, y: -1 }),
  down: nudging("Down", { x: 0, y: 1 }),
  farLeft: nudging("Shift+Left", { x: -10, y: 0 }),
  farRight: nudging("Shift+Right", { x: 10, y: 0 }),
  farUp: nudging("Shift+Up", { x: 0, y: -10 }),
  farDown: nudging("Shift+Down", { x: 0, y: 10 }),
  narrower: sizing("Alt+Left", -1, 0),
  wider: sizing("Alt+Right", 1, 0),
  shorter: sizing("Alt+Up", 0, -1),
  taller: sizing("Alt+Down", 0, 1),

  blendNormal: blending("normal"),
  blendAdditive: blending("additive"),
  blendSubtract: blending("subtract"),
  blendScreen: blending("screen"),
  blendMultiply: blending("multiply"),
  blendLighten: blending("lighten"),
  blendDarken: blending("darken"),

  zoomIn: zooming((scale) => steppedScale(scale, 1), "Ctrl+="),
  zoomOut: zooming((scale) => steppedScale(scale, -1), "Ctrl+-"),
  zoomFit: zooming(() => null, "Ctrl+0"),
  zoomActual: zooming(() => 1, "Ctrl+1"),
  safeAreas: {
    keys: ["G"],
    enabled: () => true,
    run: ({ studio, view }) => studio.view.setState({ safeAreas: !view.safeAreas }),
    checked: ({ view }) => view.safeAreas,
  },
  keyList: {
    keys: ["F1", "?"],
    enabled: () => true,
    run: ({ studio, view }) => studio.view.setState({ keyListOpen: !view.keyListOpen }),
  },
} as const satisfies Readonly<Record<string, Command>>;

export type CommandId = keyof typeof commands;

const byCombo = Map.groupBy(
  Object.entries(commands).flatMap(([id, { keys }]) =>
    keys.map((key) => [key, id as CommandId] as const),
  ),
  ([key]) => key,
);

export const commandOf = (id: CommandId): Command => commands[id];

/** The commands of a key as `comboOf` writes it: the first of them that is enabled has it. */
export const commandsOfCombo = (combo: string): readonly CommandId[] =>
  byCombo.get(combo)?.map(([, id]) => id) ?? [];

export const shortcutOf = (id: CommandId): string | undefined => commandOf(id).keys[0];

/** What a blend mode's command is called. */
export const blendCommands: Readonly<Record<BlendMode, CommandId>> = {
  normal: "blendNormal",
  additive: "blendAdditive",
  subtract: "blendSubtract",
  screen: "blendScreen",
  multiply: "blendMultiply",
  lighten: "blendLighten",
  darken: "blendDarken",
};

/** Runs a command where it is enabled; answers whether it was. */
export const runCommand = (id: CommandId, context: CommandContext, words: Words): boolean => {
  const command = commandOf(id);
  if (!command.enabled(context)) return false;
  command.run(context, words);
  return true;
};
