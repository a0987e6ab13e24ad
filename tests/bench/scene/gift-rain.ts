import { randomUUID } from "node:crypto";
import { GiftId, RequestId } from "../../../preload/contract/ids.ts";
import { RoomClient } from "../../fakes/room-client.ts";

/** A small alert is in the picture for about three seconds. */
const everyMs = 4_000;

/** A viewer who gives a rose every four seconds, so that an alert is in the picture most of the time. */
export const startGiftRain = async (viewerUrl: string): Promise<{ close(): Promise<void> }> => {
  const page = await fetch(viewerUrl);
  const cookie = page.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  const url = new URL(viewerUrl);
  const client = await RoomClient.open(`ws://${url.host}/?roomId=main&peerId=bench-giver`, {
    headers: { cookie },
    origin: url.origin,
  });
  const give = () =>
    void client.get("sendGift", {
      requestId: RequestId.parse(randomUUID()),
      giftId: GiftId.parse("rose"),
      count: 1,
    });
  const timer = setInterval(give, everyMs);
  give();
  return {
    close: async () => {
      clearInterval(timer);
      await client.close();
    },
  };
};
