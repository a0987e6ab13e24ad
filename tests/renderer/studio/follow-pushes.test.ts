import { expect, it, vi } from "vitest";
import { createStore } from "zustand/vanilla";
import { type IpcOutput, PushMessage, RoomState } from "../../../preload/contract/ipc.ts";
import { fail, type Result, succeed } from "../../../preload/contract/result.ts";
import { createFeed } from "../../../renderer/chat/feed.ts";
import { linesOf } from "../../fakes/feed-lines.ts";
import { followPushes } from "../../../renderer/studio/follow-pushes.ts";
import type { NoticeState } from "../../../renderer/studio/studio-context.ts";

type Recent = Result<IpcOutput<"feed.getRecent">>;

const sender = { viewerId: "v", nickname: "Mia", role: "viewer" };
const totals = { giftCoins: 0, giftCount: 0, tipFen: 0, follows: 1 };
const connectedTo = (roomId: string) =>
  RoomState.parse({
    status: "connected",
    link: null,
    info: {
      roomId,
      kind: "rehearsal",
      self: sender,
      following: false,
      programme: "idle",
      viewers: 0,
      latestSeq: 0,
      latestChatSeq: 0,
      viewerUrl: "http://127.0.0.1:1/",
      rehearsalAudience: false,
    },
  });
const follow = (n: number) => ({
  type: "follow",
  eventId: `e${n}`,
  roomId: "a",
  seq: n,
  atMs: n,
  sender,
  test: false,
});
const records = (...numbers: number[]) =>
  PushMessage.parse({ type: "records", events: numbers.map(follow), omitted: 0, totals });

/** Pushes that the test makes, and a main whose answers to `feed.getRecent` it gives. */
const setUp = (initial: RoomState) => {
  let push: (message: PushMessage) => void = () => undefined;
  const answers: ((recent: Recent) => void)[] = [];
  const shown: string[] = [];
  const frames: (() => void)[] = [];
  const feed = createFeed(
    (run) => {
      frames.push(run);
      return () => undefined;
    },
    () => 0,
  );
  const room = createStore<RoomState>(() => initial);
  const notices = createStore<NoticeState>(() => ({
    ledgerFailure: null,
    notices: [],
    quitRequested: false,
    offeredSinceMs: null,
    roomOffer: null,
    update: { status: "none" },
    restartOffered: false,
  }));
  const pushes = followPushes(
    {
      feed,
      room,
      notices,
      engine: { showAlerts: (events) => void shown.push(...events.map((event) => event.eventId)) },
      request: (() => new Promise<Recent>((resolve) => void answers.push(resolve))) as never,
    },
    (listener) => (push = listener),
  );
  const past = (...numbers: number[]) =>
    answers.shift()?.(succeed({ events: numbers.map(follow), messages: [], totals } as never));
  const keys = () => {
    for (const draw of frames.splice(0)) draw();
    return linesOf(feed).map(({ key }) => key);
  };
  return {
    begin: pushes.begin,
    push: (m: PushMessage) => push(m),
    past,
    answers,
    keys,
    shown,
    room,
    notices,
  };
};

it("puts what was pushed meanwhile after the past, and shows the past no second time as an alert", async () => {
  const studio = setUp(connectedTo("a"));
  const begun = studio.begin();
  studio.push(records(2, 3));
  expect(studio.keys()).toEqual([]);
  studio.past(1, 2);
  await begun;
  expect(studio.keys()).toEqual(["event:e1", "event:e2", "event:e3"]);
  expect(studio.shown).toEqual(["e2", "e3"]);
  studio.push(records(4));
  expect(studio.keys().at(-1)).toBe("event:e4");
});

it("begins anew in another room", async () => {
  const studio = setUp(connectedTo("a"));
  const begun = studio.begin();
  studio.past(1, 2);
  await begun;
  studio.push({ type: "room", state: connectedTo("b") });
  studio.push(records(8));
  studio.past(7);
  await vi.waitFor(() => expect(studio.keys()).toEqual(["event:e7", "event:e8"]));
});

it("keeps the lines while the same room comes back", async () => {
  const studio = setUp(connectedTo("a"));
  const begun = studio.begin();
  studio.past(1);
  await begun;
  const { info } = connectedTo("a") as Extract<RoomState, { status: "connected" }>;
  studio.push({
    type: "room",
    state: { status: "reconnecting", link: null, attempt: 1, info },
  });
  studio.push({ type: "room", state: connectedTo("a") });
  expect(studio.keys()).toEqual(["event:e1"]);
  expect(studio.answers).toEqual([]);
});

it("has no feed in a room that only takes the programme", async () => {
  const studio = setUp(connectedTo("a"));
  const begun = studio.begin();
  studio.past(1);
  await begun;
  studio.push({ type: "room", state: { status: "uplinkOnly", link: "wss://sfu.example" } });
  await vi.waitFor(() => expect(studio.keys()).toEqual([]));
  expect(studio.answers).toEqual([]);
});

it("goes on without a past, and passes on what else main says", async () => {
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const studio = setUp(RoomState.parse({ status: "connecting", link: null, attempt: 0 }));
  const begun = studio.begin();
  studio.push({ type: "quitRequested" });
  studio.push({ type: "ledgerFailure", error: { code: "ledger.unavailable" } });
  studio.answers.shift()?.(fail("room.unreachable"));
  await begun;
  expect(studio.notices.getState()).toMatchObject({
    quitRequested: true,
    ledgerFailure: { code: "ledger.unavailable" },
  });
});
