import { z } from "zod";
import { Person } from "./chat.ts";
import { GiftName } from "./gift-name.ts";
import { ComboId, EventId, GiftId, RoomId } from "./ids.ts";
import { moderationFields } from "./moderation.ts";
import { Coins, Fen } from "./money.ts";
import { EpochMs } from "./time.ts";

/** Equal gifts of one viewer belong to one combo while no more than this lies between two of them. */
export const comboWindowMs = 3_000;

export const giftTiers = ["small", "medium", "large", "grand"] as const;
export const GiftTier = z.enum(giftTiers);
export type GiftTier = z.infer<typeof GiftTier>;

/** A file beside `catalogue.json`. Its content tells what it is, not its name. */
export const GiftFile = z.string().regex(/^[A-Za-z0-9_-]{1,64}(\.[A-Za-z0-9]{1,8}){1,2}$/);

/** Where a video without a `vapc` box has its alpha; the colours are in the other half. */
export const VideoLayout = z.enum(["alphaLeft", "alphaRight", "alphaTop", "alphaBottom", "opaque"]);
export type VideoLayout = z.infer<typeof VideoLayout>;

/** What of the sender is shown where a sprite of an SVGA has this image key. */
export const SvgaSlots = z.record(z.string().min(1).max(64), z.enum(["name", "avatar"]));
export type SvgaSlots = Readonly<z.infer<typeof SvgaSlots>>;

/**
 * An animated WebP, APNG, GIF or AVIF, a Lottie or dotLottie, an SVGA 2, or an H264 MP4 with alpha; shown in place of the
 * gift's picture where it is thanked.
 */
export const GiftAnimation = z.object({
  file: GiftFile,
  /** `alphaLeft` where nothing is said. */
  videoLayout: VideoLayout.optional(),
  svgaSlots: SvgaSlots.optional(),
});
export type GiftAnimation = z.infer<typeof GiftAnimation>;

/** One line of the catalogue. Its pictures are `gifts/<giftId>.svg` and `gifts/<giftId>.png` (256x256). */
export const GiftKind = z.object({
  giftId: GiftId,
  name: GiftName,
  coins: Coins.refine((coins) => coins > 0),
  tier: GiftTier,
  animation: GiftAnimation.optional(),
  /** Anything that Chromium decodes; heard in place of the chime and of what the animation itself sounds like. */
  sound: GiftFile.optional(),
});
export type GiftKind = z.infer<typeof GiftKind>;
export const GiftCatalogue = z.array(GiftKind).min(1).max(500);

/**
 * What every event of a room's record stream carries. `seq` is dense: 1, 2, 3 … in each room.
 * `test` events are shown, but never reach a total.
 */
const recorded = {
  eventId: EventId,
  roomId: RoomId,
  seq: z.int().positive(),
  atMs: EpochMs,
  sender: Person,
  test: z.boolean(),
};

/**
 * `count` is what this event adds, `comboCount` what the combo has come to with it: sums use `count`,
 * pictures use `comboCount`. `totalCoins` = `unitCoins` x `count`. `final` is true where the sender's side knows that the
 * combo is over (a platform's closing event may add 0); otherwise it is over when `comboWindowMs` have passed.
 */
const GiftEvent = z.object({
  ...recorded,
  type: z.literal("gift"),
  giftId: GiftId,
  giftName: GiftName,
  tier: GiftTier,
  count: z.int().nonnegative().max(1_000_000),
  unitCoins: Coins,
  totalCoins: Coins,
  comboId: ComboId,
  comboCount: z.int().positive(),
  final: z.boolean(),
});

export const RecordEvent = z.discriminatedUnion("type", [
  GiftEvent,
  z.object({
    ...recorded,
    type: z.literal("tip"),
    amountFen: Fen,
    message: z.string().max(200),
    orderNo: z.string().max(64),
  }),
  z.object({ ...recorded, type: z.literal("follow") }),
  z.object({ ...recorded, type: z.literal("join") }),
  /** `level` 1 is the highest. */
  z.object({
    ...recorded,
    type: z.literal("guard"),
    level: z.int().min(1).max(3),
    months: z.int().min(1).max(120),
    totalCoins: Coins,
  }),
  z.object({
    ...recorded,
    type: z.literal("order"),
    orderNo: z.string().max(64),
    title: z.string().max(200),
    quantity: z.int().positive(),
    amountFen: Fen,
  }),
  z.object({ ...recorded, type: z.literal("share") }),
  z.object({ ...recorded, type: z.literal("like"), count: z.int().positive() }),
  /** No viewer gets it. */
  z.object({ ...recorded, ...moderationFields }),
]);
export type RecordEvent = z.infer<typeof RecordEvent>;
export type RecordType = RecordEvent["type"];
export type RecordOf<T extends RecordType> = Extract<RecordEvent, { type: T }>;
