import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { once } from "node:events";
import { join } from "node:path";
import { z } from "zod";
import { afterAll, describe, expect, test } from "vitest";
import { startRoomProcess } from "../../fakes/room-process.ts";
import { RoomClient } from "../../fakes/room-client.ts";
import { createRoomFiles } from "../../fakes/test-room.ts";

const files = createRoomFiles();
afterAll(() => files.remove());

const ready = async () => {
  const room = await startRoomProcess(files.config);
  if (room.answer.type !== "ready") throw new Error(room.answer.message);
  return { room, address: room.answer };
};

/** Each starts processes, which takes its time on a busy machine. */
describe("the room as the app's utility process", { timeout: 120_000 }, () => {
  test("opens, tells where it is, closes when told to, and never logs a token", async () => {
    const { room, address } = await ready();
    const token = new URL(address.anchorUrl).hash.slice("#anchor=".length);
    expect((await fetch(`${address.viewerUrl}healthz`)).status).toBe(200);
    const url = `${address.viewerUrl.replace("http", "ws")}?roomId=main&peerId=a&token=${token}`;
    const anchor = await RoomClient.open(url);
    const info = await anchor.get("getRoomInfo", {});
    expect(info).toMatchObject({ kind: "rehearsal", viewerUrl: address.viewerUrl });
    room.stop();
    expect(await anchor.closed).toBe(4_005);
    expect(await room.exited).toBe(0);
    expect(room.errors()).toContain("the room is open");
    expect(room.errors()).not.toContain(token.slice(0, 40));
  });

  test("a second room on the same log is refused; when the app is gone the first ends", async () => {
    const { room, address } = await ready();
    const second = await startRoomProcess(files.config);
    expect(second.answer).toMatchObject({ type: "failed", code: "data_in_use" });
    expect(await second.exited).toBe(1);
    room.disconnect();
    expect(await room.exited).toBe(0);
    await expect(fetch(address.viewerUrl)).rejects.toThrow("fetch failed");
  });

  test("says why it cannot open", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const port = z.object({ port: z.int() }).parse(taken.address()).port;
    const blocked = join(files.root, "secret.txt", "data");
    const wrong = join(files.root, "wrong");
    mkdirSync(join(wrong, "gifts"), { recursive: true });
    writeFileSync(join(wrong, "gifts", "catalogue.json"), '[{"giftId":"heart"}]');
    const pem = join(files.root, "secret.txt");
    const cases = [
      [{ port }, "port_taken", `The port ${port} is taken.`],
      [{ mediaPort: port }, "port_taken", `The media port ${port} is taken.`],
      [{ dataDir: blocked }, "data_unwritable", "Cannot write to the data directory"],
      [{ resourcesDir: wrong }, "catalogue_invalid", "Cannot use the gift catalogue"],
      [
        { tls: { certFile: pem, keyFile: pem } },
        "certificate_invalid",
        "Cannot use the certificate",
      ],
      [{ publicHost: "192.0.2.1.invalid" }, "address_unavailable", "cannot be resolved"],
    ] as const;
    await Promise.all(
      cases.map(async ([change, code, message], index) => {
        const dataDir = join(files.root, `data-${index}`);
        const room = await startRoomProcess({ ...files.config, dataDir, ...change });
        expect(room.answer).toMatchObject({ type: "failed", code });
        expect(room.answer.type === "failed" && room.answer.message).toContain(message);
        expect(await room.exited).toBe(1);
      }),
    );
    const dataDir = join(files.root, "data-worker");
    const noWorker = { MEDIASOUP_WORKER_BIN: "/nowhere/worker" };
    const room = await startRoomProcess({ ...files.config, dataDir }, noWorker);
    expect(room.answer).toMatchObject({ code: "worker_missing" });
    expect(await room.exited).toBe(1);
    taken.close();
  });
});
