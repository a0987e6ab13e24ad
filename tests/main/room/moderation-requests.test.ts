import { join } from "node:path";
import { pino } from "pino";
import { afterEach, expect, test } from "vitest";
import { Push } from "../../../main/ipc/push.ts";
import { createRouter, type RequestHandlers } from "../../../main/ipc/router.ts";
import { Ledger } from "../../../main/ledger/ledger.ts";
import { moderationRequests } from "../../../main/room/moderation-requests.ts";
import { Room } from "../../../main/room/room.ts";
import { isStudioPage } from "../../../main/studio-origin.ts";
import type { PushMessage } from "../../../preload/contract/ipc.ts";
import { newRequestId } from "../../fakes/governed-room.ts";
import { makeTemporaryDirectory } from "../../fakes/temporary-directory.ts";
import { TestRoom } from "../../fakes/test-room.ts";
import { waitUntil } from "../../fakes/wait-until.ts";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

test("a window's act goes through main to the room, and comes back to the window in the record's order", async () => {
  const server = await TestRoom.open();
  closers.push(() => server.close());
  const ledger = new Ledger(join(makeTemporaryDirectory(), "ledger.sqlite"));
  closers.push(() => ledger.close());
  const pushed: PushMessage[] = [];
  const windowPush = new Push();
  closers.push(() => windowPush.close());
  const room = new Room({
    ledger,
    log: pino({ level: "silent" }),
    backOff: { firstMs: 5, longestMs: 20 },
    random: () => 1,
    displayName: () => "主播",
    push: (message) => {
      pushed.push(message);
      windowPush.push(message);
    },
  });
  closers.push(() => room.close());
  const route = createRouter(
    moderationRequests(room) as unknown as RequestHandlers,
    isStudioPage,
    pino({ level: "silent" }),
  );
  const ask = (name: string, input: unknown) =>
    route({ isMainFrame: true, window: "studio", url: "studio://app/studio.html" }, name, input);

  expect(await ask("room.muteAll", { requestId: newRequestId(), on: true })).toMatchObject({
    error: { code: "room.unreachable" },
  });
  room.choose(server.server.address.anchorUrl);
  await waitUntil("connected", () => room.state.status === "connected");
  const viewer = await server.viewer();
  const { messageId } = await viewer.get("sendChat", { requestId: "r1", text: "骂人" });
  await viewer.get("sendGift", { requestId: "r2", giftId: "rose", count: 1 });
  await waitUntil("the message", () => room.getRecent().messages.length === 1);

  const wish = { requestId: newRequestId(), messageId, reason: "骂人" };
  const done = await ask("room.deleteMessage", wish);
  expect(done).toMatchObject({ ok: true });
  expect(await ask("room.deleteMessage", wish)).toEqual(done);
  await viewer.get("follow", { requestId: "r3" });
  const events = () => pushed.flatMap((each) => (each.type === "records" ? each.events : []));
  await waitUntil("the follow", () => events().at(-1)?.type === "follow");
  expect(events().map(({ type }) => type)).toEqual(["join", "gift", "moderation", "follow"]);
  expect(events().map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
  expect(room.getRecent().messages).toEqual([]);
  expect(room.getRecent().events.map(({ type }) => type)).toEqual(["join", "gift", "follow"]);

  await ask("room.setSlowMode", { requestId: newRequestId(), seconds: 20 });
  await waitUntil(
    "the rules",
    () => room.state.status === "connected" && room.state.info.rules.slowModeSeconds === 20,
  );
  expect(await ask("room.getModerationLog", { beforeSeq: null, limit: 10 })).toMatchObject({
    value: { entries: [{ act: { kind: "setRules" } }, { act: { kind: "deleteMessage" } }] },
  });
  const [entry] = events().filter(({ type }) => type === "moderation");
  await ask("room.undoModeration", { requestId: newRequestId(), eventId: entry?.eventId });
  await waitUntil("the message again", () => room.getRecent().messages.length === 1);
});
