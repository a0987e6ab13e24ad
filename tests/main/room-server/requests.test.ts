import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Role } from "../../../preload/contract/rights.ts";
import { roomRequests, type RoomMethod } from "../../../preload/contract/room-protocol.ts";
import type { RoomClient } from "../../fakes/room-client.ts";
import { createRoomFiles, TestRoom } from "../../fakes/test-room.ts";

type Caller = Role | "media";

const everyone: readonly Caller[] = ["anchor", "moderator", "guest", "viewer", "media"];
const people: readonly Caller[] = ["anchor", "moderator", "guest", "viewer"];
const producers: readonly Caller[] = ["anchor", "guest", "media"];
const audience: readonly Caller[] = ["moderator", "guest", "viewer"];
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
};

let room: TestRoom;
const callers = new Map<Caller, RoomClient>();

beforeAll(async () => {
  const files = createRoomFiles();
  const first = await TestRoom.open({ files });
  const cookies = new Map<Role, string>();
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
  test.each(everyone)("%s may do what the table says, and nothing else", async (who) => {
    const client = callers.get(who);
    if (!client) throw new Error(who);
    const answered: string[] = [];
    for (const method of Object.keys(roomRequests)) {
      const result = await client.askRaw(method, { nothing: "useful" });
      if (result.ok || result.error.code !== "request.forbidden") answered.push(method);
      await client.get("getRoomInfo", {});
    }
    const expected = Object.entries(allowed).flatMap(([method, list]) =>
      list.includes(who) ? [method] : [],
    );
    expect(answered.toSorted()).toEqual(expected.toSorted());
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
