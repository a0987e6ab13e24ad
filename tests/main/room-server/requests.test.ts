import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { createTokens } from "../../../main/room-server/tokens.ts";
import { ViewerId } from "../../../preload/contract/ids.ts";
import type { Role } from "../../../preload/contract/rights.ts";
import { roomRequests, type RoomMethod } from "../../../preload/contract/room-protocol.ts";
import type { RoomClient } from "../../fakes/room-client.ts";
import { createRoomFiles, TestRoom } from "../../fakes/test-room.ts";
import { validRequests } from "../../fakes/valid-requests.ts";

type Caller = Role | "media";

const everyone: readonly Caller[] = ["anchor", "moderator", "guest", "viewer", "media"];
const people: readonly Caller[] = ["anchor", "moderator", "guest", "viewer"];
const producers: readonly Caller[] = ["anchor", "guest", "media"];
const audience: readonly Caller[] = ["moderator", "guest", "viewer"];
const governing: readonly Caller[] = ["anchor", "moderator"];
const anchorOnly: readonly Caller[] = ["anchor"];

/** Written out once more, so that a changed right shows here. */
const allowed: Record<RoomMethod, readonly Caller[]> = {
  getRouterRtpCapabilities: everyone,
  createWebRtcTransport: everyone,
  connectWebRtcTransport: everyone,
  join: everyone,
  restartIce: everyone,
  getTransportStats: everyone,
  produce: producers,
  closeProducer: producers,
  pauseProducer: producers,
  resumeProducer: producers,
  getProducerStats: producers,
  pauseConsumer: people,
  resumeConsumer: people,
  requestConsumerKeyFrame: people,
  setConsumerPreferredLayers: people,
  setConsumerPriority: people,
  getConsumerStats: people,
  changeDisplayName: people,
  reportPlayback: people,
  getRoomInfo: everyone,
  getGiftCatalogue: everyone,
  getWallet: everyone,
  getChatHistory: everyone,
  sendChat: people,
  sendGift: audience,
  follow: audience,
  resume: ["anchor", "moderator"],
  createMediaToken: anchorOnly,
  setProgramme: anchorOnly,
  setRehearsalAudience: anchorOnly,
  deleteMessage: governing,
  timeOut: governing,
  liftTimeOut: governing,
  ban: governing,
  unban: governing,
  warn: governing,
  addNote: governing,
  muteAll: governing,
  setSlowMode: governing,
  setFollowersOnly: governing,
  changeBlockedWords: governing,
  getBlockedWords: governing,
  importBlockedWords: governing,
  clearBlockedWords: governing,
  setHoldNewcomers: governing,
  setShield: governing,
  getHeldMessages: governing,
  allowMessage: governing,
  denyMessage: governing,
  pinMessage: governing,
  flagMessage: governing,
  unflagMessage: governing,
  announce: governing,
  appointModerator: anchorOnly,
  removeModerator: anchorOnly,
  undoModeration: governing,
  getModerationLog: governing,
  getViewerCard: governing,
  getModerators: governing,
  acknowledgeWarning: people,
  createInvitation: anchorOnly,
  revokeInvitation: anchorOnly,
  getInvitations: anchorOnly,
};

const cells = everyone.flatMap((who) =>
  Object.entries(allowed).map(
    ([method, list]) => [who, method as RoomMethod, list.includes(who)] as const,
  ),
);

let room: TestRoom;
const callers = new Map<Caller, RoomClient>();
const cookies = new Map<Role, string>();

/** A connection of its own: rates and errors of one cell are none of another's. */
const connect = async (who: Caller): Promise<RoomClient> => {
  if (who === "anchor") return room.anchor();
  const anchor = callers.get("anchor");
  return who === "media" && anchor ? room.uplink(anchor) : room.viewer(cookies.get(who as Role));
};

beforeAll(async () => {
  const files = createRoomFiles();
  const first = await TestRoom.open({ files });
  const ids = new Map<Role, string>();
  for (const role of ["moderator", "guest", "viewer"] as const) {
    const cookie = await first.newCookie();
    const info = await (await first.viewer(cookie)).get("getRoomInfo", {});
    cookies.set(role, cookie);
    ids.set(role, info.self.viewerId);
  }
  await first.close();
  const db = new DatabaseSync(join(files.config.dataDir, "room.db"));
  for (const [role, viewerId] of ids)
    db.prepare("UPDATE identity SET role = ? WHERE viewer_id = ?").run(role, viewerId);
  db.close();
  room = await TestRoom.open({ files });
  const anchor = await room.anchor();
  callers.set("anchor", anchor).set("media", await room.uplink(anchor));
  for (const [role, cookie] of cookies) callers.set(role, await room.viewer(cookie));
});
afterAll(async () => {
  await room.close();
  room.files.remove();
});

describe("rights", () => {
  test("the table here has every request of the wire", () => {
    expect(Object.keys(allowed).toSorted()).toEqual(Object.keys(roomRequests).toSorted());
  });

  test.each(cells)("%s %s: %s", async (who, method, isAllowed) => {
    const client = await connect(who);
    for (const data of [validRequests[method], { nothing: "useful" }, null]) {
      const result = await client.askRaw(method, data);
      expect(!result.ok && result.error.code === "request.forbidden").toBe(!isAllowed);
    }
    await client.close();
  });

  test("what was refused has changed nothing", async () => {
    const refused = await TestRoom.open();
    const anchor = await refused.anchor();
    const viewer = await refused.viewer();
    const media = await refused.uplink(anchor);
    const look = async () =>
      JSON.stringify([
        await anchor.get("getRoomInfo", {}),
        await viewer.get("getRoomInfo", {}),
        await viewer.get("getWallet", {}),
        await viewer.get("getChatHistory", { limit: 200 }),
      ]);
    await anchor.until(() => anchor.all("audienceChanged").at(-1)?.viewers === 1, "the viewer");
    const before = await look();
    let refusals = 0;
    for (const [client, who] of [
      [viewer, "viewer"],
      [anchor, "anchor"],
      [media, "media"],
    ] as const)
      for (const [caller, method, isAllowed] of cells) {
        if (isAllowed || caller !== who) continue;
        await client.askRaw(method, validRequests[method]);
        refusals += 1;
        // Only mistakes in a row end a connection; its rate bounds how often something else may be asked.
        if (refusals % 10 === 0) await client.get("getRoomInfo", {});
      }
    expect(await look()).toBe(before);
    expect([
      ...viewer.all("record"),
      ...viewer.all("chat"),
      ...viewer.all("walletChanged"),
    ]).toEqual([]);
    await refused.close();
  });

  test("viewers get no transport to send, the media connection none to receive", async () => {
    const send = { forceTcp: false, producing: true, consuming: false };
    const receive = { forceTcp: false, producing: false, consuming: true };
    const ask = async (who: Caller, data: typeof send) => {
      const result = await callers.get(who)?.ask("createWebRtcTransport", data);
      return result?.ok || result?.error.code;
    };
    expect(await ask("viewer", send)).toBe("request.forbidden");
    expect(await ask("viewer", receive)).toBe(true);
    expect(await ask("media", receive)).toBe("request.forbidden");
    expect(await ask("media", send)).toBe(true);
    expect(await ask("guest", send)).toBe(true);
  });
});

describe("who has no valid token", () => {
  const day = 24 * 3_600_000;
  const anchorId = (): string => {
    const [, payload = ""] = room.anchorToken.split(".");
    return z.object({ sub: z.string() }).parse(JSON.parse(atob(payload))).sub;
  };
  const keyOf = (): Uint8Array =>
    Buffer.from(readFileSync(join(room.files.config.dataDir, "room.key"), "utf8"), "base64url");
  const tokensAt = (secret: Uint8Array, agoMs: number) =>
    createTokens(secret, () => Date.now() - agoMs);
  const person = (): ViewerId => ViewerId.parse(anchorId());

  test.each<[string, () => Promise<string | undefined>]>([
    ["none", () => Promise.resolve(undefined)],
    ["an empty one", () => Promise.resolve("")],
    ["one that has expired", () => tokensAt(keyOf(), 366 * day).viewer(person())],
    [
      "a media token of two minutes ago",
      async () => (await tokensAt(keyOf(), 120_000).media(person())).token,
    ],
    ["one of another room's key", () => tokensAt(randomBytes(32), 0).anchor(person())],
    [
      "one without a signature",
      () =>
        Promise.resolve(
          `${btoa('{"alg":"none"}')}.${btoa(JSON.stringify({ sub: anchorId(), iat: 1 }))}.`,
        ),
    ],
    [
      "the anchor's with one letter changed",
      () => {
        const [head = "", payload = "", signature = ""] = room.anchorToken.split(".");
        const other = signature.startsWith("A") ? "B" : "A";
        return Promise.resolve(`${head}.${payload}.${other}${signature.slice(1)}`);
      },
    ],
    [
      "a viewer's whose payload names the anchor",
      async () => {
        const token = await tokensAt(keyOf(), 0).viewer(ViewerId.parse("nobody"));
        const [head = "", , signature = ""] = token.split(".");
        return `${head}.${btoa(JSON.stringify({ sub: anchorId(), iat: 1 }))}.${signature}`;
      },
    ],
  ])("%s: none of the requests is answered", async (_name, tokenOf) => {
    const token = await tokenOf();
    const client = await room.connect({
      peerId: room.nextPeerId(),
      ...(token === undefined ? {} : { token }),
    });
    for (const method of Object.keys(roomRequests) as RoomMethod[])
      void client.askRaw(method, validRequests[method]);
    expect(await client.closed).toBe(4_001);
    expect(client.order).toEqual([]);
  });

  test("a claim of a role in a valid token gives no role", async () => {
    const token = await new SignJWT({ role: "anchor" })
      .setProtectedHeader({ alg: "HS256" })
      .setSubject("climber")
      .setIssuedAt()
      .sign(keyOf());
    const client = await room.connect({ peerId: room.nextPeerId(), token });
    expect((await client.get("getRoomInfo", {})).self.role).toBe("viewer");
    expect(await client.askRaw("setProgramme", { state: "live" })).toMatchObject({
      error: { code: "request.forbidden" },
    });
  });
});
