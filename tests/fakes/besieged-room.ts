import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { SignIn } from "./hostile-crowd.ts";
import { RoomClient } from "./room-client.ts";
import { startRoomProcess } from "./room-process.ts";
import { createRoomFiles, TestRoom } from "./test-room.ts";

const persons = ["steady", "viewer-1", "viewer-2", "moderator", "guest", "silent"] as const;
type PersonName = (typeof persons)[number];

/** Every row of the room's database, in the order of its keys. */
const dump = (dataDir: string): string[] => {
  const db = new DatabaseSync(join(dataDir, "room.db"), { readOnly: true });
  const tables = [
    "identity",
    "wallet",
    "record",
    "chat",
    "request",
    "room_state",
    "moderation",
    "restriction",
    "banned_address",
    "pending_warning",
    "blocked_word",
    "invitation",
  ];
  const rows = tables.flatMap((table) =>
    db
      .prepare(`SELECT * FROM ${table}`)
      .all()
      .map((row) => `${table} ${JSON.stringify(row)}`),
  );
  db.close();
  return rows;
};

const cookiesOf = async (room: TestRoom): Promise<Map<PersonName, string>> => {
  const cookies = new Map<PersonName, string>();
  const roles = new Map<string, string>();
  for (const name of persons) {
    const cookie = await room.newCookie();
    cookies.set(name, cookie);
    const client = await room.viewer(cookie);
    const { self } = await client.get("getRoomInfo", {});
    if (name === "moderator" || name === "guest") roles.set(self.viewerId, name);
    await client.get("sendChat", { requestId: `chat-${name}`, text: `你好 ${name}` });
    await client.get("sendGift", { requestId: `gift-${name}`, giftId: "rose", count: 2 });
    await client.get("follow", { requestId: `follow-${name}` });
  }
  await room.anchor();
  await room.close();
  const db = new DatabaseSync(join(room.files.config.dataDir, "room.db"));
  for (const [viewerId, role] of roles)
    db.prepare("UPDATE identity SET role = ? WHERE viewer_id = ?").run(role, viewerId);
  db.close();
  return cookies;
};

/** Lines of a room's log that tell of a bug. The SFU calls what it refuses an error, too: that is none. */
export const bugsIn = (log: string): string[] =>
  log
    .split("\n")
    .filter((line) => line.includes('"level":50') && !line.includes('"namespace":"mediasoup:'));

/**
 * A room process of its own with people of every role, chat and gifts, a viewer who goes on asking while it is attacked,
 * and a comparison of all that the room keeps with what it kept before.
 */
export const besiegeRoom = async (nodeOptions: readonly string[] = []) => {
  const files = createRoomFiles();
  const cookies = await cookiesOf(await TestRoom.open({ files }));
  const before = dump(files.config.dataDir);
  const room = await startRoomProcess(files.config, {}, nodeOptions);
  if (room.answer.type !== "ready") throw new Error(room.answer.message);
  const { origin } = new URL(room.answer.viewerUrl);
  const anchorToken = new URL(room.answer.anchorUrl).hash.slice("#anchor=".length);
  const url = (parameters: Record<string, string>): string =>
    `${origin.replace("http", "ws")}/?${new URLSearchParams({ roomId: "main", ...parameters }).toString()}`;
  const headersOf = (name: PersonName) => ({ cookie: cookies.get(name) ?? "", origin });
  const anchor = await RoomClient.open(url({ peerId: "steady-anchor", token: anchorToken }));
  const viewer = await RoomClient.open(url({ peerId: "steady-viewer" }), {
    headers: headersOf("steady"),
  });

  const signIns: SignIn[] = [
    { caller: "viewer", headers: headersOf("viewer-1") },
    { caller: "anchor", headers: {}, token: () => Promise.resolve(anchorToken) },
    { caller: "moderator", headers: headersOf("moderator") },
    { caller: "guest", headers: headersOf("guest") },
    { caller: "viewer", headers: headersOf("viewer-2") },
    {
      caller: "media",
      headers: {},
      token: async () => (await anchor.get("createMediaToken", {})).token,
    },
  ];

  /** What the room tells of itself: to its anchor and to a viewer. */
  const look = async (): Promise<string[]> =>
    Promise.all(
      [anchor, viewer].map(async (client) =>
        JSON.stringify([
          await client.get("getRoomInfo", {}),
          await client.get("getWallet", {}),
          await client.get("getChatHistory", { limit: 200 }),
        ]),
      ),
    );
  // How many watch is told a moment late.
  const told = await look();

  const answerMs: number[] = [];
  const watch = new AbortController();
  const watched = (async () => {
    while (!watch.signal.aborted) {
      const startMs = performance.now();
      await viewer.get("getWallet", {});
      answerMs.push(performance.now() - startMs);
      await sleep(50);
    }
  })();

  return {
    origin,
    signIns,
    silent: { caller: "viewer", headers: headersOf("silent") } satisfies SignIn,
    child: room.child,
    errors: room.errors,
    hasEnded: (): boolean => room.child.exitCode !== null || room.child.signalCode !== null,
    /** The steady viewer's answers so far. */
    answerMs,
    /** Ends the room; what differs from before, by telling and by its database. */
    async effects(): Promise<string[]> {
      watch.abort();
      await watched;
      const tellsNow = await look();
      const received = [...viewer.notes, ...anchor.notes].filter(
        // Moderators come and go with the attackers' connections. A well-formed report of a viewer's playback may be among the mutations; it changes nothing but these sums.
        ({ method }) =>
          method !== "audienceChanged" &&
          method !== "playbackChanged" &&
          method !== "moderatorsChanged",
      );
      await Promise.all([anchor.close(), viewer.close()]);
      room.stop();
      const code = await room.exited;
      const after = dump(files.config.dataDir);
      files.remove();
      return [
        ...told.filter((each, index) => each !== tellsNow[index]),
        ...received.map((note) => `told ${JSON.stringify(note).slice(0, 200)}`),
        ...before.filter((row) => !after.includes(row)).map((row) => `lost ${row}`),
        ...after.filter((row) => !before.includes(row)).map((row) => `new ${row}`),
        ...(code === 0 ? [] : [`the room ended with ${code}`]),
      ];
    },
  };
};
