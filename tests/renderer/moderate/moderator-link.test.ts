import { afterEach, expect, test } from "vitest";
import type { PushMessage, RoomState } from "../../../preload/contract/ipc.ts";
import { ModeratorLink } from "../../../renderer/moderate/moderator-link.ts";
import { GovernedRoom, newRequestId } from "../../fakes/governed-room.ts";
import { waitUntil } from "../../fakes/wait-until.ts";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});
const wish = () => ({ requestId: newRequestId() });

const openRoom = async () => {
  const governed = await GovernedRoom.open();
  closers.push(() => governed.close());
  const invite = async (): Promise<string> => {
    const { link } = await governed.anchor.get("createInvitation", {
      ...wish(),
      name: "小李",
      hours: 1,
    });
    return new URLSearchParams(new URL(link).hash.slice(1)).get("invite") ?? "";
  };
  return { governed, invite };
};

/** A page of a browser that has just loaded `/moderate`. */
const openPage = async (governed: GovernedRoom, code: string) => {
  const page = await fetch(`${governed.room.origin}/moderate`);
  const [pair = ""] = (page.headers.get("set-cookie") ?? "").split(";");
  const token = pair.slice(pair.indexOf("=") + 1);
  const told: PushMessage[] = [];
  let entered = 0;
  const link = new ModeratorLink({
    url: (withInvitation) =>
      governed.room.url({
        peerId: "moderator-page",
        token,
        ...(withInvitation ? { invite: code } : {}),
      }),
    onEntered: () => (entered += 1),
    reachPage: () => Promise.resolve(true),
    backOffMs: () => 10,
  });
  closers.push(() => link.close());
  link.listen((message) => told.push(message));
  const rooms = () => told.flatMap((each) => (each.type === "room" ? [each.state] : []));
  return {
    link,
    state: () => rooms().at(-1),
    states: () => rooms().map(({ status }) => status),
    events: () => told.flatMap((each) => (each.type === "records" ? each.events : [])),
    texts: () =>
      told.flatMap((each) => (each.type === "chat" ? each.messages.map(({ text }) => text) : [])),
    entered: () => entered,
  };
};

test("enters by the invitation, once, and follows record and chat over lost connections without a loss or a repeat", async () => {
  const { governed, invite } = await openRoom();
  const page = await openPage(governed, await invite());
  await waitUntil("the room", () => page.state()?.status === "connected");
  const viewer = await governed.viewer();
  for (let round = 0; round < 4; round += 1) {
    await governed.say(viewer, `第${round}句`);
    await viewer.client.get("sendGift", { ...wish(), giftId: "heart", count: 1 });
    for (const connection of governed.room.room.audience.connections)
      if (connection.peerId === "moderator-page") connection.close(1012);
    await viewer.client.get("sendGift", { ...wish(), giftId: "heart", count: 1 });
    await governed.say(viewer, `第${round}句之后`);
    await waitUntil("the connection", () => page.state()?.status === "connected");
    await new Promise((resolve) => setTimeout(resolve, 1_100));
  }
  const { latestSeq } = await governed.anchor.get("getRoomInfo", {});
  await waitUntil("the record", () => page.events().at(-1)?.seq === latestSeq);
  expect(page.events().map(({ seq }) => seq)).toEqual(
    Array.from({ length: latestSeq }, (_, index) => index + 1),
  );
  await waitUntil("the chat", () => page.texts().length === 8);
  expect(page.texts()).toEqual(
    [0, 1, 2, 3].flatMap((round) => [`第${round}句`, `第${round}句之后`]),
  );
  expect(page.states()).toContain("reconnecting");
  expect(page.entered()).toBe(1);
});

test("acts, and hears what the others do", async () => {
  const { governed, invite } = await openRoom();
  const page = await openPage(governed, await invite());
  await waitUntil("the room", () => page.state()?.status === "connected");
  const viewer = await governed.viewer();
  const messageId = await governed.say(viewer, "骂人");
  expect((await page.link.getRecent()).ok).toBe(true);
  expect(await page.link.ask("deleteMessage", { ...wish(), messageId })).toMatchObject({
    ok: true,
  });
  await governed.anchor.get("setSlowMode", { ...wish(), seconds: 9 });
  await waitUntil("the rules", () => {
    const state = page.state();
    return state?.status === "connected" && state.info.rules.slowModeSeconds === 9;
  });
  const acts = page.events().flatMap((event) => (event.type === "moderation" ? [event.act] : []));
  expect(acts.map(({ kind }) => kind)).toContain("deleteMessage");
});

test("hears what is held, decided and flagged while it is connected", async () => {
  const { governed, invite } = await openRoom();
  const page = await openPage(governed, await invite());
  await waitUntil("the room", () => page.state()?.status === "connected");
  const info = () => {
    const state = page.state();
    return state?.status === "connected" ? state.info : null;
  };
  await governed.anchor.get("setHoldNewcomers", { ...wish(), minutes: 60 });
  const viewer = await governed.viewer();
  const messageId = await governed.say(viewer, "新来的");
  await waitUntil("what waits", () => info()?.held?.[0]?.messageId === messageId);
  await governed.anchor.get("allowMessage", { ...wish(), messageId });
  await waitUntil("the decision", () => info()?.held?.length === 0);
  await governed.anchor.get("flagMessage", { ...wish(), messageId });
  await waitUntil("the flag", () => (info()?.flagged ?? []).length > 0);
  expect(info()?.flagged?.[0]?.message.messageId).toBe(messageId);
});

test("is out at once when removed, and says why; so is who comes with a used invitation", async () => {
  const { governed, invite } = await openRoom();
  const code = await invite();
  const page = await openPage(governed, code);
  await waitUntil("the room", () => page.state()?.status === "connected");
  const thief = await openPage(governed, code);
  await waitUntil("the verdict", () => thief.state()?.status === "failed");
  expect(thief.state()).toMatchObject({ error: { code: "invitation.invalid" } });
  const state = page.state();
  const viewerId = state?.status === "connected" ? state.info.self.viewerId : "";
  await governed.anchor.get("removeModerator", { ...wish(), viewerId });
  await waitUntil("the end", () => page.state()?.status === "failed");
  expect(page.state()).toMatchObject({ error: { code: "room.not_moderator" } });
  expect(await page.link.ask("muteAll", { ...wish(), on: true })).toMatchObject({
    error: { code: "room.unreachable" },
  });
});

test("says so where the page can be reached and no socket ever opens, and goes on trying", async () => {
  const { governed } = await openRoom();
  // The room of the test speaks no TLS: as for a browser that does not take the certificate, no socket opens.
  const failing = (reachable: boolean) => {
    const states: RoomState[] = [];
    const link = new ModeratorLink({
      url: () => governed.room.origin.replace("http:", "wss:"),
      onEntered: () => undefined,
      reachPage: () => Promise.resolve(reachable),
      backOffMs: () => 10,
    });
    closers.push(() => link.close());
    link.listen((message) => {
      if (message.type === "room") states.push(message.state);
    });
    return states;
  };
  const isRefused = (state: RoomState) => state.status === "connecting" && state.refused === true;
  const refused = failing(true);
  const unreachable = failing(false);
  await waitUntil("tries", () => Math.min(refused.length, unreachable.length) > 5);
  expect(refused.slice(0, 5).map(isRefused)).toEqual([false, false, true, true, true]);
  expect(unreachable.some(isRefused)).toBe(false);
});
