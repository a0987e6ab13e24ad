import type { ChatMessage, Person } from "../../preload/contract/chat.ts";
import { noRules, type RoomRules, type Standing } from "../../preload/contract/moderation.ts";
import type { Role } from "../../preload/contract/rights.ts";
import type { GiftKind, RecordEvent } from "../../preload/contract/gift.ts";
import type { MessageId } from "../../preload/contract/ids.ts";
import type { Coins } from "../../preload/contract/money.ts";
import type { ProgrammeState, RoomInfo } from "../../preload/contract/room-protocol.ts";
import { chatKey, chatLine, type FeedLine, mergeFeed, recordLine, skippedLine } from "./feed.ts";
import { expireToasts, type GiftToast, showToasts } from "./toasts.ts";

/** `closed`, `reconnecting` and `refused` (no socket has ever opened) go on trying; `replaced` waits for the viewer; `banned` is for good. */
type Connection =
  | "connecting"
  | "open"
  | "reconnecting"
  | "closed"
  | "refused"
  | "replaced"
  | "banned";

/** What binds the viewer, by this page's clock. */
export interface Bonds {
  readonly timedOut: { readonly untilMs: number; readonly reason: string } | null;
  /** Until it has been acknowledged. */
  readonly warning: Standing["warning"];
  /** Slow mode: from when on the viewer may speak again. */
  readonly mayChatAtMs: number;
}
const noBonds: Bonds = { timedOut: null, warning: null, mayChatAtMs: 0 };

const bondsOf = (standing: Standing | null, nowMs: number): Bonds =>
  standing
    ? {
        timedOut: standing.timedOut && {
          untilMs: nowMs + standing.timedOut.leftMs,
          reason: standing.timedOut.reason,
        },
        warning: standing.warning,
        mayChatAtMs: standing.mayChatInMs === null ? 0 : nowMs + standing.mayChatInMs,
      }
    : noBonds;

export interface WatchState {
  readonly connection: Connection;
  /** The newest picture and sound; kept after its end until there is a newer one, for its last frame. */
  readonly stream: MediaStream | null;
  /** Whether pictures of `stream` are coming. */
  readonly receiving: boolean;
  /** The media's path is broken and being restarted; the room itself is still there. */
  readonly pathBroken: boolean;
  /** Pictures of `stream` came, and have not for a while. */
  readonly stalled: boolean;
  /** When the anchor's media went away that was there before; null once that is no short break any more. */
  readonly breakSinceMs: number | null;
  /** False where the browser lacks WebRTC or has no codec in common with the room. */
  readonly playable: boolean;
  readonly programme: ProgrammeState;
  /** When this page first saw the programme on air, and for how long it was when it ended. */
  readonly liveSinceMs: number | null;
  readonly watchedMs: number | null;
  readonly viewers: number;
  readonly self: Person | null;
  readonly anchorName: string | null;
  readonly coins: Coins | null;
  readonly gifts: readonly GiftKind[];
  readonly following: boolean;
  readonly feed: readonly FeedLine[];
  readonly toasts: readonly GiftToast[];
  /** The viewer's messages that wait for a moderator, as far as this page has sent them. */
  readonly waiting: readonly MessageId[];
  /** The newest of the viewer's messages that waited for a moderator and will not be shown. */
  readonly denied: DeniedMessage | null;
  readonly rules: RoomRules;
  readonly pinned: ChatMessage | null;
  readonly bonds: Bonds;
  readonly banReason: string;
}

export interface DeniedMessage {
  readonly messageId: MessageId;
  readonly text: string;
  /** Empty where none was given. */
  readonly reason: string;
}

export const initialState: WatchState = {
  connection: "connecting",
  stream: null,
  receiving: false,
  pathBroken: false,
  stalled: false,
  breakSinceMs: null,
  playable: true,
  programme: "idle",
  liveSinceMs: null,
  watchedMs: null,
  viewers: 0,
  self: null,
  anchorName: null,
  coins: null,
  gifts: [],
  following: false,
  feed: [],
  toasts: [],
  waiting: [],
  denied: null,
  rules: noRules,
  pinned: null,
  bonds: noBonds,
  banReason: "",
};

/** All that happens to the page, by its cause. `nowMs` is this page's clock. */
export type WatchEvent =
  | {
      readonly type: "entered";
      readonly info: RoomInfo;
      readonly gifts: readonly GiftKind[];
      readonly coins: Coins;
      readonly history: readonly ChatMessage[];
      readonly nowMs: number;
    }
  | {
      readonly type: "connectionLost";
      readonly to: "reconnecting" | "closed" | "refused" | "replaced" | "banned";
    }
  | { readonly type: "messagesDeleted"; readonly messageIds: readonly MessageId[] }
  | { readonly type: "messagesRestored"; readonly messages: readonly ChatMessage[] }
  | { readonly type: "rulesChanged"; readonly rules: RoomRules }
  | { readonly type: "pinnedChanged"; readonly pinned: ChatMessage | null }
  | { readonly type: "standingChanged"; readonly standing: Standing; readonly nowMs: number }
  | { readonly type: "roleChanged"; readonly role: Role }
  | { readonly type: "banned"; readonly reason: string }
  | { readonly type: "returning" }
  | { readonly type: "mediaUnsupported" }
  | { readonly type: "streamChanged"; readonly stream: MediaStream }
  /** The first picture of the newest stream is on the screen. */
  | { readonly type: "pictureCame" }
  | { readonly type: "pictureStalled" }
  | { readonly type: "streamEnded" }
  | { readonly type: "pathChanged"; readonly broken: boolean }
  | {
      readonly type: "programmeChanged";
      readonly programme: ProgrammeState;
      readonly nowMs: number;
    }
  | { readonly type: "audienceChanged"; readonly viewers: number }
  | { readonly type: "walletChanged"; readonly coins: Coins }
  | { readonly type: "messageHeld"; readonly messageId: MessageId }
  | { readonly type: "heldAllowed"; readonly messageId: MessageId }
  | { readonly type: "messageDenied"; readonly denied: DeniedMessage }
  | { readonly type: "anchorNamed"; readonly name: string }
  | { readonly type: "nicknameChanged"; readonly nickname: string }
  | { readonly type: "followed" }
  | { readonly type: "chatCame"; readonly messages: readonly ChatMessage[] }
  | {
      readonly type: "chatSkipped";
      readonly count: number;
      readonly toSeq: number;
      readonly nowMs: number;
    }
  | {
      readonly type: "recordsCame";
      readonly events: readonly RecordEvent[];
      readonly nowMs: number;
    }
  | { readonly type: "timePassed"; readonly nowMs: number };

const withProgramme = (state: WatchState, programme: ProgrammeState, nowMs: number): WatchState => {
  if (programme === "ended") {
    const watchedMs = state.liveSinceMs === null ? state.watchedMs : nowMs - state.liveSinceMs;
    return { ...state, programme, watchedMs, liveSinceMs: null, breakSinceMs: null };
  }
  if (programme === "live")
    return {
      ...state,
      programme,
      liveSinceMs: state.liveSinceMs ?? nowMs,
      watchedMs: null,
      breakSinceMs: null,
    };
  const breaks = programme === "away" && state.programme === "live";
  return { ...state, programme, breakSinceMs: breaks ? nowMs : state.breakSinceMs };
};

/** What is over within this is a fault that mends itself; later the anchor is away. */
const shortBreakMs = 20_000;

/** Without what was taken back while the page was away: of the room's messages up to `latestSeq` the newest are `history`. */
const withoutDeleted = (
  feed: readonly FeedLine[],
  history: readonly ChatMessage[],
  latestSeq: number,
): readonly FeedLine[] => {
  const oldestSeq = history[0]?.chatSeq ?? 0;
  const there = new Set(history.map(({ messageId }) => messageId));
  return feed.filter(
    (line) =>
      line.kind !== "chat" ||
      line.order < oldestSeq ||
      line.order > latestSeq ||
      there.has(line.message.messageId),
  );
};

const without = (ids: readonly MessageId[], id: MessageId): readonly MessageId[] =>
  ids.filter((each) => each !== id);

/** Likes come by the hundred: they are no lines of the feed. */
const feedLines = (events: readonly RecordEvent[]): readonly FeedLine[] =>
  events.filter(({ type }) => type !== "like" && type !== "moderation").map(recordLine);

export const reduce = (state: WatchState, event: WatchEvent): WatchState => {
  switch (event.type) {
    case "entered":
      return withProgramme(
        {
          ...state,
          connection: "open",
          pathBroken: false,
          // What became of them meanwhile is not told.
          waiting: [],
          viewers: event.info.viewers,
          self: event.info.self,
          coins: event.coins,
          gifts: event.gifts,
          following: event.info.following,
          feed: mergeFeed(
            withoutDeleted(state.feed, event.history, event.info.latestChatSeq),
            event.history.map(chatLine),
          ),
          rules: event.info.rules,
          pinned: event.info.pinned,
          bonds: bondsOf(event.info.standing, event.nowMs),
        },
        event.info.programme,
        event.nowMs,
      );
    case "connectionLost":
      // A closed room stays closed in the viewer's eyes until a new try gets in, and so on.
      return {
        ...state,
        receiving: false,
        connection:
          event.to === "reconnecting" &&
          ["closed", "connecting", "refused"].includes(state.connection)
            ? state.connection
            : event.to,
      };
    case "messagesDeleted": {
      const keys = new Set(event.messageIds.map(chatKey));
      return { ...state, feed: state.feed.filter(({ key }) => !keys.has(key)) };
    }
    case "messagesRestored":
      return { ...state, feed: mergeFeed(state.feed, event.messages.map(chatLine)) };
    case "rulesChanged":
      return { ...state, rules: event.rules };
    case "pinnedChanged":
      return { ...state, pinned: event.pinned };
    case "standingChanged":
      return { ...state, bonds: bondsOf(event.standing, event.nowMs) };
    case "roleChanged":
      return { ...state, self: state.self && { ...state.self, role: event.role } };
    case "banned":
      return { ...state, banReason: event.reason };
    case "returning":
      return { ...state, connection: "connecting" };
    case "mediaUnsupported":
      return { ...state, playable: false, receiving: false };
    case "streamChanged":
      return { ...state, playable: true, stream: event.stream, stalled: false };
    case "pictureCame":
      return { ...state, receiving: state.stream !== null, stalled: false };
    case "pictureStalled":
      return { ...state, stalled: true };
    case "pathChanged":
      return { ...state, pathBroken: event.broken };
    case "streamEnded":
      return { ...state, receiving: false };
    case "programmeChanged":
      return withProgramme(state, event.programme, event.nowMs);
    case "audienceChanged":
      return { ...state, viewers: event.viewers };
    case "messageHeld":
      return { ...state, waiting: [...without(state.waiting, event.messageId), event.messageId] };
    case "heldAllowed":
      return { ...state, waiting: without(state.waiting, event.messageId) };
    case "messageDenied":
      return {
        ...state,
        waiting: without(state.waiting, event.denied.messageId),
        denied: event.denied,
      };
    case "walletChanged":
      return { ...state, coins: event.coins };
    case "anchorNamed":
      return { ...state, anchorName: event.name };
    case "nicknameChanged":
      return {
        ...state,
        self: state.self === null ? null : { ...state.self, nickname: event.nickname },
      };
    case "followed":
      return { ...state, following: true };
    case "chatCame":
      return { ...state, feed: mergeFeed(state.feed, event.messages.map(chatLine)) };
    case "chatSkipped":
      return {
        ...state,
        feed: mergeFeed(state.feed, [skippedLine(event.count, event.toSeq, event.nowMs)]),
      };
    case "recordsCame":
      return {
        ...state,
        feed: mergeFeed(state.feed, feedLines(event.events)),
        toasts: showToasts(state.toasts, event.events, event.nowMs),
      };
    case "timePassed": {
      const toasts = expireToasts(state.toasts, event.nowMs);
      const { breakSinceMs: since } = state;
      const breakSinceMs = since !== null && event.nowMs - since > shortBreakMs ? null : since;
      return toasts === state.toasts && breakSinceMs === since
        ? state
        : { ...state, toasts, breakSinceMs };
    }
    default:
      return event satisfies never;
  }
};

/** What the picture area is to say. `starting`: on air, the first frame is not here yet. */
export type PictureState =
  | Exclude<Connection, "open">
  | "idle"
  | "starting"
  | "live"
  | "away"
  | "ended"
  | "unsupported";

export const pictureState = (state: WatchState): PictureState => {
  const away = state.connection === "closed" || state.connection === "reconnecting";
  // The anchor who ends the show and quits takes the room along: for viewers the show has ended, nothing is broken.
  if (away && state.programme === "ended") return "ended";
  if (state.connection === "banned") return "banned";
  if (state.connection !== "open") return state.connection;
  if (state.programme === "away" && state.breakSinceMs !== null) return "reconnecting";
  if (state.programme !== "live") return state.programme;
  if (!state.playable) return "unsupported";
  if (state.pathBroken || (state.receiving && state.stalled)) return "reconnecting";
  return state.receiving ? "live" : "starting";
};
