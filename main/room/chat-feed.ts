import type { ChatMessage } from "../../preload/contract/chat.ts";
import type { MessageId } from "../../preload/contract/ids.ts";

/** So much of what was said a window that is opened now still shows. */
const kept = 5_000;
/** Beyond what is kept, before the oldest are let go together. */
const spare = 1_000;

/** The newest messages of one room, oldest first; older ones are forgotten. Chat is not money: nothing is stored. */
export class ChatFeed {
  #messages: ChatMessage[] = [];

  get messages(): readonly ChatMessage[] {
    return this.#messages.slice(-kept);
  }

  /** Gives back those that are new. */
  add(messages: readonly ChatMessage[]): ChatMessage[] {
    const last = this.#messages.at(-1)?.chatSeq ?? 0;
    const fresh = messages.filter((message) => message.chatSeq > last);
    this.#messages.push(...fresh);
    if (this.#messages.length > kept + spare) this.#messages = this.#messages.slice(-kept);
    return fresh;
  }

  /** These were taken back. */
  remove(messageIds: readonly MessageId[]): void {
    const gone = new Set(messageIds);
    this.#messages = this.#messages.filter(({ messageId }) => !gone.has(messageId));
  }

  /** These are there again, in their old places. */
  restore(messages: readonly ChatMessage[]): void {
    this.remove(messages.map(({ messageId }) => messageId));
    this.#messages = [...this.#messages, ...messages]
      .toSorted((a, b) => a.chatSeq - b.chatSeq)
      .slice(-kept);
  }

  /** A room whose numbers are behind ours was begun anew: what we have is not of it. */
  forgetAfter(latestChatSeq: number): void {
    if ((this.#messages.at(-1)?.chatSeq ?? 0) > latestChatSeq) this.#messages = [];
  }
}
