import type { Logger } from "pino";
import type { z } from "zod";
import type { ChatMessage } from "../../preload/contract/chat.ts";
import type { MessageId } from "../../preload/contract/ids.ts";
import { withHeldChange } from "../../preload/contract/moderation.ts";
import { type ErrorCode, type Failure, type Result, fail } from "../../preload/contract/result.ts";
import {
  type RoomAnswer,
  type RoomInfo,
  type RoomInput,
  type RoomMethod,
  type RoomNotification,
  type RoomNotificationData,
  roomCloseCodes,
  roomNotifications,
} from "../../preload/contract/room-protocol.ts";
import type { Cursor } from "../ledger/ledger.ts";
import { type BackOff, backOffMs, waitMs } from "./back-off.ts";
import type { Intake } from "./intake.ts";
import { type LinkAddress, connectionUrl } from "./link-address.ts";
import { RecordStream } from "./record-stream.ts";
import { RpcSocket, type SocketEnd, type SocketTimes, usualSocketTimes } from "./rpc-socket.ts";

export type LinkState =
  | { readonly status: "connecting"; readonly attempt: number }
  | { readonly status: "connected"; readonly info: RoomInfo }
  | { readonly status: "reconnecting"; readonly info: RoomInfo; readonly attempt: number }
  | { readonly status: "uplinkOnly" }
  | { readonly status: "failed"; readonly error: Failure };

export interface LinkPorts {
  readonly address: LinkAddress;
  /** Of this connection; a second one with the same id would replace it. */
  readonly peerId: string;
  /** What has been taken; a link that has no cursor of the room yet begins where it likes before `latestSeq`. */
  readonly ledger: {
    cursor(roomKey: string, latestSeq: number): Cursor;
    beginEpoch(roomKey: string): Result<Cursor>;
  };
  readonly intake: Pick<Intake, "accept" | "clear">;
  readonly log: Logger;
  readonly backOff: BackOff;
  readonly random: () => number;
  readonly times?: SocketTimes;
  /** Called at each change after `connecting` with attempt 0, in which a link begins. */
  readonly onState: (state: LinkState) => void;
  /** First what the room remembers, then what is said; after a reconnect again. */
  readonly onChat: (messages: readonly ChatMessage[]) => void;
  readonly onChatDeleted: (messageIds: readonly MessageId[]) => void;
  readonly onChatRestored: (messages: readonly ChatMessage[]) => void;
}

const notifications: { readonly [N in RoomNotification]: z.ZodType<RoomNotificationData<N>> } =
  roomNotifications;

/** How a session ended: to be tried again, or for good. */
type Outcome =
  | { readonly type: "again" }
  | { readonly type: "broken"; readonly detail: string }
  | { readonly type: "uplinkOnly" }
  | { readonly type: "failed"; readonly error: Failure };

/** A broken event is asked for again this often: then the room has failed, rather than money being skipped. */
const brokenTries = 3;
/** Gaps that one connection may show before a new one is tried. */
const resumeTries = 5;
const historyLength = 200;
const probeMs = 2_500;

/**
 * The event socket to one room: connects, learns what the room is, resumes its record after the ledger's cursor, and
 * comes back by itself until `close` or a failure that trying again cannot mend (a refused token, a replaced
 * connection, an event that cannot be understood).
 */
export class RoomLink {
  readonly #ports: LinkPorts;
  readonly #closing = new AbortController();
  readonly #done: Promise<void>;
  #socket: RpcSocket | null = null;
  #info: RoomInfo | null = null;
  #endSession: (outcome: Outcome) => void = () => undefined;
  #wait = new AbortController();

  constructor(ports: LinkPorts) {
    this.#ports = ports;
    // Not at once: the caller has to have the link before it is told of it.
    this.#done = Promise.resolve().then(() => this.#run());
  }

  /** `room.unreachable` while there is no connection. */
  request<M extends RoomMethod>(method: M, data: RoomInput<M>): Promise<Result<RoomAnswer<M>>> {
    return this.#socket && this.#info
      ? this.#socket.request(method, data)
      : Promise.resolve(fail("room.unreachable"));
  }

  /** Tries at once where the next try is being waited for, and doubts a connection that only seems to be one. */
  hurry(): void {
    this.#wait.abort();
    this.#socket?.probe(probeMs);
  }

  setReading(reading: boolean): void {
    this.#socket?.setReading(reading);
  }

  /** Ends the link for good, because of something found outside of it. */
  fail(error: Failure): void {
    this.#endSession({ type: "failed", error });
  }

  /** Corrects what is known of the room, after a request that changed it. */
  amendInfo(change: Partial<RoomInfo>): void {
    if (!this.#info || !this.#socket) return;
    this.#info = { ...this.#info, ...change };
    this.#ports.onState({ status: "connected", info: this.#info });
  }

  #amendHeld(change: RoomNotificationData<"heldChanged">): void {
    this.amendInfo({ held: withHeldChange(this.#info?.held ?? [], change) });
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#socket?.close();
    await this.#done;
  }

  async #run(): Promise<void> {
    const { log, onState, backOff, random } = this.#ports;
    const { signal } = this.#closing;
    let broken = 0;
    let attempt = 0;
    while (!signal.aborted) {
      const beganMs = performance.now();
      const outcome = await this.#session();
      this.#socket?.close();
      this.#socket = null;
      this.#wait = new AbortController();
      if (signal.aborted) return;
      broken = outcome.type === "broken" ? broken + 1 : 0;
      switch (outcome.type) {
        case "uplinkOnly":
          return onState({ status: "uplinkOnly" });
        case "failed":
          log.warn({ error: outcome.error }, "the room has failed");
          return onState({ status: "failed", error: outcome.error });
        case "broken":
          log.error(
            { detail: outcome.detail, broken },
            "an event of the room cannot be understood",
          );
          if (broken >= brokenTries) {
            const error: Failure = {
              code: "request.invalid",
              detail: outcome.detail.slice(0, 500),
            };
            return onState({ status: "failed", error });
          }
          break;
        case "again":
          break;
        default:
          outcome satisfies never;
      }
      if (performance.now() - beganMs > backOff.longestMs) attempt = 0;
      const delayMs = backOffMs(backOff, attempt, random);
      attempt += 1;
      onState(
        this.#info
          ? { status: "reconnecting", info: this.#info, attempt }
          : { status: "connecting", attempt },
      );
      await waitMs(delayMs, AbortSignal.any([signal, this.#wait.signal]));
    }
  }

  /** One connection, until it ends. */
  async #session(): Promise<Outcome> {
    const { address, peerId, intake, ledger, onState, log } = this.#ports;
    const { promise: ended, resolve } = Promise.withResolvers<Outcome>();
    let over = false;
    const end = (outcome: Outcome): void => {
      over = true;
      resolve(outcome);
    };
    this.#endSession = end;
    /** Set as soon as it is known what the room is; nothing that comes before is missed, `resume` brings it. */
    const listening: { onNotification?: (method: string, data: unknown) => void } = {};
    const token = address.kind === "foreign" ? undefined : address.token;
    const socket = new RpcSocket(
      connectionUrl(address, peerId, token),
      (method, data) => {
        if (!over) listening.onNotification?.(method, data);
      },
      this.#ports.times ?? usualSocketTimes,
      address.kind === "foreign" ? null : address.fingerprint,
    );
    this.#socket = socket;
    const watchEnd = async (): Promise<void> => {
      const socketEnd = await socket.ended;
      log.info({ socketEnd }, "the room's socket ended");
      end(outcomeOf(socketEnd));
    };
    void watchEnd();
    if (!(await socket.opened)) return ended;

    const info = await socket.request("getRoomInfo", {});
    if (!info.ok) {
      const outcome =
        info.error.code === "room.unreachable" ? await ended : refusedBy(address, info.error);
      // A foreign server may also close a connection that asks for what it does not know.
      return address.kind === "foreign" && outcome.type === "again"
        ? { type: "uplinkOnly" }
        : outcome;
    }
    if (over) return ended;
    if (address.kind === "moderator" && info.value.self.role !== "moderator")
      return { type: "failed", error: { code: "room.not_moderator" } };
    if (address.kind !== "moderator" && info.value.self.role !== "anchor")
      return { type: "failed", error: { code: "room.token_invalid", detail: "not the anchor" } };

    intake.clear();
    let cursor = ledger.cursor(address.roomKey, info.value.latestSeq);
    const beginEpoch = (): boolean => {
      const begun = ledger.beginEpoch(address.roomKey);
      if (begun.ok) cursor = begun.value;
      log.warn({ roomKey: address.roomKey, begun }, "the room's record begins anew");
      return begun.ok;
    };
    if (info.value.latestSeq < cursor.seq && !beginEpoch()) return { type: "again" };
    const stream = new RecordStream(info.value.roomId, cursor);
    this.#info = info.value;

    let resuming = false;
    let resumed = 0;
    const resume = async (afterSeq: number): Promise<void> => {
      if (resuming) return;
      resumed += 1;
      if (resumed > resumeTries) return end({ type: "again" });
      resuming = true;
      const result = await socket.request("resume", { afterSeq });
      resuming = false;
      // Of a socket that has ended, `watchEnd` knows better why.
      if (!result.ok && result.error.code !== "room.unreachable")
        end(refusedBy(address, result.error));
    };
    let awaitsHistory = true;
    listening.onNotification = (method, data) => {
      switch (method) {
        case "record": {
          const step = stream.take(data);
          intake.accept(step.accepted);
          if (step.next === "resume") void resume(step.afterSeq);
          else if (step.next === "broken") end({ type: "broken", detail: step.detail });
          else if (step.next === "newEpoch") {
            beginEpoch();
            end({ type: "again" });
          }
          return;
        }
        case "chat":
          // Until the history is here all of it is part of the history.
          if (!awaitsHistory)
            this.#parse("chat", data, ({ messages }) => this.#ports.onChat(messages));
          return;
        case "messagesDeleted":
          this.#parse("messagesDeleted", data, ({ messageIds }) =>
            this.#ports.onChatDeleted(messageIds),
          );
          return;
        case "messagesRestored":
          this.#parse("messagesRestored", data, ({ messages }) =>
            this.#ports.onChatRestored(messages),
          );
          return;
        case "rulesChanged":
          this.#parse("rulesChanged", data, (change) => this.amendInfo(change));
          return;
        case "pinnedChanged":
          this.#parse("pinnedChanged", data, (change) => this.amendInfo(change));
          return;
        case "heldChanged":
          this.#parse("heldChanged", data, (change) => this.#amendHeld(change));
          return;
        case "flaggedChanged":
          this.#parse("flaggedChanged", data, (change) => this.amendInfo(change));
          return;
        case "moderatorsChanged":
          this.#parse("moderatorsChanged", data, (change) => this.amendInfo(change));
          return;
        case "programmeChanged":
          this.#parse("programmeChanged", data, (change) => this.amendInfo(change));
          return;
        case "audienceChanged":
          this.#parse("audienceChanged", data, (change) => this.amendInfo(change));
          return;
        case "playbackChanged":
          this.#parse("playbackChanged", data, (change) => this.amendInfo(change));
          return;
        default:
      }
    };
    onState({ status: "connected", info: info.value });
    void resume(stream.resumeAfterSeq);
    const fetchHistory = async (): Promise<void> => {
      const history = await socket.request("getChatHistory", { limit: historyLength });
      awaitsHistory = false;
      if (!history.ok) log.warn({ error: history.error }, "no chat history");
      else if (!over) this.#ports.onChat(history.value.messages);
    };
    void fetchHistory();
    return ended;
  }

  #parse<N extends RoomNotification>(
    name: N,
    data: unknown,
    take: (value: RoomNotificationData<N>) => void,
  ): void {
    const parsed = notifications[name].safeParse(data);
    if (parsed.success) take(parsed.data);
    else this.#ports.log.warn({ name, error: parsed.error.message }, "a notification does not fit");
  }
}

/** What befalls moderators alone. */
const endings: ReadonlyMap<number, ErrorCode> = new Map([
  [roomCloseCodes.banned, "room.banned"],
  [roomCloseCodes.roleChanged, "room.not_moderator"],
  [roomCloseCodes.invitationInvalid, "invitation.invalid"],
]);

const outcomeOf = (end: SocketEnd): Outcome => {
  if (end.untrusted) return { type: "failed", error: { code: "room.certificate_untrusted" } };
  if (
    end.httpStatus === 401 ||
    end.httpStatus === 403 ||
    end.closeCode === roomCloseCodes.tokenInvalid
  )
    return { type: "failed", error: { code: "room.token_invalid" } };
  const ended = endings.get(end.closeCode);
  if (ended) return { type: "failed", error: { code: ended } };
  if (end.closeCode === roomCloseCodes.replaced)
    return { type: "failed", error: { code: "room.replaced" } };
  return { type: "again" };
};

/** Foreign rooms do not know our requests: the programme can still be sent there. */
const refusedBy = (address: LinkAddress, error: Failure): Outcome => {
  if (address.kind === "foreign") return { type: "uplinkOnly" };
  if (passing.has(error.code)) return { type: "again" };
  if (error.code === "request.forbidden" || error.code === "room.token_invalid")
    return { type: "failed", error: { code: "room.token_invalid" } };
  return { type: "failed", error: { ...error, code: "room.not_offered" } };
};

const passing: ReadonlySet<string> = new Set<ErrorCode>([
  "room.unreachable",
  "request.timeout",
  "request.too_many",
  "room.storage_failed",
]);
