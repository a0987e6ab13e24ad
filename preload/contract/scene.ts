import { z } from "zod";
import { Filter } from "./filter.ts";
import { groupingFault } from "./grouping.ts";
import { nestingFault } from "./nesting.ts";
import { Crop, Transform } from "./geometry.ts";
import { CanvasId, GroupId, ItemId, PictureId, SceneId, SourceId } from "./ids.ts";

/** `#rrggbb` or `#rrggbbaa`. */
export const Colour = z.string().regex(/^#[0-9a-f]{6}([0-9a-f]{2})?$/i);
const side = z.int().min(1).max(16_384);
const named = { id: SourceId, name: z.string().min(1).max(100) };

export const Source = z.discriminatedUnion("kind", [
  /** `captureId` as desktopCapturer gave it; `displayName` finds the screen again after a restart. */
  z.object({
    ...named,
    kind: z.literal("screen"),
    captureId: z.string().max(200),
    displayName: z.string().max(500),
  }),
  /** A window is found again by its title where its id is gone. */
  z.object({
    ...named,
    kind: z.literal("window"),
    captureId: z.string().max(200),
    title: z.string().max(500),
  }),
  /** `deviceId` as enumerateDevices gave it; `label` finds the device again where the id has changed. */
  z.object({
    ...named,
    kind: z.literal("camera"),
    deviceId: z.string().max(200),
    label: z.string().max(500),
    width: side,
    height: side,
    fps: z.int().min(1).max(60),
  }),
  /** Microphones are heard whenever they are in the document; they have no item. */
  z.object({
    ...named,
    kind: z.literal("microphone"),
    deviceId: z.string().max(200),
    label: z.string().max(500),
    gainDb: z.number().min(-60).max(20),
    muted: z.boolean(),
  }),
  z.object({ ...named, kind: z.literal("image"), pictureId: PictureId, width: side, height: side }),
  z.object({
    ...named,
    kind: z.literal("text"),
    text: z.string().max(2_000),
    sizePx: z.int().min(8).max(400),
    weight: z.enum(["normal", "bold"]),
    align: z.enum(["left", "center", "right"]),
    colour: Colour,
    /** Behind the text, with some padding; null for none. */
    background: Colour.nullable(),
    /** Lines are wrapped at this width. */
    maxWidthPx: side,
  }),
  z.object({ ...named, kind: z.literal("colour"), colour: Colour, width: side, height: side }),
  /** Bars, a moving element, a clock, the frame stamp, and a flash once a second with a beep of `gainDb`. */
  z.object({
    ...named,
    kind: z.literal("testPattern"),
    width: side,
    height: side,
    gainDb: z.number().min(-60).max(0),
    muted: z.boolean(),
  }),
  z.object({
    ...named,
    kind: z.literal("alerts"),
    width: side,
    height: side,
    gainDb: z.number().min(-60).max(0),
    muted: z.boolean(),
  }),
  /** A scene within others: what of its canvas lies between 0 and this size. It has the scene's name. */
  z.object({ ...named, kind: z.literal("scene"), sceneId: SceneId, width: side, height: side }),
]);
export type Source = z.infer<typeof Source>;
export type SourceKind = Source["kind"];
export type SourceOf<K extends SourceKind> = Extract<Source, { kind: K }>;

/** How an item is mixed with what lies below it, channel by channel of sRGB as OBS does. */
export const BlendMode = z.enum([
  "normal",
  "additive",
  "subtract",
  "screen",
  "multiply",
  "lighten",
  "darken",
]);
export type BlendMode = z.infer<typeof BlendMode>;

export const mostFilters = 50;

export const Item = z.object({
  id: ItemId,
  sourceId: SourceId,
  transform: Transform,
  crop: Crop,
  visible: z.boolean(),
  /** Is not moved, sized or picked by the pointer. */
  locked: z.boolean().default(false),
  opacity: z.number().min(0).max(1).default(1),
  blend: BlendMode.default("normal"),
  /** In the order in which they are applied. */
  filters: z.array(Filter).max(mostFilters).default([]),
  /** One of its scene's groups. */
  groupId: GroupId.nullable().default(null),
});
export type Item = z.infer<typeof Item>;

export const mostItems = 500;

/** Items of one scene that belong together. It has no place of its own: they lie where they lie. */
export const Group = z.object({
  id: GroupId,
  name: z.string().min(1).max(100),
  /** Its items are seen as they are; else none of them is. */
  visible: z.boolean(),
  /** Its items are locked, whatever they are themselves. */
  locked: z.boolean(),
  /** The list of sources does not show its items. */
  collapsed: z.boolean(),
});
export type Group = z.infer<typeof Group>;

/** `items` from the bottom to the top, those of a group next to each other; `groups` in no order. */
export const Scene = z.object({
  id: SceneId,
  name: z.string().min(1).max(100),
  items: z.array(Item).max(mostItems),
  groups: z.array(Group).max(mostItems).default([]),
});
export type Scene = z.infer<typeof Scene>;

export const Canvas = z.object({
  id: CanvasId,
  width: z.int().min(16).max(4_096).multipleOf(2),
  height: z.int().min(16).max(4_096).multipleOf(2),
  fps: z.int().min(1).max(60),
  /** The scene in the programme. */
  sceneId: SceneId,
});
export type Canvas = z.infer<typeof Canvas>;

/** What items, groups and canvases name exists; ids are unique; groups have items, side by side; no scene shows itself. */
export const SceneDocument = z
  .object({
    version: z.literal(1),
    canvases: z.array(Canvas).length(1),
    scenes: z.array(Scene).min(1).max(200),
    sources: z.array(Source).max(1_000),
  })
  .superRefine((document, context) => {
    const report = (message: string) => context.addIssue({ code: "custom", message });
    const ids = [
      ...document.scenes.map((scene) => scene.id),
      ...document.scenes.flatMap((scene) => scene.items.map((item) => item.id)),
      ...document.scenes.flatMap((scene) => scene.groups.map((group) => group.id)),
      ...document.scenes.flatMap(({ items }) =>
        items.flatMap(({ filters }) => filters.map((filter) => filter.id)),
      ),
      ...document.sources.map((source) => source.id),
    ];
    if (new Set<string>(ids).size !== ids.length) report("an id is used twice");
    const sources = new Set(document.sources.map((source) => source.id));
    for (const scene of document.scenes) {
      for (const item of scene.items)
        if (!sources.has(item.sourceId)) report(`item ${item.id} has no source`);
      const fault = groupingFault(scene);
      if (fault) report(`scene ${scene.id} has groups that are ${fault}`);
    }
    for (const source of document.sources)
      if (source.kind === "scene" && !document.scenes.some(({ id }) => id === source.sceneId))
        report(`source ${source.id} has no scene`);
    const fault = nestingFault(document);
    if (fault === "cycle") report("a scene shows itself");
    if (fault === "tooMany") report("a scene shows too many items");
    for (const canvas of document.canvases)
      if (!document.scenes.some((scene) => scene.id === canvas.sceneId))
        report(`canvas ${canvas.id} has no scene`);
  });
export type SceneDocument = z.infer<typeof SceneDocument>;
