import { join } from "node:path";
import { pino } from "pino";
import { afterEach, describe, expect, test } from "vitest";
import { Ledger } from "../../../main/ledger/ledger.ts";
import { PinnedRelay } from "../../../main/room/pinned-relay.ts";
import { Room } from "../../../main/room/room.ts";
import { RoomClient } from "../../fakes/room-client.ts";
import { makeTemporaryDirectory } from "../../fakes/temporary-directory.ts";
import { createRoomFiles, TestRoom } from "../../fakes/test-room.ts";
import { waitUntil } from "../../fakes/wait-until.ts";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

const openServer = async (files = createRoomFiles()) => {
  closers.push(() => files.remove());
  const server = await TestRoom.open({ files, config: { tls: "own" } });
  closers.push(() => server.close());
  const anchorUrl = new URL(server.server.address.anchorUrl);
  const fingerprint = new URLSearchParams(anchorUrl.hash.slice(1)).get("fp") ?? "";
  return { server, anchorUrl, fingerprint };
};
const otherFingerprint = "A".repeat(43);

const openRoom = () => {
  const ledger = new Ledger(join(makeTemporaryDirectory(), "ledger.sqlite"));
  closers.push(() => ledger.close());
  const room = new Room({
    ledger,
    log: pino({ level: "silent" }),
    backOff: { firstMs: 5, longestMs: 20 },
    random: () => 1,
    displayName: () => "主播",
    push: () => undefined,
  });
  closers.push(() => room.close());
  return room;
};

describe("a room that has signed its certificate itself", () => {
  test("is known by the fingerprint of its link, by the window's signalling too", async () => {
    const { anchorUrl, fingerprint } = await openServer();
    expect(anchorUrl.protocol).toBe("https:");
    expect(fingerprint).toMatch(/^[\w-]{43}$/);
    const room = openRoom();
    expect(room.choose(anchorUrl.href)).toMatchObject({ ok: true });
    await waitUntil("connected", () => room.state.status === "connected");
    const access = await room.getUplinkAccess();
    const url = access.ok ? access.value.url : "";
    expect(url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/\?/);
    const media = await RoomClient.open(url);
    expect(await media.get("getRouterRtpCapabilities", {})).toHaveProperty("codecs");
    await media.close();
  });

  test.each([
    ["another one", (hash: string) => hash.replace(/fp=.*/, `fp=${otherFingerprint}`)],
    ["none", (hash: string) => hash.replace(/&fp=.*/, "")],
  ])("is not trusted by a link with %s, and gets to see no token", async (_name, change) => {
    const { server, anchorUrl } = await openServer();
    anchorUrl.hash = change(anchorUrl.hash);
    const room = openRoom();
    room.choose(anchorUrl.href);
    await waitUntil("a verdict", () => room.state.status === "failed");
    expect(room.state).toMatchObject({ error: { code: "room.certificate_untrusted" } });
    expect(server.room.audience.connectionCount).toBe(0);
  });

  test("keeps its certificate over restarts, so that links stay good", async () => {
    const files = createRoomFiles();
    const first = await TestRoom.open({ files, config: { tls: "own" } });
    const before = first.server.address.anchorUrl;
    await first.close();
    const { fingerprint } = await openServer(files);
    expect(new URL(before).hash).toMatch(new RegExp(`&fp=${fingerprint}$`));
  });
});

test("the relay leads to nobody else", async () => {
  const { server } = await openServer();
  const relay = new PinnedRelay({
    host: "127.0.0.1",
    port: server.server.address.port,
    fingerprint: otherFingerprint,
  });
  closers.push(() => relay.close());
  const url = await relay.through(server.url({ peerId: "p1", token: server.anchorToken }));
  await expect(RoomClient.open(url)).rejects.toThrow(/socket hang up|ECONNRESET/);
  expect(server.room.audience.connectionCount).toBe(0);
});
