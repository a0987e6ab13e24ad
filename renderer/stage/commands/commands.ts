import { type BlendMode, mostItems } from "../../../preload/contract/scene.ts";
import {
  pasteItems,
  placeItems,
  raiseItems,
  removeItems,
  setItemsBlend,
  setItemsLocked,
  setItemsVisible,
} from "../../scene/edits/arrange-edits.ts";
import { removeSource } from "../../scene/edits/source-edits.ts";
import { newFilterId, newItemId } from "../../scene/new-id.ts";
import { selectionOf } from "../../scene/selection.ts";
import {
  centredAt,
  fitToCanvas,
  flipped,
  middleOf,
  moveBy,
  noCrop,
  type Placement,
  plainTransform,
  type Point,
  resizeBy,
  stretchToCanvas,
  turnBy,
  unionOf,
} from "../../scene/transform.ts";
import type { CopiedItems } from "../../scene/view-store.ts";
import type { Layer } from "../layers.ts";
import { steppedScale, zoomAt } from "../zoom.ts";
import { aligned, distributed, type Edge } from "./arrange.ts";
import type { CommandContext } from "./command-context.ts";

/** Something that the anchor can ask for by key, menu or button. */
interface Command {
  /** The first one is shown; `comboOf` says how they are written. */
  readonly keys: readonly string[];
  readonly enabled: (context: CommandContext) => boolean;
  /** Called only while it is enabled. */
  readonly run: (context: CommandContext) => void;
  /** Of what is switched on and off. */
  readonly checked?: (context: CommandContext) => boolean;
}

/** Keys that are pressed again and again within this time are one step of undoing. */
const pauseMs = 1_000;
/** How far a copy lies from what it was made of, in canvas pixels. */
const copyOffsetPx = 20;

const idsOf = (layers: readonly Layer[]) => layers.map(({ item }) => item.id);
const some = ({ selected }: CommandContext) => selected.length > 0;
/** Something can be moved. */
const movable = (context: CommandContext) => context.movable.length > 0;
type Sized = Layer & { readonly size: NonNullable<Layer["size"]> };
const sizedOf = (layers: readonly Layer[]): readonly Sized[] =>
  layers.filter((layer): layer is Sized => layer.size !== null);
/** Something can be sized and turned. */
const sized = (context: CommandContext) => sizedOf(context.movable).length > 0;

const select = ({ studio }: CommandContext, layers: readonly Layer[]): void =>
  studio.view.setState({ selection: selectionOf(idsOf(layers)) });

type PlaceLabel = Parameters<typeof placeItems>[1];

/** Places each of the selected layers that can be sized. */
const placeEach = (
  context: CommandContext,
  label: PlaceLabel,
  place: (layer: Sized) => Placement,
  merge?: string,
): void => {
  const layers = sizedOf(context.movable);
  context.studio.document.apply(
    placeItems(new Map(layers.map((layer) => [layer.item.id, place(layer)])), label),
    merge === undefined
      ? {}
      : { merge: { key: `${merge} ${idsOf(layers).join()}`, withinMs: pauseMs } },
  );
};

const placing = (
  label: PlaceLabel,
  place: (layer: Sized, context: CommandContext) => Placement,
  ...keys: readonly string[]
): Command => ({
  keys,
  enabled: sized,
  run: (context) => placeEach(context, label, (layer) => place(layer, context)),
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
      ({ item, size }) => {
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
    const bounds = unionOf(sizedOf(context.movable).map((layer) => layer.bounds));
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
    const bounds = unionOf(sizedOf(context.movable).map((layer) => layer.bounds));
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
  run: ({ movable: layers, canvas, studio }) =>
    studio.document.apply(placeItems(aligned(layers, edge, canvas), "alignItem")),
});

const distributing = (axis: "x" | "y", key: string): Command => ({
  keys: [key],
  enabled: (context) => context.movable.length > 2,
  run: ({ movable: layers, studio }) =>
    studio.document.apply(placeItems(distributed(layers, axis), "alignItem")),
});

/** The middle of all of them to the middle of the canvas. */
const centring = (axes: "x" | "y" | "xy", ...keys: readonly string[]): Command => ({
  keys,
  enabled: movable,
  run: ({ movable: layers, canvas, studio }) => {
    const bounds = unionOf(layers.map((layer) => layer.bounds));
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

const ordering = (to: "up" | "down" | "top" | "bottom", ...keys: readonly string[]): Command => ({
  keys,
  enabled: ({ selected, layers }) => {
    const ids = new Set(idsOf(selected));
    const from = to === "up" || to === "top" ? layers : layers.toReversed();
    // Somebody is not at that end yet.
    const first = from.findIndex(({ item }) => ids.has(item.id));
    return first >= 0 && from.slice(first).some(({ item }) => !ids.has(item.id));
  },
  run: ({ selected, studio }) => studio.document.apply(raiseItems(idsOf(selected), to)),
});

const copied = ({ selected }: CommandContext): CopiedItems => ({
  items: selected.map(({ item }) => item),
  sources: [...new Set(selected.map(({ source }) => source))],
});

/** Copies on top of the scene; those that would lie exactly on an equal one lie beside it. */
const paste = (
  context: CommandContext,
  { items, sources }: CopiedItems,
  label: "pasteItem" | "duplicateItem",
): void => {
  const { studio, scene } = context;
  const isCovered = scene.items.some(({ sourceId, transform }) =>
    items.some(
      (item) =>
        item.sourceId === sourceId &&
        item.transform.x === transform.x &&
        item.transform.y === transform.y,
    ),
  );
  const offset = isCovered ? copyOffsetPx : 0;
  const pasted = items.map((item) => ({
    ...item,
    id: newItemId(),
    transform: moveBy(item.transform, { x: offset, y: offset }),
    filters: item.filters.map((filter) => ({ ...filter, id: newFilterId() })),
  }));
  studio.document.apply(pasteItems(scene.id, pasted, sources, label));
  studio.view.setState({ selection: selectionOf(pasted.map(({ id }) => id)) });
};

/** There is something to add, and the scene can take it. */
const hasRoom = ({ scene }: CommandContext, count: number): boolean =>
  count > 0 && scene.items.length + count <= mostItems;

/** A scene cannot be pasted where it would show itself. */
const canPaste = (context: CommandContext): boolean => {
  const { studio, scene, view } = context;
  if (!view.copiedItems || !hasRoom(context, view.copiedItems.items.length)) return false;
  const { items, sources } = view.copiedItems;
  const document = studio.document.state.getState();
  return pasteItems(scene.id, items, sources, "pasteItem").apply(document) !== document;
};

const stepSelection = (by: 1 | -1, key: string): Command => {
  // From the top, as the list has it; hidden and locked ones too.
  const next = ({ layers, view }: CommandContext): Layer | undefined => {
    const fromTop = layers.toReversed();
    const { selection } = view;
    const at =
      selection?.type === "item"
        ? fromTop.findIndex(({ item }) => item.id === selection.itemId)
        : -1;
    return at < 0 ? fromTop.at(by === 1 ? 0 : -1) : fromTop[at + by];
  };
  return {
    keys: [key],
    // Beyond the last one the key leaves the stage, as it leaves everything else.
    enabled: (context) => next(context) !== undefined,
    run: (context) => {
      const layer = next(context);
      if (layer) select(context, [layer]);
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

const blending = (blend: BlendMode): Command => ({
  keys: [],
  enabled: some,
  run: ({ selected, studio }) => studio.document.apply(setItemsBlend(idsOf(selected), blend)),
  checked: ({ selected }) =>
    selected.length > 0 && selected.every(({ item }) => item.blend === blend),
});

/** Every command of the stage and the list of sources, by its id; `command.<id>` in the locales says what it does. */
export const commands = {
  properties: {
    keys: ["Enter"],
    enabled: ({ view }) => view.selection !== null,
    run: ({ studio, view }) => studio.view.setState({ inspectorOpen: !view.inspectorOpen }),
    checked: ({ view }) => view.inspectorOpen,
  },
  selectAll: {
    keys: ["Ctrl+A"],
    enabled: ({ layers }) => layers.some(({ item }) => !item.locked),
    run: (context) =>
      select(
        context,
        context.layers.filter(({ item }) => !item.locked),
      ),
  },
  deselect: {
    keys: ["Esc"],
    enabled: ({ view }) => view.selection !== null,
    run: ({ studio }) => studio.view.setState({ selection: null }),
  },
  selectNext: stepSelection(1, "Tab"),
  selectPrevious: stepSelection(-1, "Shift+Tab"),

  cut: {
    keys: ["Ctrl+X"],
    enabled: some,
    run: (context) => {
      context.studio.view.setState({ copiedItems: copied(context), selection: null });
      context.studio.document.apply(removeItems(idsOf(context.selected)));
    },
  },
  copy: {
    keys: ["Ctrl+C"],
    enabled: some,
    run: (context) => context.studio.view.setState({ copiedItems: copied(context) }),
  },
  paste: {
    keys: ["Ctrl+V"],
    enabled: (context) => canPaste(context),
    run: (context) => {
      if (context.view.copiedItems) paste(context, context.view.copiedItems, "pasteItem");
    },
  },
  duplicate: {
    keys: ["Ctrl+D"],
    enabled: (context) => hasRoom(context, context.selected.length),
    run: (context) => paste(context, copied(context), "duplicateItem"),
  },
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
    enabled: ({ selected }) => selected.length === 1,
    run: ({ studio, selected: [layer] }) => {
      if (layer)
        studio.view.setState({
          copiedPlacement: { transform: layer.item.transform, crop: layer.item.crop },
        });
    },
  },
  pastePlacement: {
    keys: ["Ctrl+Shift+V"],
    enabled: (context) => context.view.copiedPlacement !== null && movable(context),
    run: ({ studio, movable: layers, view: { copiedPlacement } }) => {
      if (!copiedPlacement) return;
      studio.document.apply(
        placeItems(new Map(layers.map(({ item }) => [item.id, copiedPlacement])), "placeItem"),
      );
    },
  },
  fit: placing(
    "placeItem",
    ({ item, size }, { canvas }) => fitToCanvas(item, size, canvas),
    "F",
    "Ctrl+F",
  ),
  stretch: placing(
    "placeItem",
    ({ item, size }, { canvas }) => stretchToCanvas(item, size, canvas),
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
  resetPlacement: placing(
    "placeItem",
    () => ({ transform: plainTransform, crop: noCrop }),
    "Ctrl+R",
  ),

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
    run: ({ studio, selected }) =>
      studio.document.apply(
        setItemsVisible(
          idsOf(selected),
          selected.every(({ item }) => !item.visible),
        ),
      ),
    checked: ({ selected }) => selected.length > 0 && selected.every(({ item }) => !item.visible),
  },
  lock: {
    keys: ["L"],
    enabled: some,
    run: ({ studio, selected }) =>
      studio.document.apply(
        setItemsLocked(
          idsOf(selected),
          selected.some(({ item }) => !item.locked),
        ),
      ),
    checked: ({ selected }) => selected.length > 0 && selected.every(({ item }) => item.locked),
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

const byCombo = new Map<string, CommandId>(
  Object.entries(commands).flatMap(([id, { keys }]) =>
    keys.map((key) => [key, id as CommandId] as const),
  ),
);

export const commandOf = (id: CommandId): Command => commands[id];

/** The command of a key as `comboOf` writes it. */
export const commandOfCombo = (combo: string): CommandId | undefined => byCombo.get(combo);

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
export const runCommand = (id: CommandId, context: CommandContext): boolean => {
  const command = commandOf(id);
  if (!command.enabled(context)) return false;
  command.run(context);
  return true;
};
