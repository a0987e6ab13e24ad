import { mostItems } from "../../../preload/contract/scene.ts";
import { type CopiedItems, pasteItems, removeItems } from "../../scene/edits/arrange-edits.ts";
import { newFilterId, newGroupId, newItemId } from "../../scene/new-id.ts";
import { selectionOf } from "../../scene/selection.ts";
import { moveBy } from "../../scene/transform.ts";
import type { CommandContext } from "./command-context.ts";
import { type Command, idsOf, some } from "./command.ts";

/** How far a copy lies from what it was made of, in canvas pixels. */
const copyOffsetPx = 20;

const copied = ({ selected, groups }: CommandContext): CopiedItems => ({
  items: selected.map(({ item }) =>
    groups.some(({ id }) => id === item.groupId) ? item : { ...item, groupId: null },
  ),
  groups,
  sources: [...new Set(selected.map(({ source }) => source))],
});

/** Groups stay out of the group that was gone into. */
const placeFor = ({ groups }: CopiedItems, { inside }: CommandContext) =>
  groups.length === 0 ? inside : null;

/** Copies on top of the scene or the group; those that would lie exactly on an equal one lie beside it. */
const paste = (
  context: CommandContext,
  copies: CopiedItems,
  label: "pasteItem" | "duplicateItem",
): void => {
  const { studio, scene } = context;
  const { items, groups, sources } = copies;
  const isCovered = scene.items.some(({ sourceId, transform }) =>
    items.some(
      (item) =>
        item.sourceId === sourceId &&
        item.transform.x === transform.x &&
        item.transform.y === transform.y,
    ),
  );
  const offset = isCovered ? copyOffsetPx : 0;
  const made = new Map(groups.map((group) => [group.id, { ...group, id: newGroupId() }]));
  const pasted = items.map((item) => ({
    ...item,
    id: newItemId(),
    groupId: (item.groupId && made.get(item.groupId)?.id) ?? null,
    transform: moveBy(item.transform, { x: offset, y: offset }),
    filters: item.filters.map((filter) => ({ ...filter, id: newFilterId() })),
  }));
  const into = placeFor(copies, context);
  studio.document.apply(
    pasteItems(scene.id, { items: pasted, groups: [...made.values()], sources }, label, into),
  );
  studio.view.setState({
    selection: selectionOf(
      pasted.map(({ id }) => id),
      into,
    ),
  });
};

/** There is something to add, and the scene can take it. */
const hasRoom = ({ scene }: CommandContext, count: number): boolean =>
  count > 0 && scene.items.length + count <= mostItems;

/** A scene cannot be pasted where it would show itself. */
const canPaste = (context: CommandContext): boolean => {
  const { studio, scene, view } = context;
  if (!view.copiedItems || !hasRoom(context, view.copiedItems.items.length)) return false;
  const document = studio.document.state.getState();
  return pasteItems(scene.id, view.copiedItems, "pasteItem").apply(document) !== document;
};

export const copyCommands = {
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
} as const satisfies Readonly<Record<string, Command>>;
