import { z } from "zod";
import { ChatMessage, ChatText, Person } from "./chat.ts";
import { GiftName } from "./gift-name.ts";
import { EventId, GiftId, InvitationId, MessageId, RequestId, ViewerId } from "./ids.ts";
import { invitationRequests } from "./invitation.ts";
import { Role } from "./rights.ts";
import { EpochMs } from "./time.ts";

/**
 * How a room is kept in hand. Every act is one `moderation` event of the record stream, which is also the log of who did
 * what, on whom, why and when: it is only ever added to. Anchor and moderators get it on connections that asked to
 * `resume`; viewers are told what concerns them by notifications of its own.
 */

const text = (longest: number) =>
  z
    .string()
    .max(2_000)
    .transform((words) =>
      words
        .normalize("NFC")
        .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
        .trim(),
    )
    .pipe(z.string().max(longest));

/** Why; whom it concerns is told it. Empty where nothing was said. */
export const ModerationReason = text(200);
export type ModerationReason = z.infer<typeof ModerationReason>;

/** Kept by anchor and moderators on a person, who never learns of it. */
export const ModerationNote = text(500).pipe(z.string().min(1));

export const longestTimeOutSeconds = 14 * 24 * 3_600;
export const longestSlowModeSeconds = 600;
export const longestFollowMinutes = 90 * 24 * 60;
/** Messages that one time-out or ban takes back. */
export const mostRemovedMessages = 200;
export const mostWordsAtOnce = 100;
/** Words and their letters that one import brings: a frame of the wire holds them. */
export const importBounds = { words: 2_000, letters: 16_000 } as const;
export const longestHoldMinutes = 30 * 24 * 60;
/** Messages that wait for a moderator at the same time. */
export const mostHeldMessages = 200;
/** Messages that wait for the anchor to read them at the same time. */
export const mostFlaggedMessages = 100;

/** Who may speak how often. Null is off. Anchor and moderators are not bound by it. */
export const RoomRules = z.object({
  muteAll: z.boolean(),
  /** The least time between two messages of one person. */
  slowModeSeconds: z.int().min(1).max(longestSlowModeSeconds).nullable(),
  /** Only who has followed for at least so long; 0 is any follower. */
  followersOnlyMinutes: z.int().min(0).max(longestFollowMinutes).nullable(),
  /** What somebody says who came into the room for the first time less than so long ago waits for a moderator. */
  holdNewcomersMinutes: z.int().min(1).max(longestHoldMinutes).nullable().default(null),
  /** The raid shield is up: the rules are strict ones, and those before come back with its end. */
  shield: z.boolean().default(false),
});
export type RoomRules = z.infer<typeof RoomRules>;
export const noRules: RoomRules = {
  muteAll: false,
  slowModeSeconds: null,
  followersOnlyMinutes: null,
  holdNewcomersMinutes: null,
  shield: false,
};

/** The rules while the raid shield is up: at least these, and no weaker than before. */
export const shieldRules = (before: RoomRules): RoomRules => ({
  muteAll: before.muteAll,
  slowModeSeconds: Math.max(before.slowModeSeconds ?? 0, 30),
  followersOnlyMinutes: Math.max(before.followersOnlyMinutes ?? 0, 10),
  holdNewcomersMinutes: Math.max(before.holdNewcomersMinutes ?? 0, 24 * 60),
  shield: true,
});

/** What binds one person, as that person is told. Times are from now on: the clocks of phones are wrong. */
export const Standing = z.object({
  timedOut: z.object({ leftMs: z.int().positive(), reason: z.string().max(200) }).nullable(),
  /** Stays until the person has answered it by `acknowledgeWarning`. */
  warning: z.object({ eventId: EventId, atMs: EpochMs, reason: z.string().max(200) }).nullable(),
  /** Slow mode: when the person may speak again. Null is now. */
  mayChatInMs: z.int().positive().nullable(),
});
export type Standing = z.infer<typeof Standing>;

/**
 * What becomes of a message with the word: it is refused, waits for a moderator, or goes out with stars for the word. `allow`
 * is for good words that contain bad ones.
 */
export const WordSeverity = z.enum(["block", "hold", "star", "allow"]);
export type WordSeverity = z.infer<typeof WordSeverity>;

const wordText = text(50).pipe(z.string().regex(/[\p{L}\p{N}]/u));

/**
 * Disguises are seen through (`main/room-server/word-filter`). A word of Latin letters and digits fits whole words only,
 * unless a `*` before or after it says that more may stand there; any other fits wherever it stands.
 */
export const BlockedWord = z.object({
  word: wordText,
  severity: WordSeverity.default("block"),
});
export type BlockedWord = z.infer<typeof BlockedWord>;

/** A message that nobody but its sender and those who govern has seen. */
export const HeldMessage = z.object({
  messageId: MessageId,
  atMs: EpochMs,
  sender: Person,
  /** As it was sent. */
  text: z.string().max(200),
  /** Words of the list that it holds, at most five; none where it waits because its sender is new. */
  words: z.array(z.string().max(50)).max(5),
});
export type HeldMessage = z.infer<typeof HeldMessage>;

/** A message that the anchor is to read. */
export const FlaggedMessage = z.object({
  message: ChatMessage,
  /** When and by whom it was flagged. */
  atMs: EpochMs,
  by: Person,
});
export type FlaggedMessage = z.infer<typeof FlaggedMessage>;

const target = { target: Person };
const removedMessageIds = z.array(MessageId).max(mostRemovedMessages);

/** One thing that was done. `before` and `after` are what a rule was and became. */
export const ModerationAct = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("deleteMessage"), message: ChatMessage }),
  z.object({
    kind: z.literal("timeOut"),
    ...target,
    seconds: z.int().positive(),
    untilMs: EpochMs,
    removedMessageIds,
  }),
  z.object({ kind: z.literal("liftTimeOut"), ...target }),
  z.object({
    kind: z.literal("ban"),
    ...target,
    /** Until when newcomers from the person's network addresses are kept out, too. */
    addressesUntilMs: EpochMs.nullable(),
    removedMessageIds,
  }),
  z.object({ kind: z.literal("unban"), ...target }),
  z.object({ kind: z.literal("warn"), ...target }),
  z.object({ kind: z.literal("addNote"), ...target, note: z.string().max(500) }),
  z.object({ kind: z.literal("setRules"), before: RoomRules, after: RoomRules }),
  z.object({
    kind: z.literal("changeBlockedWords"),
    added: z.array(BlockedWord).max(mostWordsAtOnce),
    removed: z.array(BlockedWord).max(mostWordsAtOnce),
  }),
  z.object({
    kind: z.literal("importBlockedWords"),
    severity: WordSeverity,
    added: z.int().nonnegative(),
    /** Those that were there with another severity. */
    changed: z.int().nonnegative(),
  }),
  z.object({
    kind: z.literal("clearBlockedWords"),
    /** Null: of all. */
    severity: WordSeverity.nullable(),
    removed: z.int().nonnegative(),
  }),
  z.object({ kind: z.literal("allowMessage"), message: HeldMessage }),
  z.object({ kind: z.literal("denyMessage"), message: HeldMessage }),
  z.object({
    kind: z.literal("pinMessage"),
    before: ChatMessage.nullable(),
    after: ChatMessage.nullable(),
  }),
  z.object({ kind: z.literal("flagMessage"), message: ChatMessage }),
  z.object({ kind: z.literal("unflagMessage"), message: ChatMessage }),
  z.object({ kind: z.literal("announce"), messageId: MessageId, text: z.string().max(200) }),
  z.object({
    kind: z.literal("inviteModerator"),
    invitationId: InvitationId,
    name: z.string().max(40),
    expiresAtMs: EpochMs,
  }),
  z.object({
    kind: z.literal("revokeInvitation"),
    invitationId: InvitationId,
    name: z.string().max(40),
  }),
  /** By the invited person, who is a moderator from here on. */
  z.object({
    kind: z.literal("redeemInvitation"),
    invitationId: InvitationId,
    name: z.string().max(40),
  }),
  z.object({ kind: z.literal("appointModerator"), ...target }),
  z.object({ kind: z.literal("removeModerator"), ...target }),
  z.object({
    kind: z.literal("undo"),
    undoneEventId: EventId,
    undoneKind: z.string().max(40),
    /** On whom the undone act was. */
    target: Person.nullable(),
    /** Messages that are there again. */
    restoredMessages: z.array(ChatMessage).max(mostRemovedMessages),
  }),
]);
export type ModerationAct = z.infer<typeof ModerationAct>;

/** The messages that an act took back. */
export const deletedMessageIds = (event: {
  readonly type: string;
  readonly act?: ModerationAct;
}): readonly MessageId[] => {
  const { act } = event;
  if (act?.kind === "deleteMessage") return [act.message.messageId];
  return act?.kind === "timeOut" || act?.kind === "ban" ? act.removedMessageIds : [];
};

/** What the record's event of this type has beside what every event has; its `sender` is who did it. */
export const moderationFields = {
  type: z.literal("moderation"),
  act: ModerationAct,
  reason: z.string().max(200),
};

/** One line of the log. */
export const ModerationEntry = z.object({
  eventId: EventId,
  seq: z.int().positive(),
  atMs: EpochMs,
  by: Person,
  act: ModerationAct,
  reason: z.string().max(200),
  /** The event that took it back. */
  undoneBy: EventId.nullable(),
});
export type ModerationEntry = z.infer<typeof ModerationEntry>;

export const Restriction = z.object({
  eventId: EventId,
  atMs: EpochMs,
  by: Person,
  reason: z.string().max(200),
  /** Null holds until it is lifted. */
  untilMs: EpochMs.nullable(),
});
export type Restriction = z.infer<typeof Restriction>;

/** What somebody sent of one gift at a stretch. */
export const SentGift = z.object({
  giftId: GiftId,
  giftName: GiftName,
  atMs: EpochMs,
  count: z.int().positive(),
  coins: z.int().nonnegative(),
});

/** All that moderators see of one person. Lists have the newest first and end at 50. */
export const ViewerCard = z.object({
  /** As now. */
  person: Person,
  online: z.boolean(),
  firstSeenMs: EpochMs,
  following: z.boolean(),
  /** Null where it is not known since when. */
  followedAtMs: EpochMs.nullable(),
  /** Without the rehearsal's. */
  giftCoins: z.int().nonnegative(),
  giftCount: z.int().nonnegative(),
  gifts: z.array(SentGift).max(50).default([]),
  messageCount: z.int().nonnegative(),
  messages: z.array(ChatMessage.extend({ deleted: z.boolean() })).max(50),
  timedOut: Restriction.nullable(),
  banned: Restriction.nullable(),
  /** What was done about this person: warnings, notes, time-outs and all else. */
  entries: z.array(ModerationEntry).max(50),
});
export type ViewerCard = z.infer<typeof ViewerCard>;

/** A person who governs the room. */
export const Moderator = z.object({ person: Person, online: z.boolean() });
export type Moderator = z.infer<typeof Moderator>;

const asked = { requestId: RequestId, reason: ModerationReason.default("") };
const onPerson = { ...asked, viewerId: ViewerId };
/** Answered once it is in the room's log; a repeat of a request id does nothing more. */
const done = z.object({ eventId: EventId, seq: z.int().positive() });
export type ModerationDone = z.infer<typeof done>;

/** What anchor and moderators may ask of the room; `rights.ts` says who may do what, and on whom. */
export const moderationRequests = {
  ...invitationRequests,
  /** `moderation.message_unknown` where it is gone already. */
  deleteMessage: { data: z.object({ ...asked, messageId: MessageId }), answer: done },
  /** A second one takes the first one's place. */
  timeOut: {
    data: z.object({
      ...onPerson,
      seconds: z.int().min(1).max(longestTimeOutSeconds),
      /** Also takes back what the person said last. */
      removeMessages: z.boolean().default(false),
    }),
    answer: done,
  },
  liftTimeOut: { data: z.object(onPerson), answer: done },
  /**
   * Ends the person's connections and lets no more of them in. It goes by the signed cookie, so who clears it comes back
   * as somebody new; `withAddress` keeps newcomers from the same network addresses out for a day.
   */
  ban: {
    data: z.object({
      ...onPerson,
      removeMessages: z.boolean().default(false),
      withAddress: z.boolean().default(false),
    }),
    answer: done,
  },
  unban: { data: z.object(onPerson), answer: done },
  warn: {
    data: z.object({ ...onPerson, reason: ModerationReason.pipe(z.string().min(1)) }),
    answer: done,
  },
  addNote: {
    data: z.object({ requestId: RequestId, viewerId: ViewerId, note: ModerationNote }),
    answer: done,
  },
  muteAll: { data: z.object({ ...asked, on: z.boolean() }), answer: done },
  setSlowMode: {
    data: z.object({ ...asked, seconds: RoomRules.shape.slowModeSeconds }),
    answer: done,
  },
  setFollowersOnly: {
    data: z.object({ ...asked, minutes: RoomRules.shape.followersOnlyMinutes }),
    answer: done,
  },
  setHoldNewcomers: {
    data: z.object({ ...asked, minutes: RoomRules.shape.holdNewcomersMinutes }),
    answer: done,
  },
  /** One switch to strict rules, and back to exactly those before. */
  setShield: { data: z.object({ ...asked, on: z.boolean() }), answer: done },
  /**
   * Adds and removes; a word that is there with another severity gets the new one, one that is there already (or is not)
   * is passed over. The filter follows within a second where the list is long.
   */
  changeBlockedWords: {
    data: z.object({
      ...asked,
      add: z.array(BlockedWord).max(mostWordsAtOnce),
      remove: z.array(BlockedWord.shape.word).max(mostWordsAtOnce),
    }),
    answer: done,
  },
  /** Many words of one severity; longer lists take several requests. `moderation.already_so` where all are there. */
  importBlockedWords: {
    data: z.object({
      ...asked,
      severity: WordSeverity,
      words: z
        .array(wordText)
        .min(1)
        .max(importBounds.words)
        .refine((words) => words.join("").length <= importBounds.letters),
    }),
    answer: done,
  },
  /** Takes out all words, or all of one severity. */
  clearBlockedWords: {
    data: z.object({ ...asked, severity: WordSeverity.nullable() }),
    answer: done,
  },
  /** In the order of the words, from the first after `after`; of all severities where it is null. */
  getBlockedWords: {
    data: z.object({
      after: z.string().max(50).nullable(),
      limit: z.int().min(1).max(1_000),
      severity: WordSeverity.nullable().default(null),
    }),
    answer: z.object({
      words: z.array(BlockedWord).max(1_000),
      total: z.int().nonnegative(),
    }),
  },
  /** What waits for a moderator, oldest first. */
  getHeldMessages: {
    data: z.object({}),
    answer: z.object({ messages: z.array(HeldMessage).max(mostHeldMessages) }),
  },
  /** It goes out as a message of now. `moderation.message_unknown` where somebody else has decided. */
  allowMessage: { data: z.object({ ...asked, messageId: MessageId }), answer: done },
  /** The sender is told the reason. */
  denyMessage: { data: z.object({ ...asked, messageId: MessageId }), answer: done },
  /** Null takes down what is pinned. */
  pinMessage: { data: z.object({ ...asked, messageId: MessageId.nullable() }), answer: done },
  /** For the anchor to read. `moderation.flagged_full` where too many wait. */
  flagMessage: { data: z.object({ ...asked, messageId: MessageId }), answer: done },
  /** The anchor has read it, or it was flagged by mistake. */
  unflagMessage: { data: z.object({ ...asked, messageId: MessageId }), answer: done },
  /** A message of the chat that stands out. */
  announce: { data: z.object({ requestId: RequestId, text: ChatText }), answer: done },
  appointModerator: { data: z.object(onPerson), answer: done },
  /** Ends the moderator's connections at once. */
  removeModerator: { data: z.object(onPerson), answer: done },
  /** What `isUndoable` says, once, and only while nothing newer has taken its place. */
  undoModeration: { data: z.object({ ...asked, eventId: EventId }), answer: done },
  /** Newest first, from the first before `beforeSeq`. */
  getModerationLog: {
    data: z.object({
      beforeSeq: z.int().positive().nullable(),
      limit: z.int().min(1).max(200),
    }),
    answer: z.object({ entries: z.array(ModerationEntry).max(200) }),
  },
  getViewerCard: { data: z.object({ viewerId: ViewerId }), answer: ViewerCard },
  /** The anchor first. */
  getModerators: {
    data: z.object({}),
    answer: z.object({ moderators: z.array(Moderator).max(1_000) }),
  },
} as const satisfies Record<string, { data: z.ZodType; answer: z.ZodType }>;
export type ModerationMethod = keyof typeof moderationRequests;

/** Acts, and requests for them, that are taken back by their opposite or not at all. */
const undoneOtherwise: ReadonlySet<string> = new Set<ModerationAct["kind"] | ModerationMethod>([
  "liftTimeOut",
  "unban",
  "announce",
  "importBlockedWords",
  "clearBlockedWords",
  "allowMessage",
  "denyMessage",
  "inviteModerator",
  "createInvitation",
  "revokeInvitation",
  "redeemInvitation",
  "undo",
  "undoModeration",
]);
/** Whether `undoModeration` can take such an act back, while nothing newer has taken its place. */
export const isUndoable = (act: ModerationAct["kind"] | ModerationMethod): boolean =>
  !undoneOtherwise.has(act);

/** What the room tells by itself. */
export const moderationNotifications = {
  /** To everybody: these are gone from the chat. */
  messagesDeleted: z.object({ messageIds: z.array(MessageId).max(mostRemovedMessages) }),
  /** To everybody: these are back, each in its old place. */
  messagesRestored: z.object({ messages: z.array(ChatMessage).max(mostRemovedMessages) }),
  /** To everybody. */
  rulesChanged: z.object({ rules: RoomRules }),
  /** To everybody. */
  pinnedChanged: z.object({ pinned: ChatMessage.nullable() }),
  /** To the person concerned: a time-out, its end by hand, a warning, or the wait of slow mode. */
  standingChanged: z.object({ standing: Standing }),
  /** To the person concerned, the last before the connection is closed by `roomCloseCodes.banned`. */
  banned: z.object({ reason: z.string().max(200) }),
  /** To the person concerned, who was appointed. */
  roleChanged: z.object({ role: Role }),
  /** To anchor and moderators: what waits now, and what waits no more. */
  heldChanged: z.object({
    added: z.array(HeldMessage).max(mostHeldMessages),
    removed: z.array(MessageId),
  }),
  /** To anchor and moderators: all that waits for the anchor to read it, the latest flag first. */
  flaggedChanged: z.object({ flagged: z.array(FlaggedMessage).max(mostFlaggedMessages) }),
  /** To its sender: what became of a message that waited. */
  heldDecided: z.object({
    messageId: MessageId,
    text: z.string().max(200),
    allowed: z.boolean(),
    reason: z.string().max(200),
  }),
  /** To anchor and moderators: who came or went, was appointed or removed. */
  moderatorsChanged: z.object({ moderators: z.array(Moderator).max(1_000) }),
} as const satisfies Record<string, z.ZodType>;

/** What waits after a change; a message that is told twice waits once. */
export const withHeldChange = (
  held: readonly HeldMessage[],
  { added, removed }: z.infer<typeof moderationNotifications.heldChanged>,
): HeldMessage[] => {
  const gone = new Set<string>([...removed, ...added.map(({ messageId }) => messageId)]);
  return [...held.filter(({ messageId }) => !gone.has(messageId)), ...added];
};
