import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { RequestId } from "../../preload/contract/ids.ts";
import { GiftId } from "../../preload/contract/ids.ts";
import { RoomClient } from "../fakes/room-client.ts";
import { alerts, testDocument, testPattern, testSettings } from "./fixtures.ts";
import { readLedger } from "./ledger-rows.ts";
import { findFreePort, launchStudio, type StudioApp, waitFor } from "./studio-app.ts";

const viewers = 100;
const giftsEach = 100;
const heart = GiftId.parse("heart");

/** A viewer's cookie, as the viewers' page would get it. */
const enter = async (viewerUrl: string): Promise<string> => {
  const response = await fetch(viewerUrl);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
};

it("keeps each of 10,000 gifts exactly once over a kill -9 of main at a random moment", async () => {
  const base = await mkdtemp(join(tmpdir(), "anchor-storm-"));
  const options = {
    userDataDir: join(base, "studio"),
    settings: testSettings,
    roomPort: await findFreePort(),
  };
  let studio: StudioApp = await launchStudio({
    ...options,
    document: testDocument([testPattern, alerts]),
  });
  const origin = new URL(studio.viewerUrl).origin;
  const acknowledged = new Set<string>();

  const sendAll = async (number: number, cookie: string) => {
    let client: RoomClient | undefined;
    for (let gift = 0; gift < giftsEach;) {
      try {
        client ??= await RoomClient.open(
          `${origin.replace("http", "ws")}/?roomId=main&peerId=storm-${number}`,
          { headers: { cookie, origin } },
        );
        const requestId = RequestId.parse(`storm-${number}-${gift}`);
        const answer = await client.ask("sendGift", { requestId, giftId: heart, count: 1 });
        if (answer.ok) {
          acknowledged.add(answer.value.eventId);
          gift += 1;
        } else if (answer.error.code === "request.too_many") {
          await new Promise((done) => setTimeout(done, 100));
        } else if (answer.error.code === "room.closed") {
          client = undefined;
        } else throw new TypeError(`sendGift: ${answer.error.code}`);
      } catch (error) {
        if (error instanceof TypeError) throw error;
        // The room is away; the same wish is sent again when it is back.
        client = undefined;
        await new Promise((done) => setTimeout(done, 200));
      }
    }
    await client?.close();
  };

  const cookies = await Promise.all(Array.from({ length: viewers }, () => enter(studio.viewerUrl)));
  const storm = Promise.all(cookies.map((cookie, number) => sendAll(number, cookie)));
  try {
    const killAt = 500 + Math.floor(Math.random() * 8_000);
    await waitFor(`${killAt} gifts`, () => acknowledged.size >= killAt, 60_000);
    await studio.kill();
    studio = await launchStudio(options);
    await storm;
    expect(acknowledged.size).toBe(viewers * giftsEach);

    const rows = await waitFor(
      "the ledger to have them all",
      () => {
        const gifts = readLedger(options.userDataDir).filter(({ type }) => type === "gift");
        return gifts.length >= acknowledged.size && gifts;
      },
      30_000,
    );
    expect(new Set(rows.map(({ event_id }) => event_id))).toEqual(acknowledged);
    expect(rows.reduce((sum, { gift_coins }) => sum + gift_coins, 0)).toBe(viewers * giftsEach);
    // The window shows the same sum.
    await studio.page.getByText("10,000", { exact: true }).first().waitFor();
  } finally {
    await studio.close();
    await rm(base, { recursive: true, force: true });
  }
});
