import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createInvitationCodes } from "../../../main/room-server/invitations.ts";
import { InvitationId, RequestId } from "../../../preload/contract/ids.ts";
import { roomCloseCodes } from "../../../preload/contract/room-protocol.ts";
import { actsOf, GovernedRoom, newRequestId } from "../../fakes/governed-room.ts";
import type { RoomClient } from "../../fakes/room-client.ts";

let governed: GovernedRoom;
beforeEach(async () => {
  governed = await GovernedRoom.open();
});
afterEach(() => governed.close());

const wish = () => ({ requestId: newRequestId() });
const invite = async (name = "小李", hours = 24) => {
  const requestId = newRequestId();
  const answer = await governed.anchor.get("createInvitation", { requestId, name, hours });
  const code = new URLSearchParams(new URL(answer.link).hash.slice(1)).get("invite") ?? "";
  return { ...answer, code, requestId };
};
/** As a browser that loads the moderators' page; answers its cookie. */
const loadPage = async (cookie?: string): Promise<string | undefined> => {
  const headers = new Headers(cookie === undefined ? {} : { cookie });
  const page = await fetch(`${governed.room.origin}/moderate`, { headers });
  return page.headers.get("set-cookie")?.split(";")[0];
};
const newCookie = async (): Promise<string> => (await loadPage()) ?? "no cookie";
const enter = (cookie: string, code?: string): Promise<RoomClient> =>
  governed.room.connect(
    {
      peerId: governed.room.nextPeerId(),
      as: "moderator",
      ...(code === undefined ? {} : { invite: code }),
    },
    { headers: { cookie, origin: governed.room.origin } },
  );
const selfOf = async (client: RoomClient) => (await client.get("getRoomInfo", {})).self;

describe("an invitation", () => {
  test("makes one moderator, under the name it was made for, without any right before", async () => {
    const { code, invitationId } = await invite("小李");
    const cookie = await newCookie();
    const early = await enter(cookie);
    expect(await early.closed).toBe(roomCloseCodes.invitationInvalid);
    const client = await enter(cookie, code);
    const self = await selfOf(client);
    expect(self).toMatchObject({ nickname: "小李", role: "moderator" });
    await client.get("resume", { afterSeq: 0 });
    await client.get("muteAll", { ...wish(), on: true });
    await governed.anchor.until(() => actsOf(governed.anchor).length === 3, "the acts");
    expect(actsOf(governed.anchor).map(({ act, sender }) => [act.kind, sender.role])).toEqual([
      ["inviteModerator", "anchor"],
      ["redeemInvitation", "moderator"],
      ["setRules", "moderator"],
    ]);
    const { invitations } = await governed.anchor.get("getInvitations", {});
    expect(invitations).toMatchObject([{ invitationId, state: "redeemed", link: null }]);
  });

  test("is good once; the same browser comes back by it and without it", async () => {
    const { code } = await invite();
    const cookie = await newCookie();
    const first = await enter(cookie, code);
    const self = await selfOf(first);
    await first.close();
    for (const again of [await enter(cookie, code), await enter(cookie)])
      expect(await selfOf(again)).toEqual(self);
    const thief = await enter(await newCookie(), code);
    expect(await thief.closed).toBe(roomCloseCodes.invitationInvalid);
    expect(
      actsOf(governed.anchor).filter(({ act }) => act.kind === "redeemInvitation"),
    ).toHaveLength(1);
  });

  test("used by two at once lets one of them in", async () => {
    const { code } = await invite();
    const cookies = await Promise.all([newCookie(), newCookie(), newCookie()]);
    const clients = await Promise.all(cookies.map((cookie) => enter(cookie, code)));
    const ends = await Promise.all(
      clients.map(async (client) => {
        const info = await client.ask("getRoomInfo", {});
        return info.ok ? info.value.self.role : String(await client.closed);
      }),
    );
    const refused = String(roomCloseCodes.invitationInvalid);
    expect(ends.toSorted((a, b) => a.localeCompare(b))).toEqual([refused, refused, "moderator"]);
  });

  test("is worth nothing once it was revoked, or has expired, or was made up", async () => {
    const { code, invitationId } = await invite();
    await governed.anchor.get("revokeInvitation", { ...wish(), invitationId });
    const late = await invite("小王", 1);
    const { room } = governed.room;
    const realNow = room.clock.now;
    const forged = createInvitationCodes(new Uint8Array(32)).codeOf(
      InvitationId.parse(late.invitationId),
    );
    for (const bad of [code, forged, `${late.code}x`, "x", late.code.slice(0, -1)])
      expect(await (await enter(await newCookie(), bad)).closed).toBe(
        roomCloseCodes.invitationInvalid,
      );
    Object.assign(room.clock, { now: () => realNow() + 3_600_001 });
    try {
      expect(await (await enter(await newCookie(), late.code)).closed).toBe(
        roomCloseCodes.invitationInvalid,
      );
      const { invitations } = await governed.anchor.get("getInvitations", {});
      expect(invitations.map(({ state }) => state).toSorted()).toEqual(["expired", "revoked"]);
    } finally {
      Object.assign(room.clock, { now: realNow });
    }
  });

  test("asked for twice by one request id is one, with one link", async () => {
    const data = { ...wish(), name: "小李", hours: 24 };
    const first = await governed.anchor.get("createInvitation", data);
    expect(await governed.anchor.get("createInvitation", data)).toEqual(first);
    const { invitations } = await governed.anchor.get("getInvitations", {});
    expect(invitations).toMatchObject([{ state: "open", link: first.link }]);
  });

  test("leaves its secret in no row of the room's log", async () => {
    const { code, eventId, requestId } = await invite();
    const [id = "", secret = ""] = code.split(".");
    const { room } = governed.room;
    const { viewerId } = await selfOf(governed.anchor);
    const answer = room.store.findAnswer(viewerId, RequestId.parse(requestId));
    const rows = room.store.recordsAfter(0, 1_000).map(({ body }) => body);
    const kept = [...rows, answer?.answer].join();
    expect(answer?.answer).toContain(eventId);
    expect(kept).toContain(id);
    expect(kept).not.toContain(secret);
  });
});

describe("a removed moderator", () => {
  test("is out at once, the token is dead, and only a new invitation lets them in again", async () => {
    const { code } = await invite();
    const cookie = await newCookie();
    const client = await enter(cookie, code);
    const { viewerId } = await selfOf(client);
    await client.get("resume", { afterSeq: 0 });
    await governed.anchor.get("removeModerator", { ...wish(), viewerId });
    expect(await client.closed).toBe(roomCloseCodes.roleChanged);
    for (const again of [await enter(cookie), await enter(cookie, code)])
      expect(await again.closed).toBe(roomCloseCodes.invitationInvalid);
    const token = cookie.slice(cookie.indexOf("=") + 1);
    const byToken = await governed.room.connect({ peerId: governed.room.nextPeerId(), token });
    expect(await byToken.closed).toBe(roomCloseCodes.invitationInvalid);
    const fresh = await loadPage(cookie);
    expect(fresh).not.toBe(cookie);
    const second = await invite("小李二");
    const back = await enter(fresh ?? "", second.code);
    expect((await selfOf(back)).role).toBe("moderator");
  });
});

test("who watches in the same browser is another person", async () => {
  const { code } = await invite();
  const [watching, moderating] = [await governed.room.newCookie(), await newCookie()];
  const both = `${watching}; ${moderating}`;
  const viewer = await governed.viewer(both);
  const moderator = await selfOf(await enter(both, code));
  expect(viewer.self.role).toBe("viewer");
  expect(moderator.viewerId).not.toBe(viewer.self.viewerId);
  expect(await loadPage(both)).toBeUndefined();
});
