import { join } from "node:path";
import { pino } from "pino";
import { afterEach, describe, expect, test } from "vitest";
import { parseInvitationLink } from "../../../main/moderating/invitation-link.ts";
import { ModeratedRoom } from "../../../main/moderating/moderated-room.ts";
import { openModeratorIdentities } from "../../../main/moderating/moderator-identity.ts";
import type { PushMessage } from "../../../preload/contract/ipc.ts";
import { RequestId } from "../../../preload/contract/ids.ts";
import { newRequestId } from "../../fakes/governed-room.ts";
import { makeTemporaryDirectory } from "../../fakes/temporary-directory.ts";
import { TestRoom } from "../../fakes/test-room.ts";
import { waitUntil } from "../../fakes/wait-until.ts";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});
const wish = () => ({ requestId: RequestId.parse(newRequestId()) });

const openServer = async () => {
  const server = await TestRoom.open({ config: { tls: "own" } });
  closers.push(() => server.close());
  // The test's own clients know this room by where it is.
  const unchecked = { rejectUnauthorized: false };
  const anchor = await server.connect({ peerId: "anchor", token: server.anchorToken }, unchecked);
  const invite = async (): Promise<string> => {
    const made = await anchor.get("createInvitation", { ...wish(), name: "小李", hours: 1 });
    return made.link;
  };
  return { server, anchor, invite };
};

const openRoom = async (link: string, directory = makeTemporaryDirectory()) => {
  const address = parseInvitationLink(link);
  if (!address.ok) throw new Error(address.error.detail);
  const pushed: PushMessage[] = [];
  const room = new ModeratedRoom({
    address: address.value,
    identities: await openModeratorIdentities(join(directory, "moderating.json")),
    log: pino({ level: "silent" }),
    backOff: { firstMs: 5, longestMs: 20 },
    random: () => 1,
    push: (message) => pushed.push(message),
  });
  closers.push(() => room.close());
  const settled = () =>
    waitUntil("a verdict", () => ["connected", "failed"].includes(room.state.status));
  const seqs = () =>
    pushed.flatMap((each) => (each.type === "records" ? each.events.map(({ seq }) => seq) : []));
  const losses = () =>
    pushed.filter((each) => each.type === "room" && each.state.status === "reconnecting").length;
  return { room, settled, seqs, losses, directory };
};

describe("an invitation in the app", () => {
  test("leads to the room by its own certificate: the chat is heard, acts are done, the record comes whole", async () => {
    const { server, anchor, invite } = await openServer();
    const { room, settled, seqs, losses } = await openRoom(await invite());
    await settled();
    expect(room.state).toMatchObject({
      status: "connected",
      info: { self: { nickname: "小李", role: "moderator" } },
    });
    await anchor.get("sendChat", { ...wish(), text: "欢迎" });
    await waitUntil("the message", () => room.getRecent().messages.length === 1);
    for (let round = 0; round < 3; round += 1) {
      expect(await room.ask("muteAll", { ...wish(), on: round % 2 === 0 })).toMatchObject({
        ok: true,
      });
      for (const connection of server.room.audience.connections)
        if (connection.session.person.role === "moderator") connection.close(1012);
      await anchor.get("announce", { ...wish(), text: `第${round}条` });
      await waitUntil("the loss", () => losses() === round + 1);
      await waitUntil("the connection", () => room.state.status === "connected");
    }
    const { latestSeq } = await anchor.get("getRoomInfo", {});
    await waitUntil("the record", () => seqs().at(-1) === latestSeq);
    expect(seqs()).toEqual(Array.from({ length: latestSeq }, (_, index) => index + 1));
  });

  test("opens its room again as the same person, and nobody else's", async () => {
    const { anchor, invite } = await openServer();
    const link = await invite();
    const first = await openRoom(link);
    await first.settled();
    await first.room.close();
    const again = await openRoom(link, first.directory);
    await again.settled();
    expect(again.room.state.status).toBe("connected");
    const stranger = await openRoom(link);
    await stranger.settled();
    expect(stranger.room.state).toMatchObject({ error: { code: "invitation.invalid" } });
    const { moderators } = await anchor.get("getModerators", {});
    expect(moderators.filter(({ person }) => person.role === "moderator")).toHaveLength(1);
  });

  test("ends at once for who is removed, and stays ended", async () => {
    const { anchor, invite } = await openServer();
    const { room, settled } = await openRoom(await invite());
    await settled();
    const viewerId = room.state.status === "connected" ? room.state.info.self.viewerId : "";
    await anchor.get("removeModerator", { ...wish(), viewerId });
    await waitUntil("the end", () => room.state.status === "failed");
    expect(room.state).toMatchObject({ error: { code: "room.not_moderator" } });
    expect(await room.ask("muteAll", { ...wish(), on: true })).toMatchObject({
      error: { code: "room.unreachable" },
    });
  });

  test("with another certificate's fingerprint it gets nowhere", async () => {
    const { server, invite } = await openServer();
    const link = (await invite()).replace(/fp=.*/, `fp=${"A".repeat(43)}`);
    const { room, settled } = await openRoom(link);
    await settled();
    expect(room.state).toMatchObject({ error: { code: "room.certificate_untrusted" } });
    expect(server.room.audience.connectionCount).toBe(1);
  });
});

test.each([
  "",
  "http://127.0.0.1:4443/moderate",
  "http://127.0.0.1:4443/moderate#invite=short",
  `http://127.0.0.1:4443/#invite=${"a".repeat(16)}.${"b".repeat(43)}`,
  `ftp://127.0.0.1/moderate#invite=${"a".repeat(16)}.${"b".repeat(43)}`,
  `http://me:secret@127.0.0.1/moderate#invite=${"a".repeat(16)}.${"b".repeat(43)}`,
  `http://127.0.0.1/moderate#invite=${"a".repeat(16)}.${"b".repeat(43)}&fp=x`,
])("%j is no invitation", (link) => {
  expect(parseInvitationLink(link)).toMatchObject({ error: { code: "room.link_invalid" } });
});
