import type { z } from "zod";
import type { RecordEvent } from "../../preload/contract/gift.ts";
import type { IpcOutput, PushMessage, RoomState } from "../../preload/contract/ipc.ts";
import { LedgerTotals } from "../../preload/contract/ledger.ts";
import { withHeldChange } from "../../preload/contract/moderation.ts";
import { type ErrorCode, type Failure, fail, type Result } from "../../preload/contract/result.ts";
import { succeed } from "../../preload/contract/result.ts";
import {
  type RoomInfo,
  type RoomNotification,
  type RoomNotificationData,
  roomNotifications,
} from "../../preload/contract/room-protocol.ts";
import { type Ask, RoomChannel } from "../room-channel/room-channel.ts";
import { isSocketRefused } from "../room-channel/socket-refusal.ts";

export interface ModeratorLinkPorts {
  /** Of this tab's peer; `invite` is part of it until the room has let us in. */
  readonly url: (withInvitation: boolean) => string;
  /** The room has taken the invitation, or knew us already. */
  readonly onEntered: () => void;
  readonly reachPage: () => Promise<boolean>;
  readonly backOffMs: (attempt: number) => number;
}

const historyLength = 200;
/** Of the record's past so much is shown to who comes for the first time. */
const pastEvents = 300;
/** A moderator's book of what is earned is the anchor's alone. */
const noTotals = LedgerTotals.parse({ giftCoins: 0, giftCount: 0, tipFen: 0, follows: 0 });

/** Trying again mends nothing. */
const final: ReadonlySet<ErrorCode> = new Set([
  "invitation.invalid",
  "room.not_moderator",
  "room.banned",
  "room.replaced",
  "room.token_invalid",
]);

const notifications: { readonly [N in RoomNotification]: z.ZodType<RoomNotificationData<N>> } =
  roomNotifications;

/**
 * A page's way to its room as a moderator, telling what main tells a window: connects, resumes the record after what it has,
 * so that nothing is lost or comes twice, and comes back by itself until it was removed.
 */
export class ModeratorLink {
  readonly #ports: ModeratorLinkPorts;
  #listener: (message: PushMessage) => void = () => undefined;
  #channel: RoomChannel | null = null;
  #info: RoomInfo | null = null;
  #connected = false;
  #entered = false;
  #everOpened = false;
  /** The newest event and message that were told; null before the first. */
  #seq: number | null = null;
  #chatSeq = 0;
  #attempt = 0;
  #resuming = false;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(ports: ModeratorLinkPorts) {
    this.#ports = ports;
  }

  /** One listener; nothing is told before. */
  listen(listener: (message: PushMessage) => void): void {
    this.#listener = listener;
    this.#connect();
  }

  readonly ask: Ask = (method, data) =>
    this.#connected && this.#channel
      ? this.#channel.ask(method, data)
      : Promise.resolve(fail("room.unreachable"));

  /** What the chat shows of the time before. */
  async getRecent(): Promise<Result<IpcOutput<"feed.getRecent">>> {
    const history = await this.ask("getChatHistory", { limit: historyLength });
    const messages = history.ok ? history.value.messages : [];
    this.#chatSeq = Math.max(this.#chatSeq, messages.at(-1)?.chatSeq ?? 0);
    return succeed({ events: [], messages, totals: noTotals });
  }

  /** Tries at once where the next try is being waited for, and doubts a connection that only seems to be one. */
  hurry(): void {
    if (this.#retry !== undefined) this.#connect();
    else this.#channel?.probe(4_000);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#channel?.close();
  }

  #connect(): void {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    const channel = new RoomChannel(this.#ports.url(!this.#entered), {
      onNotification: (method, data) => {
        if (this.#channel === channel && this.#connected) this.#hear(method, data);
      },
      onEnd: (failure) => {
        if (this.#channel === channel) this.#lose(failure);
      },
    });
    this.#channel = channel;
    void this.#enter(channel);
  }

  async #enter(channel: RoomChannel): Promise<void> {
    if (!(await channel.opened).ok) return;
    this.#everOpened = true;
    const info = await channel.ask("getRoomInfo", {});
    if (this.#channel !== channel) return;
    if (!info.ok) {
      channel.close();
      this.#lose(info.error);
      return;
    }
    if (info.value.self.role !== "moderator") {
      channel.close();
      this.#lose({ code: "room.not_moderator" });
      return;
    }
    if (!this.#entered) this.#ports.onEntered();
    this.#entered = true;
    this.#attempt = 0;
    this.#connected = true;
    const { latestSeq } = info.value;
    // A room whose numbers are behind ours was begun anew.
    if (this.#seq === null || latestSeq < this.#seq)
      this.#seq = Math.max(0, latestSeq - pastEvents);
    if (info.value.latestChatSeq < this.#chatSeq) this.#chatSeq = 0;
    const isReturn = this.#info !== null;
    this.#info = info.value;
    this.#tellRoom({ status: "connected", link: null, info: info.value });
    await this.#resume();
    if (isReturn) await this.#catchUp();
  }

  async #resume(): Promise<void> {
    if (this.#resuming || this.#seq === null) return;
    this.#resuming = true;
    await this.ask("resume", { afterSeq: this.#seq });
    this.#resuming = false;
  }

  /** What was said while the connection was lost. */
  async #catchUp(): Promise<void> {
    const history = await this.ask("getChatHistory", { limit: historyLength });
    if (history.ok) this.#tellChat(history.value.messages);
  }

  #hear(method: string, data: unknown): void {
    switch (method) {
      case "record":
        return this.#parse("record", data, ({ events }) => this.#tellRecords(events));
      case "chat":
        return this.#parse("chat", data, ({ messages }) => this.#tellChat(messages));
      case "programmeChanged":
        return this.#parse("programmeChanged", data, (change) => this.#amend(change));
      case "audienceChanged":
        return this.#parse("audienceChanged", data, (change) => this.#amend(change));
      case "rulesChanged":
        return this.#parse("rulesChanged", data, (change) => this.#amend(change));
      case "pinnedChanged":
        return this.#parse("pinnedChanged", data, (change) => this.#amend(change));
      case "heldChanged":
        return this.#parse("heldChanged", data, (change) =>
          this.#amend({ held: withHeldChange(this.#info?.held ?? [], change) }),
        );
      case "flaggedChanged":
        return this.#parse("flaggedChanged", data, (change) => this.#amend(change));
      case "moderatorsChanged":
        return this.#parse("moderatorsChanged", data, (change) => this.#amend(change));
      default:
    }
  }

  /** Each number once and in turn; a gap is asked for again. */
  #tellRecords(events: readonly RecordEvent[]): void {
    const taken: RecordEvent[] = [];
    for (const event of events) {
      const next = (this.#seq ?? 0) + 1;
      if (event.seq < next) continue;
      if (event.seq > next) {
        void this.#resume();
        break;
      }
      taken.push(event);
      this.#seq = event.seq;
    }
    if (taken.length)
      this.#listener({ type: "records", events: taken, omitted: 0, totals: noTotals });
  }

  #tellChat(messages: RoomNotificationData<"chat">["messages"]): void {
    const fresh = messages.filter(({ chatSeq }) => chatSeq > this.#chatSeq);
    this.#chatSeq = fresh.at(-1)?.chatSeq ?? this.#chatSeq;
    if (fresh.length) this.#listener({ type: "chat", messages: fresh, omitted: 0 });
  }

  #amend(change: Partial<RoomInfo>): void {
    if (!this.#info) return;
    this.#info = { ...this.#info, ...change };
    this.#tellRoom({ status: "connected", link: null, info: this.#info });
  }

  #parse<N extends RoomNotification>(
    name: N,
    data: unknown,
    take: (value: RoomNotificationData<N>) => void,
  ): void {
    const parsed = notifications[name].safeParse(data);
    if (parsed.success) take(parsed.data);
    else console.warn(name, parsed.error.message);
  }

  #lose(error: Failure): void {
    this.#connected = false;
    this.#channel = null;
    if (this.#closed) return;
    if (final.has(error.code)) {
      this.#tellRoom({ status: "failed", link: null, error });
      return;
    }
    void this.#comeBack();
  }

  async #comeBack(): Promise<void> {
    this.#attempt += 1;
    const attempt = this.#attempt;
    const info = this.#info;
    const tries = { url: this.#ports.url(true), count: attempt, everOpened: this.#everOpened };
    const refused = await isSocketRefused(tries, this.#ports.reachPage);
    if (this.#closed || this.#channel !== null) return;
    this.#tellRoom(
      info
        ? { status: "reconnecting", link: null, info, attempt }
        : { status: "connecting", link: null, attempt, refused },
    );
    this.#retry = setTimeout(() => this.#connect(), this.#ports.backOffMs(attempt));
  }

  #tellRoom(state: RoomState): void {
    this.#listener({ type: "room", state });
  }
}
