import { z } from "zod";
import { FilterId, PictureId } from "./ids.ts";

const share = z.number().min(0).max(1);
const signedShare = z.number().min(-1).max(1);
const opaqueColour = z.string().regex(/^#[0-9a-f]{6}$/i);
/** In pixels. */
const edge = z.int().min(-2_000).max(8_000);
const base = { id: FilterId, enabled: z.boolean() };

/** Changes what an item shows, in the source's pixels, before cropping and placing. */
export const Filter = z.discriminatedUnion("kind", [
  /**
   * Takes a colour out by its distance in chroma. The distances run from 0 to about 1 (BT.601 chroma planes, 0 to 1 each):
   * up to `similarity` from `colour` a pixel is gone, from there over `smoothness` it comes in; over `spill` its colour does.
   */
  z.object({
    ...base,
    kind: z.literal("chromaKey"),
    colour: opaqueColour,
    similarity: share,
    smoothness: share,
    spill: share,
  }),
  /** Takes a colour out by its distance in RGB: 0 to 1, where black is 1 from white. Otherwise like the chroma key. */
  z.object({
    ...base,
    kind: z.literal("colourKey"),
    colour: opaqueColour,
    similarity: share,
    smoothness: share,
  }),
  /** In this order; all but `opacity` do nothing at 0. `hueShiftDeg` turns colours from red towards green. */
  z.object({
    ...base,
    kind: z.literal("colourCorrection"),
    /** Above 0 brighter middles, to the power of 1 / (1 + gamma); below 0 darker ones, to the power of 1 - gamma. */
    gamma: z.number().min(-3).max(3),
    /** Distances from middle grey, times 1 + contrast or divided by 1 - contrast. */
    contrast: z.number().min(-4).max(4),
    /** Added, 1 being from black to white. */
    brightness: signedShare,
    /** -1 is grey, 1 twice as colourful. */
    saturation: z.number().min(-1).max(5),
    hueShiftDeg: z.number().min(-180).max(180),
    opacity: share,
  }),
  /**
   * Colours by a table. `pictureId`: its slices side by side (`compositor/filters/lut/lut-picture.ts`); null while none is chosen:
   * nothing is changed. `fileName` is what the anchor called it.
   */
  z.object({
    ...base,
    kind: z.literal("lut"),
    pictureId: PictureId.nullable(),
    fileName: z.string().max(200),
    amount: share,
  }),
  /** Gaussian; two thirds of what a pixel takes lies within half of `radiusPx`. */
  z.object({ ...base, kind: z.literal("blur"), radiusPx: z.number().min(0).max(200) }),
  /** What distinguishes a pixel's luma from its neighbours' is raised: by twice as much at 1. */
  z.object({ ...base, kind: z.literal("sharpen"), amount: share }),
  /** Shows what lies in a shape as big as the picture. */
  z.object({
    ...base,
    kind: z.literal("mask"),
    shape: z.enum(["rounded", "ellipse", "picture"]),
    /** Of the shape `picture`, stretched to the masked picture's size; null while none is chosen: nothing is masked. */
    pictureId: PictureId.nullable().default(null),
    /** What of that picture says how much is seen. */
    channel: z.enum(["alpha", "luma"]).default("alpha"),
    /** Of rounded corners: 1 is half of the shorter side. */
    corner: share,
    /** Inside of the edge. */
    featherPx: z.number().min(0).max(500),
    inverted: z.boolean(),
  }),
  /** Cuts off, or where negative adds clear edges: the picture becomes smaller or bigger. What would be left of it is at least 1 px. */
  z.object({
    ...base,
    kind: z.literal("cropPad"),
    left: edge,
    top: edge,
    right: edge,
    bottom: edge,
  }),
  /** Of skin, found by its colour: how much is smoothed without its edges, made lighter, made rosier. */
  z.object({ ...base, kind: z.literal("beauty"), smooth: share, whiten: share, rosy: share }),
  /**
   * Of what is behind people. Where people are is found in the source's own picture; while that is not known, and of sources
   * without a picture of their own, everything is behind: it hides rather too much than too little.
   */
  z.object({
    ...base,
    kind: z.literal("background"),
    mode: z.enum(["blur", "picture", "colour", "transparent"]),
    /** Of the mode `blur`, as the filter of that kind has it. */
    radiusPx: z.number().min(8).max(200),
    /** Of the mode `picture`: covers all, its middle in the middle; `colour` where none is chosen or it is not there (yet). */
    pictureId: PictureId.nullable(),
    colour: opaqueColour,
    /** Where the edge lies: below 0 further in, above 0 further out. */
    edge: signedShare,
    softness: share,
  }),
]);
export type Filter = z.infer<typeof Filter>;
export type FilterKind = Filter["kind"];
export type FilterOf<K extends FilterKind> = Extract<Filter, { kind: K }>;

/** The picture that a filter shows or goes by; null where it needs none, or none is chosen yet. */
export const pictureOfFilter = (filter: Filter): PictureId | null => {
  if (filter.kind === "lut") return filter.pictureId;
  if (filter.kind === "background") return filter.mode === "picture" ? filter.pictureId : null;
  return filter.kind === "mask" && filter.shape === "picture" ? filter.pictureId : null;
};
