import { z } from "zod";
import { ChatMessage, ChatText, Nickname, Person } from "./chat.ts";
import { GiftCatalogue, RecordEvent } from "./gift.ts";
import {
  FlaggedMessage,
  HeldMessage,
  Moderator,
  moderationNotifications,
  moderationRequests,
  noRules,
  RoomRules,
  Standing,
} from "./moderation.ts";
import { EventId, GiftId, MessageId, PeerId, RequestId, RoomId } from "./ids.ts";
import { Coins } from "./money.ts";
import { AudiencePlayback, PlaybackReport } from "./playback.ts";
import { EpochMs } from "./time.ts";

/**
 * The room's wire. Media methods have the names and shapes of mediasoup's demo server (v3), so that foreign
 * clients and servers of that wire fit; chat, gifts and the record are further methods of the same envelope.
 */

/** Objects that mediasoup checks itself. */
const opaque = z.record(z.string(), z.unknown());
const nothing = z.object({});
const mediaId = z.string().min(1).max(100);

export const ProgrammeState = z.enum(["idle", "live", "away", "ended"]);
/** idle: not yet on air since the room started; away: on air, but the anchor's media connection is gone. */
export type ProgrammeState = z.infer<typeof ProgrammeState>;

export const RoomKind = z.enum(["rehearsal", "public"]);
export type RoomKind = z.infer<typeof RoomKind>;

export const RoomInfo = z.object({
  roomId: RoomId,
  kind: RoomKind,
  self: Person,
  /** Whether `self` follows the anchor. */
  following: z.boolean(),
  programme: ProgrammeState,
  viewers: z.int().nonnegative(),
  latestSeq: z.int().nonnegative(),
  latestChatSeq: z.int().nonnegative(),
  /** The page to watch this room at, as a link to pass on. */
  viewerUrl: z.url(),
  rehearsalAudience: z.boolean(),
  /** SHA-256 of a certificate that the room has signed itself, base64url: browsers warn of it. Null where there is none. */
  fingerprint: z.string().max(64).nullable().default(null),
  /** For the anchor only; null for everybody else, and before a viewer has told anything. */
  playback: AudiencePlayback.nullable().default(null),
  rules: RoomRules.default(noRules),
  pinned: ChatMessage.nullable().default(null),
  /** Who governs the room, for those who do; null for everybody else. */
  moderators: z.array(Moderator).max(1_000).nullable().default(null),
  /** What waits for a moderator, oldest first, for those who may decide; null for everybody else. */
  held: z.array(HeldMessage).nullable().default(null),
  /** What waits for the anchor to read it, the latest flag first, for those who govern; null for everybody else. */
  flagged: z.array(FlaggedMessage).nullable().default(null),
  /** Of `self`; null where nothing binds. */
  standing: Standing.nullable().default(null),
});
export type RoomInfo = z.infer<typeof RoomInfo>;

const device = z.object({
  name: z.string().max(100).optional(),
  flag: z.string().max(100).optional(),
  version: z.string().max(100).optional(),
});
const peer = z.object({
  id: z.string().max(100),
  displayName: z.string().max(100),
  device: z.unknown(),
});

/** Requests from client to server: what is sent and what is answered. */
export const roomRequests = {
  getRouterRtpCapabilities: { data: nothing, answer: opaque },
  createWebRtcTransport: {
    data: z.object({
      forceTcp: z.boolean().default(false),
      producing: z.boolean(),
      consuming: z.boolean(),
      sctpCapabilities: opaque.optional(),
    }),
    answer: z.object({
      id: mediaId,
      iceParameters: opaque,
      iceCandidates: z.array(opaque),
      dtlsParameters: opaque,
      sctpParameters: opaque.optional(),
    }),
  },
  connectWebRtcTransport: {
    data: z.object({ transportId: mediaId, dtlsParameters: opaque }),
    answer: z.unknown(),
  },
  /** Without `rtpCapabilities` the peer consumes nothing. */
  join: {
    data: z.object({
      displayName: z.string().max(100),
      device,
      rtpCapabilities: opaque.optional(),
      sctpCapabilities: opaque.optional(),
    }),
    answer: z.object({ peers: z.array(peer) }),
  },
  produce: {
    data: z.object({
      transportId: mediaId,
      kind: z.enum(["audio", "video"]),
      rtpParameters: opaque,
      appData: opaque.default({}),
    }),
    answer: z.object({ id: mediaId }),
  },
  closeProducer: { data: z.object({ producerId: mediaId }), answer: z.unknown() },
  pauseProducer: { data: z.object({ producerId: mediaId }), answer: z.unknown() },
  resumeProducer: { data: z.object({ producerId: mediaId }), answer: z.unknown() },
  pauseConsumer: { data: z.object({ consumerId: mediaId }), answer: z.unknown() },
  resumeConsumer: { data: z.object({ consumerId: mediaId }), answer: z.unknown() },
  requestConsumerKeyFrame: { data: z.object({ consumerId: mediaId }), answer: z.unknown() },
  setConsumerPreferredLayers: {
    data: z.object({
      consumerId: mediaId,
      spatialLayer: z.int().min(0).max(7),
      temporalLayer: z.int().min(0).max(7).optional(),
    }),
    answer: z.unknown(),
  },
  setConsumerPriority: {
    data: z.object({ consumerId: mediaId, priority: z.int().min(1).max(255) }),
    answer: z.unknown(),
  },
  restartIce: { data: z.object({ transportId: mediaId }), answer: opaque },
  getTransportStats: { data: z.object({ transportId: mediaId }), answer: z.array(opaque) },
  getProducerStats: { data: z.object({ producerId: mediaId }), answer: z.array(opaque) },
  getConsumerStats: { data: z.object({ consumerId: mediaId }), answer: z.array(opaque) },
  /** Also changes the nickname that chat and gifts carry. */
  changeDisplayName: { data: z.object({ displayName: Nickname }), answer: z.unknown() },

  getRoomInfo: { data: nothing, answer: RoomInfo },
  getGiftCatalogue: { data: nothing, answer: z.object({ gifts: GiftCatalogue }) },
  getWallet: { data: nothing, answer: z.object({ coins: Coins }) },
  /** The newest messages, oldest first. */
  getChatHistory: {
    data: z.object({ limit: z.int().min(1).max(200) }),
    answer: z.object({ messages: z.array(ChatMessage) }),
  },
  /** Answered once the message is in the room's log. Without a `chatSeq` it waits for a moderator (`heldDecided`). */
  sendChat: {
    data: z.object({ requestId: RequestId, text: ChatText }),
    answer: z.object({ messageId: MessageId, chatSeq: z.int().positive().nullable() }),
  },
  /** Answered once the gift is in the room's log; a repeat of a request id takes no further coins. */
  sendGift: {
    data: z.object({ requestId: RequestId, giftId: GiftId, count: z.int().min(1).max(9_999) }),
    answer: z.object({ eventId: EventId, seq: z.int().positive(), coins: Coins }),
  },
  follow: {
    data: z.object({ requestId: RequestId }),
    answer: z.object({ following: z.literal(true) }),
  },
  /** From now on this connection gets every record event with `seq > afterSeq`, in order, as `record` notifications. */
  resume: {
    data: z.object({ afterSeq: z.int().nonnegative() }),
    answer: z.object({ latestSeq: z.int().nonnegative() }),
  },
  /** From who receives the programme; the next report is due `nextInMs` later. */
  reportPlayback: {
    data: PlaybackReport,
    answer: z.object({ nextInMs: z.number().positive() }),
  },
  /** A token for one media connection of the anchor. */
  createMediaToken: {
    data: nothing,
    answer: z.object({ token: z.string().max(2_000), expiresAtMs: EpochMs }),
  },
  setProgramme: { data: z.object({ state: z.enum(["live", "ended"]) }), answer: z.unknown() },
  ...moderationRequests,
  /** From who was warned: the warning has been read. */
  acknowledgeWarning: { data: z.object({ eventId: EventId }), answer: z.unknown() },
  /** The scripted audience of a rehearsal room. */
  setRehearsalAudience: { data: z.object({ running: z.boolean() }), answer: z.unknown() },
} as const satisfies Record<string, { data: z.ZodType; answer: z.ZodType }>;
export type RoomMethod = keyof typeof roomRequests;
export type RoomData<M extends RoomMethod> = z.infer<(typeof roomRequests)[M]["data"]>;
export type RoomInput<M extends RoomMethod> = z.input<(typeof roomRequests)[M]["data"]>;
export type RoomAnswer<M extends RoomMethod> = z.infer<(typeof roomRequests)[M]["answer"]>;

/** The one request from server to client; the server resumes the consumer after the answer. */
export const NewConsumer = z.object({
  peerId: z.string().max(100),
  producerId: mediaId,
  id: mediaId,
  kind: z.enum(["audio", "video"]),
  rtpParameters: opaque,
  type: z.string().max(20),
  appData: opaque.default({}),
  producerPaused: z.boolean(),
});
export type NewConsumer = z.infer<typeof NewConsumer>;

/** Notifications from server to client. Peers are told of those who may produce only: viewers are a number. */
export const roomNotifications = {
  newPeer: peer,
  peerClosed: z.object({ peerId: PeerId }),
  peerDisplayNameChanged: z.object({ peerId: PeerId, displayName: z.string().max(100) }),
  consumerClosed: z.object({ consumerId: mediaId }),
  consumerPaused: z.object({ consumerId: mediaId }),
  consumerResumed: z.object({ consumerId: mediaId }),
  consumerScore: z.object({ consumerId: mediaId, score: z.unknown() }),
  consumerLayersChanged: z.object({
    consumerId: mediaId,
    spatialLayer: z.int().nullable().optional(),
    temporalLayer: z.int().nullable().optional(),
  }),
  /** This peer's browser cannot take in what is produced. */
  consumerRefused: z.object({ kind: z.enum(["audio", "video"]) }),
  producerScore: z.object({ producerId: mediaId, score: z.unknown() }),

  /** In order and without gaps on connections that asked to `resume`; others get what happens from now on. */
  record: z.object({ events: z.array(RecordEvent).max(1_000) }),
  chat: z.object({ messages: z.array(ChatMessage).max(1_000) }),
  /** `count` messages up to `toSeq` were not sent to this connection, because it reads too slowly. */
  chatSkipped: z.object({ count: z.int().positive(), toSeq: z.int().positive() }),
  programmeChanged: z.object({ programme: ProgrammeState }),
  walletChanged: z.object({ coins: Coins }),
  audienceChanged: z.object({ viewers: z.int().nonnegative() }),
  ...moderationNotifications,
  /** To the anchor. */
  playbackChanged: z.object({ playback: AudiencePlayback }),
} as const satisfies Record<string, z.ZodType>;
export type RoomNotification = keyof typeof roomNotifications;
export type RoomNotificationData<N extends RoomNotification> = z.infer<
  (typeof roomNotifications)[N]
>;

/** How the room ended a connection: WebSocket close codes for private use (RFC 6455 section 7.4.2), and a registered one. */
export const roomCloseCodes = {
  tokenInvalid: 4001,
  replaced: 4002,
  tooSlow: 4003,
  tooManyErrors: 4004,
  roomClosing: 4005,
  banned: 4006,
  /** The person's role is another one: who comes back comes as that. */
  roleChanged: 4007,
  /** The invitation was used, revoked, has expired, or never was. */
  invitationInvalid: 4008,
  /** The SFU was lost: media is to be made anew (IANA's registry of close codes, "Service Restart"). */
  serviceRestart: 1012,
} as const;
