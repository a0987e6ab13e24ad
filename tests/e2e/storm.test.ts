import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { type ClientOptions, WebSocket } from "ws";
import { GiftId, RequestId } from "../../preload/contract/ids.ts";
import { roomRequests } from "../../preload/contract/room-protocol.ts";
import { decodeRpc, encodeRpc, type RpcFrame } from "../../preload/contract/rpc.ts";
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

/** Undefined where the room is away. */
const open = (url: string, options: ClientOptions): Promise<WebSocket | undefined> =>
  new Promise((done) => {
    const socket = new WebSocket(url, "protoo", options);
    socket.once("open", () => done(socket));
    socket.once("error", () => done(undefined));
  });

/** The answer to one gift; undefined where the socket closes first. Other frames are not even parsed. */
const ask = (socket: WebSocket, id: number, data: unknown): Promise<RpcFrame | undefined> =>
  new Promise((done) => {
    const settle = (frame: RpcFrame | undefined) => {
      socket.off("message", onMessage);
      socket.off("close", onClose);
      done(frame);
    };
    const onClose = () => settle(undefined);
    const onMessage = (bytes: Buffer) => {
      if (bytes.subarray(0, 16).includes("response")) settle(decodeRpc(bytes.toString()));
    };
    socket.on("message", onMessage);
    socket.on("close", onClose);
    if (socket.readyState === WebSocket.OPEN)
      socket.send(encodeRpc({ type: "request", id, method: "sendGift", data }));
    else onClose();
  });

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

  /** Sends until each wish is acknowledged; a wish that a crash left open is sent again under the same id. */
  const sendAll = async (number: number, cookie: string): Promise<void> => {
    let socket: WebSocket | undefined;
    for (let gift = 0; gift < giftsEach;) {
      socket ??= await open(`${origin.replace("http", "ws")}/?roomId=main&peerId=storm-${number}`, {
        headers: { cookie, origin },
      });
      const answer =
        socket &&
        (await ask(socket, gift, {
          requestId: RequestId.parse(`storm-${number}-${gift}`),
          giftId: heart,
          count: 1,
        }));
      if (answer?.type === "success") {
        acknowledged.add(roomRequests.sendGift.answer.parse(answer.data).eventId);
        gift += 1;
      } else {
        if (answer?.type !== "failure") socket = undefined;
        else if (answer.errorReason !== "request.too_many") throw new Error(answer.errorReason);
        await new Promise((done) => setTimeout(done, 100));
      }
    }
    socket?.close();
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
    await rm(base, { recursive: true, force: true, maxRetries: 10 });
  }
});
