import { z } from "zod";
import { giftTiers } from "./gift.ts";
import { PictureId, TemplateId } from "./ids.ts";

/** How much room and time an alert gets. */
export const alertTiers = ["follow", ...giftTiers] as const;
export type AlertTier = (typeof alertTiers)[number];

/** Lengths are in units: 720 units are the height of a canvas, or its width where it is upright. */
const units = (least: number, most: number) => z.number().min(least).max(most);
const OpaqueColour = z.string().regex(/^#[0-9a-f]{6}$/i);
/** `#rrggbbaa`. */
const PanelColour = z.string().regex(/^#[0-9a-f]{8}$/i);

/** What a line's text may stand for; `{words}` is what is said of this kind of event. */
export const linePlaceholders = ["sender", "words", "gift", "count", "amount", "message"] as const;

export const AlertLine = z.object({
  /** With the placeholders above in braces. A line that says nothing takes no room. */
  text: z.string().trim().min(1).max(80),
  /** Of the tone's text size. */
  scale: z.number().min(0.4).max(2),
  weight: z.literal([400, 600, 800]),
  /** `bright` and `accent` are the tone's. */
  colour: z.union([z.enum(["bright", "accent"]), OpaqueColour]),
  /** What takes more rows is cut off. */
  rows: z.int().min(1).max(3),
});
export type AlertLine = z.infer<typeof AlertLine>;

/** Where an alert comes from, or goes to. */
export const motionKinds = ["fade", "left", "right", "up", "down", "pop", "zoom"] as const;
export const AlertMotion = z.object({
  kind: z.enum(motionKinds),
  durationMs: z.int().min(0).max(1_000),
});
export type AlertMotion = z.infer<typeof AlertMotion>;

/** One lane's cards. */
export const AlertCard = z.object({
  /** The gift beside the words, or large above them. */
  layout: z.enum(["beside", "above"]),
  /** Before the words or behind them; of a card with the gift above them only whether it is there. */
  gift: z.enum(["start", "end", "none"]),
  /** The sender's picture, before all else. */
  avatar: z.boolean(),
  lines: z.array(AlertLine).min(1).max(4),
  font: z.enum(["sans", "serif"]),
  frame: z.enum(["none", "line", "double", "bar"]),
  /** Fills the card, below its words. */
  picture: PictureId.nullable(),
  /** 0 is square, 1 as round as it can be. */
  corner: z.number().min(0).max(1),
  /** How far the accent shines around the card. */
  glow: units(0, 40),
  enter: AlertMotion,
  exit: AlertMotion,
});
export type AlertCard = z.infer<typeof AlertCard>;

/** What one tier is like. */
export const AlertTone = z.object({
  /** Of the card without what it needs more for its lines. */
  height: units(40, 240),
  maxWidth: units(200, 1_200),
  textSize: units(12, 80),
  giftSize: units(16, 480),
  /** 0 shows no count. */
  countSize: units(0, 160),
  /** All lines are beside each other, as one. */
  inline: z.boolean(),
  accent: OpaqueColour,
  bright: OpaqueColour,
  panelFrom: PanelColour,
  panelTo: PanelColour,
  sparks: z.int().min(0).max(40),
  /** From its first to its last picture; half of that while many wait, longer where an animation is. */
  shownMs: z.int().min(2_000).max(20_000),
});
export type AlertTone = z.infer<typeof AlertTone>;

const share = z.number().min(0).max(1);
/** In shares of the canvas, inside it. */
export const AlertBox = z
  .object({
    x: share,
    y: share,
    width: z.number().min(0.1).max(1),
    height: z.number().min(0.05).max(1),
  })
  .refine(({ x, width }) => x + width <= 1.000_001, "reaches beyond the right edge")
  .refine(({ y, height }) => y + height <= 1.000_001, "reaches beyond the lower edge");
export type AlertBox = z.infer<typeof AlertBox>;

export const placeNames = ["banner", "spotlight", "filling"] as const;
export type PlaceName = (typeof placeNames)[number];

/** Where alerts are: banners stack upwards in their box; `filling` are the words above what fills the picture. */
export const AlertLayout = z.object({
  banner: AlertBox,
  spotlight: AlertBox,
  filling: AlertBox,
  /** Of all lengths in units. */
  scale: z.number().min(0.5).max(2),
});
export type AlertLayout = z.infer<typeof AlertLayout>;

const Words = z.string().trim().max(80);

/** What alerts look like: data that one piece of code draws, in every picture and in the editor alike. */
export const AlertTemplate = z.object({
  templateId: TemplateId,
  name: z.string().trim().min(1).max(40),
  banner: AlertCard,
  spotlight: AlertCard,
  tones: z.record(z.enum(alertTiers), AlertTone),
  /** What is said of each kind of event, with the placeholders but `{words}`; empty is what is usually said. */
  words: z.object({ gift: Words, tip: Words, guard: Words, order: Words, follow: Words }),
  /** For canvases that lie (and square ones), and for those that stand. */
  places: z.object({ lying: AlertLayout, upright: AlertLayout }),
});
export type AlertTemplate = z.infer<typeof AlertTemplate>;
export type Orientation = keyof AlertTemplate["places"];

export const mostTemplates = 50;
/** Of the template that is in use before the anchor chooses another. */
export const usualTemplateId = TemplateId.parse("classic");

/** The anchor's own templates, and which one is in use: one of them, or one that the studio brings along. */
export const AlertTemplates = z.object({
  inUse: TemplateId,
  own: z.array(AlertTemplate).max(mostTemplates),
});
export type AlertTemplates = z.infer<typeof AlertTemplates>;
