import { z } from "zod";
import { AlertTemplates } from "./alert-template.ts";
import { ChatSettings } from "./chat-settings.ts";
import { ChatMessage } from "./chat.ts";
import { FilterPresets } from "./filter-preset.ts";
import { RecordEvent } from "./gift.ts";
import { CollectionList } from "./collection.ts";
import { CollectionId, PictureId } from "./ids.ts";
import { LedgerTotals } from "./ledger.ts";
import { type ModerationMethod, moderationRequests } from "./moderation.ts";
import { PainterKind, PainterProbe } from "./painter.ts";
import { ErrorCode, Failure } from "./result.ts";
import { RoomInfo, roomRequests } from "./room-protocol.ts";
import { SceneDocument } from "./scene.ts";
import { SessionLogEntry } from "./session-log.ts";
import { Locale, Settings } from "./settings.ts";
import { EpochMs } from "./time.ts";
import { UpdateState } from "./update.ts";

/** The link between main and the chosen room, as windows show it. */
export const RoomState = z.discriminatedUnion("status", [
  /** Not reached yet; `attempt` tries have failed. */
  z.object({
    status: z.literal("connecting"),
    link: z.string().nullable(),
    attempt: z.int().nonnegative(),
    /** The page comes and its socket never opens, as in browsers that take a room's own certificate for pages only. */
    refused: z.boolean().optional(),
  }),
  z.object({ status: z.literal("connected"), link: z.string().nullable(), info: RoomInfo }),
  /** Lost and trying again; the last info is what was known. */
  z.object({
    status: z.literal("reconnecting"),
    link: z.string().nullable(),
    info: RoomInfo,
    attempt: z.int(),
  }),
  /** A foreign room: the programme can be sent there, chat and gifts are not offered. */
  z.object({ status: z.literal("uplinkOnly"), link: z.string() }),
  /** Final until the anchor chooses again (a wrong link, a refused token). */
  z.object({ status: z.literal("failed"), link: z.string().nullable(), error: Failure }),
]);
export type RoomState = z.infer<typeof RoomState>;

/** A link from outside asks the studio to use a room. What is secret of the link stays in main. */
export const RoomOffer = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("room"),
    offerId: z.int(),
    /** `host:port`, as the anchor has to recognise it. */
    host: z.string(),
    /** Without it, who is between here and the room can read and change what is sent. */
    encrypted: z.boolean(),
  }),
  /** The link cannot be used. */
  z.object({ type: z.literal("invalid"), offerId: z.int() }),
]);
export type RoomOffer = z.infer<typeof RoomOffer>;

/** One screen or window that can be captured. `thumbnail` is a data: URL, empty where there is none. */
export const CaptureSource = z.object({
  captureId: z.string().max(200),
  kind: z.enum(["screen", "window"]),
  name: z.string().max(500),
  thumbnail: z.string(),
});
export type CaptureSource = z.infer<typeof CaptureSource>;

/** Where and how the renderer's media connection joins. `token` is null for foreign rooms. */
export const UplinkAccess = z.object({
  url: z.url({ protocol: /^wss?$/ }),
  displayName: z.string(),
  token: z.string().nullable(),
  foreign: z.boolean(),
});
export type UplinkAccess = z.infer<typeof UplinkAccess>;

/**
 * A show that was cut off and has not been ended. `goOn`: its window was lost a moment ago, and the new one goes on by
 * itself. `offer`: the app itself had ended, or windows were lost again and again: the anchor decides.
 */
export const CutOffShow = z.object({ next: z.enum(["goOn", "offer"]), sinceMs: EpochMs });
export type CutOffShow = z.infer<typeof CutOffShow>;

export const Bootstrap = z.object({
  version: z.string(),
  /** `development` is the stand-in over a system Chromium: not for a real show. */
  runtime: z.enum(["electron", "development"]),
  platform: z.string(),
  settings: Settings,
  alertTemplates: AlertTemplates,
  /** Null at the first start: the window then makes the demo document. */
  document: SceneDocument.nullable(),
  collections: CollectionList,
  filterPresets: FilterPresets,
  /** Said to the anchor once, e.g. that a broken document was set aside. */
  notices: z.array(ErrorCode),
  room: RoomState,
  cutOffShow: CutOffShow.nullable(),
  roomOffer: RoomOffer.nullable(),
  update: UpdateState,
  /** What is to compose; `probe` where that has to be found out first. */
  painter: z.union([PainterKind, z.literal("probe")]),
});
export type Bootstrap = z.infer<typeof Bootstrap>;

/** What the chat window begins with. */
export const ChatBootstrap = z.object({
  locale: Locale,
  room: RoomState,
  chat: ChatSettings,
});
export type ChatBootstrap = z.infer<typeof ChatBootstrap>;

/** What a chat asks of the room itself; main hands it on as `room.<method>`. */
export type ChatMethod = "sendChat" | ModerationMethod;

/** Longest side and size of a picture that is taken in. */
export const pictureLimits = { sidePx: 8_192, bytes: 32 * 1024 * 1024 } as const;

const nothing = z.object({});

/** Each of the room's moderation requests by the name `room.<method>`; the window chooses the request id. */
const moderationIpc = Object.fromEntries(
  Object.entries(moderationRequests).map(([method, { data, answer }]) => [
    `room.${method}`,
    { input: data, output: answer },
  ]),
) as {
  readonly [M in ModerationMethod as `room.${M}`]: {
    readonly input: (typeof moderationRequests)[M]["data"];
    readonly output: (typeof moderationRequests)[M]["answer"];
  };
};

/** Everything that windows may ask of main; each answer is a Result of `output`. */
export const ipcRequests = {
  "app.getBootstrap": { input: nothing, output: Bootstrap },
  /** Ends the app; while live only with `force`, after the anchor said so. */
  "app.quit": { input: z.object({ force: z.boolean() }), output: nothing },
  /** Ends the app, installs the update that is ready and starts again; refused while live. */
  "update.install": { input: nothing, output: nothing },
  /** Ends the app and opens it again; never while live. */
  "app.restart": { input: nothing, output: nothing },
  /** Keeps what a probe found for the next starts; whether a restart is worth offering, which is said once a run. */
  "painter.record": { input: PainterProbe, output: z.object({ offerRestart: z.boolean() }) },
  "settings.update": { input: Settings.partial(), output: Settings },
  /** All of the anchor's own, in place of those that were kept. */
  "alertTemplates.save": { input: AlertTemplates, output: nothing },
  "document.save": {
    input: z.object({ collectionId: CollectionId, document: SceneDocument }),
    output: nothing,
  },
  /** Keeps a document as a new collection; the current one stays. */
  "collection.create": {
    input: z.object({ name: z.string().max(100), document: SceneDocument }),
    output: z.object({ collectionId: CollectionId }),
  },
  /** Makes a collection the current one; `notices` are to be said once, e.g. that its last version was set aside. */
  "collection.open": {
    input: z.object({ collectionId: CollectionId }),
    output: z.object({ document: SceneDocument, notices: z.array(ErrorCode) }),
  },
  "collection.rename": {
    input: z.object({ collectionId: CollectionId, name: z.string().min(1).max(100) }),
    output: nothing,
  },
  /** Never the current one. */
  "collection.remove": { input: z.object({ collectionId: CollectionId }), output: nothing },
  /** Keeps these in place of all that were kept before. */
  "filterPresets.save": { input: z.object({ presets: FilterPresets }), output: nothing },
  /** PNG, JPEG, WebP, GIF or AVIF within `pictureLimits`; then at `pictures/<pictureId>`. */
  "picture.import": {
    input: z.object({ bytes: z.instanceof(Uint8Array) }),
    output: z.object({ pictureId: PictureId }),
  },
  "capture.list": {
    input: z.object({ thumbnails: z.boolean() }),
    output: z.array(CaptureSource).max(500),
  },
  /** Grants the next getDisplayMedia of this window, once, within ten seconds. */
  "capture.choose": { input: z.object({ captureId: z.string().max(200) }), output: nothing },
  /** Null chooses the rehearsal room; refused while live. */
  "room.choose": { input: z.object({ link: z.string().max(4_000).nullable() }), output: nothing },
  /** The anchor's answer to the room that a link offers; accepting is refused while live. */
  "room.answerOffer": {
    input: z.object({ offerId: z.int(), accept: z.boolean() }),
    output: nothing,
  },
  "room.sendChat": { input: roomRequests.sendChat.data, output: roomRequests.sendChat.answer },
  ...moderationIpc,
  "room.setRehearsalAudience": { input: z.object({ running: z.boolean() }), output: nothing },
  /** Opens the chat window of another one's room, by an invitation's link. */
  "moderating.open": { input: z.object({ link: z.string().max(4_000) }), output: nothing },
  "uplink.getAccess": { input: nothing, output: UplinkAccess },
  /**
   * Keeps the machine awake, guards quitting, and says to the room whether the programme is on air. Going on with a show
   * that was cut off keeps its start; `live: false` also ends one that nobody goes on with. Answers when the show that
   * is on air began, null where none is.
   */
  "show.setLive": {
    input: z.object({ live: z.boolean() }),
    output: z.object({ sinceMs: EpochMs.nullable() }),
  },
  /** What happened in the show that began at `sinceMs`, newest last; kept on disk, show by show. */
  "sessionLog.append": {
    input: z.object({ sinceMs: EpochMs, entries: z.array(SessionLogEntry).max(100) }),
    output: nothing,
  },
  "sessionLog.read": {
    input: z.object({ sinceMs: EpochMs }),
    output: z.object({ entries: z.array(SessionLogEntry) }),
  },
  /** What the feed shows after a reload: newest events and messages of this room, oldest first. */
  "feed.getRecent": {
    input: nothing,
    output: z.object({
      events: z.array(RecordEvent),
      messages: z.array(ChatMessage),
      totals: LedgerTotals,
    }),
  },
  /** Opens the chat window, or brings it to the front. */
  "chat.openWindow": { input: nothing, output: nothing },
  "chat.getBootstrap": { input: nothing, output: ChatBootstrap },
  "chat.saveSettings": { input: ChatSettings.partial(), output: ChatSettings },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;
export type IpcName = keyof typeof ipcRequests;
export type IpcInput<N extends IpcName> = z.input<(typeof ipcRequests)[N]["input"]>;
export type IpcOutput<N extends IpcName> = z.infer<(typeof ipcRequests)[N]["output"]>;

/** The windows, each with a page and rights of its own. */
export type WindowKind = "studio" | "chat";

const chatWindowRequests: ReadonlySet<IpcName> = new Set([
  "chat.getBootstrap",
  "chat.saveSettings",
  "feed.getRecent",
  "room.sendChat",
  ...(Object.keys(moderationIpc) as (keyof typeof moderationIpc)[]),
]);

/** Whether a window may ask this of main. */
export const mayRequest = (window: WindowKind, name: IpcName): boolean =>
  window === "chat"
    ? chatWindowRequests.has(name)
    : name !== "chat.getBootstrap" && name !== "chat.saveSettings";

/** What main tells a window by itself. */
export const PushMessage = z.discriminatedUnion("type", [
  /** Committed to the ledger. `omitted` older ones of this batch are only in the totals: the window was too slow. */
  z.object({
    type: z.literal("records"),
    events: z.array(RecordEvent),
    omitted: z.int(),
    totals: LedgerTotals,
  }),
  z.object({ type: z.literal("chat"), messages: z.array(ChatMessage), omitted: z.int() }),
  z.object({ type: z.literal("room"), state: RoomState }),
  /** The ledger could not be written (null: it can again). Nothing is shown until it can; nothing is lost. */
  z.object({ type: z.literal("ledgerFailure"), error: Failure.nullable() }),
  /** The anchor wants to close the window while live: ask, then `app.quit`. */
  z.object({ type: z.literal("quitRequested") }),
  /** A link was opened; the newest counts. Null: it has been answered. */
  z.object({ type: z.literal("roomOffer"), offer: RoomOffer.nullable() }),
  z.object({ type: z.literal("update"), update: UpdateState }),
  /** To the chat window. */
  z.object({ type: z.literal("locale"), locale: Locale }),
]);
export type PushMessage = z.infer<typeof PushMessage>;

/** Channels between main and preload. */
export const ipcChannels = { request: "studio:request", pushPort: "studio:push-port" } as const;

/**
 * A batch on the push port; the window answers each with its `batchId`, and main keeps few unanswered. `text` is an array
 * of `PushMessage` as JSON: on its way into the page a text is copied as it is, objects would be copied piece by piece
 * at each border (port, isolated world).
 */
export const PushBatch = z.object({ batchId: z.int(), text: z.string() });
export type PushBatch = z.infer<typeof PushBatch>;

/** What the preload puts on a window as `window.studioBridge`. */
export interface StudioBridge {
  /** Resolves with a `Result` of the request's output; never rejects. */
  request(name: IpcName, input: unknown): Promise<unknown>;
  /** One handler a window, for each batch's text; what came before it was set is handed over at once. */
  onPush(handler: (text: string) => void): void;
}
