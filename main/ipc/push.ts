import type { ChatMessage } from "../../preload/contract/chat.ts";
import type { RecordEvent } from "../../preload/contract/gift.ts";
import { deletedMessageIds } from "../../preload/contract/moderation.ts";
import type { PushBatch, PushMessage } from "../../preload/contract/ipc.ts";

type Message<T extends PushMessage["type"]> = Extract<PushMessage, { type: T }>;

/** One end of a MessageChannel whose other end a page has. */
export interface PushPort {
  post(batch: PushBatch): void;
  /** `listener` gets whatever the page answers. */
  onAnswer(listener: (answer: unknown) => void): void;
  close(): void;
}

export const pushLimits = {
  /** Batches that the page has not answered. */
  unanswered: 4,
  records: 2_000,
  chat: 1_000,
  /** Of each kind in one batch. */
  batch: 500,
} as const;

/**
 * What main tells one window by itself. A slow window costs a bounded queue: of records and chat the newest are kept
 * and the others counted as `omitted`; states are told as they are now.
 */
export class Push {
  #port: PushPort | null = null;
  /** The records of each, if any. */
  #unanswered = new Map<number, Message<"records"> | undefined>();
  #nextBatchId = 1;
  #scheduled: NodeJS.Immediate | null = null;

  #room: Message<"room"> | null = null;
  #ledgerFailure: Message<"ledgerFailure"> | null = null;
  /** The ledger cannot be written, as a page has been told: the next page has to know it too. */
  #lastingFailure: Message<"ledgerFailure"> | null = null;
  #quitRequested = false;
  #roomOffer: Message<"roomOffer"> | null = null;
  #update: Message<"update"> | null = null;
  #locale: Message<"locale"> | null = null;
  #records: RecordEvent[] = [];
  #recordsOmitted = 0;
  #totals: Message<"records">["totals"] | null = null;
  #chat: ChatMessage[] = [];
  #chatOmitted = 0;

  /** A page has been loaded: from now on it is told, beginning with what waits. */
  attach(port: PushPort): void {
    this.detach();
    this.#port = port;
    this.#ledgerFailure ??= this.#lastingFailure;
    port.onAnswer((answer) => {
      if (this.#port !== port || typeof answer !== "number") return;
      if (this.#unanswered.delete(answer)) this.#schedule();
    });
    this.#schedule();
  }

  /** The page is going away; what it has not got, or has not said it has, waits for the next. */
  detach(): void {
    this.#port?.close();
    this.#port = null;
    const untold = [...this.#unanswered.values()].filter((message) => message !== undefined);
    this.#unanswered = new Map();
    this.#records.unshift(...untold.flatMap(({ events }) => events));
    this.#totals ??= untold.at(-1)?.totals ?? null;
    for (const { omitted } of untold) this.#recordsOmitted += omitted;
    this.#recordsOmitted += dropOldest(this.#records, pushLimits.records);
  }

  push(message: PushMessage): void {
    switch (message.type) {
      case "records":
        this.#records.push(...message.events);
        this.#dropDeleted(message.events);
        this.#recordsOmitted += message.omitted;
        this.#totals = message.totals;
        this.#recordsOmitted += dropOldest(this.#records, pushLimits.records);
        break;
      case "chat":
        this.#chat.push(...message.messages);
        this.#chatOmitted += message.omitted + dropOldest(this.#chat, pushLimits.chat);
        break;
      case "room":
        this.#room = message;
        break;
      case "ledgerFailure":
        this.#ledgerFailure = message;
        this.#lastingFailure = message.error ? message : null;
        break;
      case "quitRequested":
        this.#quitRequested = true;
        break;
      case "roomOffer":
        this.#roomOffer = message;
        break;
      case "update":
        this.#update = message;
        break;
      case "locale":
        this.#locale = message;
        break;
      default:
        message satisfies never;
    }
    this.#schedule();
  }

  close(): void {
    this.detach();
    if (this.#scheduled) clearImmediate(this.#scheduled);
  }

  /** What was taken back before the window got it never comes. */
  #dropDeleted(events: readonly RecordEvent[]): void {
    const gone = new Set(events.flatMap(deletedMessageIds));
    if (gone.size) this.#chat = this.#chat.filter(({ messageId }) => !gone.has(messageId));
  }

  /** What comes in one turn of the event loop goes out together. */
  #schedule(): void {
    this.#scheduled ??= setImmediate(() => {
      this.#scheduled = null;
      this.#send();
    });
  }

  #send(): void {
    while (this.#port && this.#unanswered.size < pushLimits.unanswered) {
      const messages = this.#takeMessages();
      if (!messages.length) return;
      const batchId = this.#nextBatchId++;
      this.#unanswered.set(
        batchId,
        messages.find((message) => message.type === "records"),
      );
      this.#port.post({ batchId, text: JSON.stringify(messages) });
    }
  }

  #takeMessages(): PushMessage[] {
    const messages: PushMessage[] = [];
    if (this.#room) messages.push(this.#room);
    if (this.#ledgerFailure) messages.push(this.#ledgerFailure);
    if (this.#totals) {
      const events = this.#records.splice(0, pushLimits.batch);
      messages.push({
        type: "records",
        events,
        omitted: this.#recordsOmitted,
        totals: this.#totals,
      });
      this.#recordsOmitted = 0;
      if (!this.#records.length) this.#totals = null;
    }
    if (this.#chat.length || this.#chatOmitted) {
      const chat = this.#chat.splice(0, pushLimits.batch);
      messages.push({ type: "chat", messages: chat, omitted: this.#chatOmitted });
      this.#chatOmitted = 0;
    }
    if (this.#quitRequested) messages.push({ type: "quitRequested" });
    if (this.#roomOffer) messages.push(this.#roomOffer);
    if (this.#update) messages.push(this.#update);
    if (this.#locale) messages.push(this.#locale);
    this.#room = null;
    this.#ledgerFailure = null;
    this.#quitRequested = false;
    this.#roomOffer = null;
    this.#update = null;
    this.#locale = null;
    return messages;
  }
}

/** How many were dropped. */
const dropOldest = (queue: unknown[], limit: number): number =>
  queue.splice(0, Math.max(0, queue.length - limit)).length;
