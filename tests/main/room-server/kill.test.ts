import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { expect, test } from "vitest";
import { RecordEvent } from "../../../preload/contract/gift.ts";
import type { RoomAnswer } from "../../../preload/contract/room-protocol.ts";
import { RoomClient } from "../../fakes/room-client.ts";
import { startRoomProcess } from "../../fakes/room-process.ts";
import { createRoomFiles } from "../../fakes/test-room.ts";

const viewers = 20;
const giftsEach = 21;

const openViewers = async (viewerUrl: string, cookies: string[]): Promise<RoomClient[]> => {
  const { origin } = new URL(viewerUrl);
  return Promise.all(
    cookies.map((cookie, index) =>
      RoomClient.open(`${origin.replace("http", "ws")}/?roomId=main&peerId=viewer-${index}`, {
        headers: { cookie, origin },
      }),
    ),
  );
};

const open = async (files: ReturnType<typeof createRoomFiles>) => {
  const room = await startRoomProcess(files.config);
  if (room.answer.type !== "ready") throw new Error(room.answer.message);
  return { room, viewerUrl: room.answer.viewerUrl };
};

test.each([1, 100, 300])(
  "killed after %i acknowledgements, the room has every acknowledged gift exactly once",
  async (acknowledgements) => {
    const files = createRoomFiles();
    const { room, viewerUrl } = await open(files);
    const cookies = await Promise.all(
      Array.from({ length: viewers }, async () => {
        const page = await fetch(viewerUrl);
        return page.headers.get("set-cookie")?.split(";")[0] ?? "";
      }),
    );
    const clients = await openViewers(viewerUrl, cookies);
    const acknowledged = new Map<string, RoomAnswer<"sendGift">>();
    await Promise.all(
      clients.map(async (client, viewer) => {
        for (let gift = 0; gift < giftsEach; gift += 3)
          await Promise.all(
            [gift, gift + 1, gift + 2].map(async (index) => {
              const requestId = `gift-${index}`;
              const wish = { requestId, giftId: "rose", count: 1 };
              const result = await client.ask("sendGift", wish);
              if (result.ok) acknowledged.set(`${viewer} ${requestId}`, result.value);
              if (acknowledged.size >= acknowledgements) room.kill("SIGKILL");
            }),
          );
      }),
    );
    await room.exited;
    await Promise.all(clients.map((client) => client.close()));
    expect(acknowledged.size).toBeGreaterThanOrEqual(acknowledgements);
    expect(acknowledged.size).toBeLessThan(viewers * giftsEach);

    const readLog = () => {
      const db = new DatabaseSync(join(files.config.dataDir, "room.db"));
      const events = db
        .prepare("SELECT body FROM record ORDER BY seq")
        .all()
        .map(({ body }) => RecordEvent.parse(JSON.parse(String(body))));
      const coins = db
        .prepare("SELECT viewer_id AS viewerId, coins FROM wallet")
        .all()
        .map(({ viewerId, coins: left }) => [String(viewerId), Number(left)] as const);
      db.close();
      return { events, coins: new Map(coins) };
    };
    const check = (): Set<string> => {
      const { events, coins } = readLog();
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_event, index) => index + 1));
      for (const [viewerId, left] of coins) {
        const sent = events.filter(
          ({ type, sender }) => type === "gift" && sender.viewerId === viewerId,
        );
        expect(left).toBe(100_000 - 10 * sent.length);
      }
      return new Set(events.flatMap(({ type, eventId }) => (type === "gift" ? [eventId] : [])));
    };
    const logged = check();
    for (const { eventId } of acknowledged.values()) expect(logged).toContain(eventId);

    const second = await open(files);
    const again = await openViewers(second.viewerUrl, cookies);
    await Promise.all(
      again.map(async (client, viewer) => {
        for (let index = 0; index < giftsEach; index += 1) {
          const requestId = `gift-${index}`;
          const answer = await client.get("sendGift", { requestId, giftId: "rose", count: 1 });
          expect(answer).toEqual(acknowledged.get(`${viewer} ${requestId}`) ?? answer);
        }
      }),
    );
    await Promise.all(again.map((client) => client.close()));
    second.room.stop();
    expect(await second.room.exited).toBe(0);
    expect(check().size).toBe(viewers * giftsEach);
    files.remove();
  },
  120_000,
);
