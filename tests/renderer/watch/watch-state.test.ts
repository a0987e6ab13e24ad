import { describe, expect, it } from "vitest";
import { MessageId } from "../../../preload/contract/ids.ts";
import { Coins } from "../../../preload/contract/money.ts";
import type { ProgrammeState } from "../../../preload/contract/room-protocol.ts";
import {
  initialState,
  pictureState,
  reduce,
  type WatchEvent,
  type WatchState,
} from "../../../renderer/watch/watch-state.ts";
import { chatMessage, giftEvent, roomInfo } from "./samples.ts";

const entered = (programme: ProgrammeState, nowMs = 0): WatchEvent => ({
  type: "entered",
  info: roomInfo(programme),
  gifts: [],
  coins: Coins.parse(100),
  history: [chatMessage(1)],
  nowMs,
});
// The reducer only carries the stream about.
const stream = {} as MediaStream;
const after = (...events: readonly WatchEvent[]): WatchState => events.reduce(reduce, initialState);
const picturesAfter = (...events: readonly WatchEvent[]) =>
  events.map((_, index) => pictureState(after(...events.slice(0, index + 1))));

describe("the picture area", () => {
  it("follows a show from its start to its end", () => {
    expect(pictureState(initialState)).toBe("connecting");
    expect(
      picturesAfter(
        entered("idle"),
        { type: "programmeChanged", programme: "live", nowMs: 0 },
        { type: "streamChanged", stream },
        { type: "pictureCame" },
        { type: "streamEnded" },
        { type: "programmeChanged", programme: "away", nowMs: 1 },
        { type: "programmeChanged", programme: "live", nowMs: 2 },
        { type: "pictureCame" },
        { type: "programmeChanged", programme: "ended", nowMs: 3 },
      ),
    ).toEqual([
      "idle",
      "starting",
      "starting",
      "live",
      "starting",
      "reconnecting",
      "starting",
      "live",
      "ended",
    ]);
  });

  it("takes a break for a fault at first, and for the anchor's absence later", () => {
    const broken = [
      entered("live"),
      { type: "programmeChanged", programme: "away", nowMs: 1_000 },
    ] as const;
    expect(picturesAfter(...broken).at(-1)).toBe("reconnecting");
    expect(
      picturesAfter(
        ...broken,
        { type: "timePassed", nowMs: 20_000 },
        { type: "timePassed", nowMs: 22_000 },
      ).slice(-2),
    ).toEqual(["reconnecting", "away"]);
    // Who comes while the anchor is away has seen nothing break.
    expect(picturesAfter(entered("away"))).toEqual(["away"]);
  });

  it("says that it reconnects while no new picture comes", () => {
    expect(
      picturesAfter(
        entered("live"),
        { type: "streamChanged", stream },
        { type: "pictureCame" },
        { type: "pictureStalled" },
        { type: "pictureCame" },
      ).slice(-3),
    ).toEqual(["live", "reconnecting", "live"]);
  });

  it("keeps the last stream over a lost connection, for its last frame", () => {
    const state = after(
      entered("live"),
      { type: "streamChanged", stream },
      { type: "pictureCame" },
      { type: "connectionLost", to: "reconnecting" },
    );
    expect(pictureState(state)).toBe("reconnecting");
    expect(state.stream).toBe(stream);
    expect(pictureState(reduce(state, entered("live")))).toBe("starting");
  });

  it("says that it reconnects while only the media's path is broken", () => {
    expect(
      picturesAfter(
        entered("live"),
        { type: "streamChanged", stream },
        { type: "pictureCame" },
        { type: "pathChanged", broken: true },
        { type: "pathChanged", broken: false },
      ).slice(2),
    ).toEqual(["live", "reconnecting", "live"]);
  });

  it("says that it connects until the room was seen once", () => {
    expect(pictureState(after({ type: "connectionLost", to: "reconnecting" }))).toBe("connecting");
  });

  it("keeps saying that the room is closed while tries fail", () => {
    const closed = after(entered("idle"), { type: "connectionLost", to: "closed" });
    const tried = reduce(closed, { type: "connectionLost", to: "reconnecting" });
    expect(pictureState(tried)).toBe("closed");
    expect(pictureState(reduce(tried, entered("idle")))).toBe("idle");
  });

  it("goes on saying that the show has ended where the anchor took the room along", () => {
    const gone = after(entered("ended"), { type: "connectionLost", to: "closed" });
    expect(pictureState(gone)).toBe("ended");
    expect(pictureState(reduce(gone, { type: "connectionLost", to: "reconnecting" }))).toBe(
      "ended",
    );
  });

  it("says so where the browser cannot play, also when that was known before the room", () => {
    expect(pictureState(after({ type: "mediaUnsupported" }, entered("live")))).toBe("unsupported");
    expect(pictureState(after({ type: "mediaUnsupported" }, entered("idle")))).toBe("idle");
  });
});

describe("the time watched", () => {
  it("runs from the first picture on air to the end, over breaks", () => {
    const state = after(
      entered("live", 1_000),
      { type: "programmeChanged", programme: "away", nowMs: 2_000 },
      { type: "programmeChanged", programme: "live", nowMs: 3_000 },
      { type: "programmeChanged", programme: "ended", nowMs: 61_000 },
    );
    expect(state.watchedMs).toBe(60_000);
  });

  it("is unknown to who comes after the end", () => {
    expect(after(entered("ended")).watchedMs).toBeNull();
  });

  it("starts anew with the next show", () => {
    const state = after(
      entered("live", 0),
      { type: "programmeChanged", programme: "ended", nowMs: 10 },
      { type: "programmeChanged", programme: "live", nowMs: 20 },
      { type: "programmeChanged", programme: "ended", nowMs: 25 },
    );
    expect(state.watchedMs).toBe(5);
  });
});

describe("the feed", () => {
  it("holds history and what came since once", () => {
    const state = after(
      entered("idle"),
      { type: "chatCame", messages: [chatMessage(1), chatMessage(2)] },
      entered("idle"),
    );
    expect(state.feed.map(({ key }) => key)).toEqual(["chat-m1", "chat-m2"]);
  });

  it("holds no more what was taken back while the page was away", () => {
    const again = entered("idle");
    if (again.type !== "entered") throw new Error("no entry");
    const state = after(
      entered("idle"),
      { type: "chatCame", messages: [chatMessage(2), chatMessage(3)] },
      { ...again, info: { ...again.info, latestChatSeq: 2 } },
    );
    expect(state.feed.map(({ key }) => key)).toEqual(["chat-m1", "chat-m3"]);
  });

  it("shows a gift as line and as toast, the toast for a while", () => {
    const state = after({ type: "recordsCame", events: [giftEvent(1, "a", 1)], nowMs: 0 });
    expect(state.feed).toHaveLength(1);
    expect(state.toasts).toHaveLength(1);
    const later = reduce(state, { type: "timePassed", nowMs: 60_000 });
    expect(later.toasts).toHaveLength(0);
    expect(later.feed).toHaveLength(1);
  });

  it("stays the same object while nothing happens", () => {
    const state = after(entered("idle"));
    expect(reduce(state, { type: "timePassed", nowMs: 5 })).toBe(state);
  });
});

it("keeps the newest of the viewer's messages that a moderator did not let through", () => {
  const denied = (name: string) => ({
    messageId: MessageId.parse(name),
    text: "加微信",
    reason: "不许拉人",
  });
  expect(after(entered("live")).denied).toBeNull();
  expect(
    after(
      entered("live"),
      { type: "messageDenied", denied: denied("one") },
      { type: "messageDenied", denied: denied("two") },
    ).denied,
  ).toEqual(denied("two"));
});

it("counts the viewer's messages that wait, until each was let through or not, or the page was away", () => {
  const id = (name: string) => MessageId.parse(name);
  const held = [
    entered("live"),
    { type: "messageHeld", messageId: id("one") },
    { type: "messageHeld", messageId: id("two") },
    // Sent again without an answer to the first try.
    { type: "messageHeld", messageId: id("two") },
    { type: "messageHeld", messageId: id("three") },
  ] as const;
  expect(after(...held).waiting).toEqual(["one", "two", "three"]);
  const allowed = reduce(after(...held), { type: "heldAllowed", messageId: id("two") });
  expect(allowed.waiting).toEqual(["one", "three"]);
  const denied = { messageId: id("one"), text: "加微信", reason: "" };
  expect(reduce(allowed, { type: "messageDenied", denied }).waiting).toEqual(["three"]);
  expect(reduce(allowed, entered("live")).waiting).toEqual([]);
});
