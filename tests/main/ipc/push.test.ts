import * as fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { Push, type PushPort, pushLimits } from "../../../main/ipc/push.ts";
import { noTotals } from "../../../main/ledger/postings.ts";
import { ChatMessage } from "../../../preload/contract/chat.ts";
import { PushBatch, PushMessage } from "../../../preload/contract/ipc.ts";
import { deletionEvent, giftEvent } from "../../fakes/room-events.ts";

const messagesOf = (batches: readonly PushBatch[]): PushMessage[] =>
  batches.flatMap(({ text }) => z.array(PushMessage).parse(JSON.parse(text)));

/** A page that answers when the test says so. */
class FakePort implements PushPort {
  readonly batches: PushBatch[] = [];
  #answer: (answer: unknown) => void = () => undefined;
  #answered = 0;
  closed = false;

  post(batch: PushBatch): void {
    this.batches.push(PushBatch.parse(batch));
  }
  onAnswer(listener: (answer: unknown) => void): void {
    this.#answer = listener;
  }
  close(): void {
    this.closed = true;
  }
  say(answer: unknown): void {
    this.#answer(answer);
  }
  answerOne(): void {
    const batch = this.batches[this.#answered];
    if (!batch) return;
    this.#answered += 1;
    this.say(batch.batchId);
  }
  get answeredMessages(): PushMessage[] {
    return messagesOf(this.batches.slice(0, this.#answered));
  }
  get messages(): PushMessage[] {
    return messagesOf(this.batches);
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve));
const pushes: Push[] = [];
afterEach(() => {
  for (const push of pushes.splice(0)) push.close();
});
const setUp = () => {
  const push = new Push();
  pushes.push(push);
  const port = new FakePort();
  return { push, port };
};

const records = (from: number, count: number): PushMessage => ({
  type: "records",
  events: Array.from({ length: count }, (_, index) => giftEvent(from + index)),
  omitted: 0,
  totals: { ...noTotals, giftCount: from + count - 1 },
});
const chat = (from: number, count: number): PushMessage => ({
  type: "chat",
  omitted: 0,
  messages: Array.from({ length: count }, (_, index) =>
    ChatMessage.parse({
      messageId: `m${from + index}`,
      roomId: "main",
      chatSeq: from + index,
      atMs: 1,
      sender: { viewerId: "v", nickname: "小明", role: "viewer" },
      text: "你好",
    }),
  ),
});
const connecting = (link: string): PushMessage => ({
  type: "room",
  state: { status: "connecting", link, attempt: 0 },
});

describe("Push", () => {
  test("what comes in one turn goes out as one batch", async () => {
    const { push, port } = setUp();
    push.attach(port);
    push.push(connecting("a"));
    push.push(records(1, 2));
    push.push(records(3, 2));
    push.push(chat(1, 1));
    push.push({ type: "quitRequested" });
    await turn();
    expect(port.batches).toHaveLength(1);
    expect(port.messages.map(({ type }) => type)).toEqual([
      "room",
      "records",
      "chat",
      "quitRequested",
    ]);
    expect(port.messages[1]).toMatchObject({ omitted: 0, totals: { giftCount: 4 } });
  });

  test("a message that was taken back before the window got it never comes", async () => {
    const { push, port } = setUp();
    push.push(chat(1, 3));
    push.push({
      type: "records",
      events: [deletionEvent(1, "m2")],
      omitted: 0,
      totals: noTotals,
    });
    push.attach(port);
    await turn();
    expect(port.messages.map(({ type }) => type)).toEqual(["records", "chat"]);
    expect(port.messages[1]).toMatchObject({
      messages: [{ messageId: "m1" }, { messageId: "m3" }],
    });
  });

  test("no more than four batches are unanswered; each answer lets one more out", async () => {
    const { push, port } = setUp();
    push.attach(port);
    for (let index = 1; index <= 10; index += 1) {
      push.push(chat(index, 1));
      await turn();
    }
    expect(port.batches).toHaveLength(pushLimits.unanswered);
    port.say(99);
    port.say("1");
    port.say(undefined);
    await turn();
    expect(port.batches).toHaveLength(pushLimits.unanswered);
    port.answerOne();
    await turn();
    expect(port.batches).toHaveLength(pushLimits.unanswered + 1);
    expect(port.messages.at(-1)).toMatchObject({ type: "chat", omitted: 0 });
    expect(
      port.messages.flatMap((message) => (message.type === "chat" ? message.messages : [])),
    ).toHaveLength(10);
  });

  test("a window that does not answer costs a bounded queue, and is told what it missed", async () => {
    const { push, port } = setUp();
    for (let index = 0; index < 10; index += 1) push.push(records(index * 1_000 + 1, 1_000));
    push.push(chat(1, 1_700));
    push.attach(port);
    for (let index = 0; index < 20; index += 1) {
      await turn();
      port.answerOne();
    }
    const told = port.messages.filter((message) => message.type === "records");
    const events = told.flatMap((message) => message.events);
    expect(events).toHaveLength(pushLimits.records);
    expect(events[0]?.seq).toBe(8_001);
    expect(told.reduce((sum, message) => sum + message.omitted, 0)).toBe(8_000);
    expect(told.at(-1)?.totals.giftCount).toBe(10_000);
    const said = port.messages.filter((message) => message.type === "chat");
    expect(said.flatMap((message) => message.messages)).toHaveLength(pushLimits.chat);
    expect(said.reduce((sum, message) => sum + message.omitted, 0)).toBe(700);
  });

  test("of offers and updates the newest is told, once", async () => {
    const { push, port } = setUp();
    push.push({ type: "roomOffer", offer: { type: "invalid", offerId: 1 } });
    push.push({ type: "roomOffer", offer: null });
    push.push({ type: "update", update: { status: "downloading", version: "2" } });
    push.push({ type: "update", update: { status: "ready", version: "2" } });
    push.attach(port);
    await turn();
    push.push(chat(1, 1));
    await turn();
    expect(port.messages.slice(0, 2)).toEqual([
      { type: "roomOffer", offer: null },
      { type: "update", update: { status: "ready", version: "2" } },
    ]);
    expect(port.messages.slice(2).map(({ type }) => type)).toEqual(["chat"]);
  });

  test("states are told as they are now", async () => {
    const { push, port } = setUp();
    push.push(connecting("old"));
    push.push(connecting("new"));
    push.push({ type: "ledgerFailure", error: { code: "ledger.unavailable" } });
    push.push({ type: "ledgerFailure", error: null });
    push.attach(port);
    await turn();
    expect(port.messages).toEqual([connecting("new"), { type: "ledgerFailure", error: null }]);
  });

  test("a page that was loaded again gets what waits, and old answers mean nothing", async () => {
    const { push, port } = setUp();
    push.attach(port);
    for (let index = 1; index <= 6; index += 1) {
      push.push(chat(index, 1));
      await turn();
    }
    const next = new FakePort();
    push.attach(next);
    await turn();
    expect(port.closed).toBe(true);
    expect(next.messages).toMatchObject([
      { type: "chat", messages: [{ chatSeq: 5 }, { chatSeq: 6 }] },
    ]);
    push.detach();
    expect(next.closed).toBe(true);
    push.push(chat(7, 1));
    await turn();
    expect(next.batches).toHaveLength(1);
  });

  test("records that a page has not said it has are told to the next page, before what waits", async () => {
    const { push, port } = setUp();
    push.attach(port);
    for (let index = 1; index <= 6; index += 1) {
      push.push(records(index, 1));
      await turn();
    }
    port.answerOne();
    await turn();
    const next = new FakePort();
    push.attach(next);
    await turn();
    const [told] = next.messages;
    expect(told).toMatchObject({
      type: "records",
      events: [2, 3, 4, 5, 6].map((seq) => ({ seq })),
      omitted: 0,
      totals: { giftCount: 6 },
    });
    next.answerOne();
    await turn();
    const last = new FakePort();
    push.attach(last);
    await turn();
    expect(last.messages).toEqual([]);
  });

  test("a page that was loaded again is told that the ledger cannot be written, until it can", async () => {
    const { push, port } = setUp();
    const failure: PushMessage = { type: "ledgerFailure", error: { code: "ledger.unavailable" } };
    push.attach(port);
    push.push(failure);
    await turn();
    const next = new FakePort();
    push.attach(next);
    await turn();
    expect(next.messages).toEqual([failure]);
    push.push({ type: "ledgerFailure", error: null });
    await turn();
    const last = new FakePort();
    push.attach(last);
    await turn();
    expect(last.messages).toEqual([]);
  });

  test("every event is either told or counted", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.integer({ min: 1, max: 900 }), fc.constantFrom("answer", "reload")), {
          maxLength: 25,
        }),
        async (steps) => {
          const { push } = setUp();
          let port = new FakePort();
          push.attach(port);
          let sent = 0;
          let omitted = 0;
          const answered = new Set<number>();
          const take = ({ answeredMessages }: FakePort) => {
            for (const message of answeredMessages)
              if (message.type === "records") {
                omitted += message.omitted;
                for (const { seq } of message.events) answered.add(seq);
              }
          };
          for (const step of steps) {
            if (step === "answer") port.answerOne();
            else if (step === "reload") {
              take(port);
              port = new FakePort();
              push.attach(port);
            } else if (typeof step === "number") {
              push.push(records(sent + 1, step));
              sent += step;
            }
            await turn();
          }
          for (let index = 0; index < 40; index += 1) {
            port.answerOne();
            await turn();
          }
          take(port);
          expect(answered.size + omitted).toBe(sent);
        },
      ),
      { numRuns: 20 },
    );
  });
});
