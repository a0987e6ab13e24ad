import { createStore } from "zustand/vanilla";
import { usualChatSettings } from "../../preload/contract/chat-settings.ts";
import { ChatMessage } from "../../preload/contract/chat.ts";
import { RecordEvent } from "../../preload/contract/gift.ts";
import type { ChatMethod, RoomState } from "../../preload/contract/ipc.ts";
import { LedgerTotals } from "../../preload/contract/ledger.ts";
import { type ErrorCode, fail, type Result, succeed } from "../../preload/contract/result.ts";
import { RoomInfo } from "../../preload/contract/room-protocol.ts";
import type { Chat } from "../../renderer/chat/chat-context.ts";
import type { ChatPort } from "../../renderer/chat/chat-port.ts";
import { createChatSettingsStore } from "../../renderer/chat/chat-settings-store.ts";
import { createFeed } from "../../renderer/chat/feed.ts";

export const anchor = { viewerId: "anchor", nickname: "主播", role: "anchor" };
export const mia = { viewerId: "mia", nickname: "Mia", role: "viewer" };

/** What was asked of the room, and how to answer it. */
export interface Question {
  readonly method: ChatMethod;
  readonly data: Record<string, unknown>;
  answer(value?: object): void;
  refuse(code: ErrorCode): void;
}

/** A chat whose room answers as the test says. */
export const createFakeChat = (info: Record<string, unknown> = {}) => {
  const roomInfo = RoomInfo.parse({
    roomId: "main",
    kind: "rehearsal",
    self: anchor,
    following: false,
    programme: "live",
    viewers: 1_234,
    latestSeq: 0,
    latestChatSeq: 0,
    viewerUrl: "http://127.0.0.1:4443/",
    rehearsalAudience: false,
    moderators: [{ person: anchor, online: true }],
    held: [],
    flagged: [],
    ...info,
  });
  const room = createStore<RoomState>(() => ({ status: "connected", link: null, info: roomInfo }));
  const feed = createFeed(
    (run) => {
      const handle = requestAnimationFrame(run);
      return () => cancelAnimationFrame(handle);
    },
    () => Date.now(),
  );
  const asked: Question[] = [];
  let ids = 0;
  let seq = 0;
  const ask = (method: ChatMethod, data: unknown) =>
    new Promise<Result<unknown>>((resolve) => {
      asked.push({
        method,
        data: data as Record<string, unknown>,
        answer: (value = { eventId: `event-${asked.length}`, seq: asked.length }) =>
          resolve(succeed(value)),
        refuse: (code) => resolve(fail(code)),
      });
    });
  const chat: Chat = {
    feed,
    room,
    ask: ask as ChatPort["ask"],
    createId: () => `request-${(ids += 1)}`,
  };
  const settings = createChatSettingsStore(usualChatSettings, (patch) =>
    Promise.resolve(succeed({ ...settings.state.getState(), ...patch })),
  );
  const say = (text: string, sender: object = mia): ChatMessage => {
    seq += 1;
    const message = ChatMessage.parse({
      messageId: `message-${seq}`,
      roomId: "main",
      chatSeq: seq,
      atMs: 1_700_000_000_000 + seq * 1_000,
      sender,
      text,
    });
    feed.addMessages([message], 0);
    return message;
  };
  /** The record tells of an act. */
  const tell = (act: object, by: object = anchor): void => {
    seq += 1;
    const event = RecordEvent.parse({
      type: "moderation",
      eventId: `told-${seq}`,
      roomId: "main",
      seq,
      atMs: 1_700_000_000_000 + seq * 1_000,
      sender: by,
      test: false,
      act,
      reason: "",
    });
    const totals = LedgerTotals.parse({ giftCoins: 0, giftCount: 0, tipFen: 0, follows: 0 });
    feed.addRecords([event], 0, totals);
  };
  const setInfo = (change: Record<string, unknown>): void => {
    const state = room.getState();
    if (state.status === "connected")
      room.setState({ ...state, info: RoomInfo.parse({ ...state.info, ...change }) });
  };
  const lose = (): void => {
    const state = room.getState();
    if (state.status === "connected")
      room.setState({ ...state, status: "reconnecting", attempt: 2 }, true);
  };
  /** Not to be reached, and no more tried. */
  const refuse = (code: ErrorCode): void =>
    room.setState({ status: "failed", link: null, error: { code } }, true);
  return { chat, feed, room, settings, asked, say, tell, setInfo, lose, refuse };
};
export type FakeChat = ReturnType<typeof createFakeChat>;
