import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Ledger } from "../../../main/ledger/ledger.ts";
import { FakeRoomServer } from "../../fakes/fake-room-server.ts";
import { giftEvent } from "../../fakes/room-events.ts";
import { makeTemporaryDirectory } from "../../fakes/temporary-directory.ts";

const total = 10_000;

test("a storm of gifts is in the ledger exactly once, however often main is killed", async () => {
  const server = await FakeRoomServer.start();
  server.log = Array.from({ length: total }, (_, index) => giftEvent(index + 1));
  server.pace = { size: 50, pauseMs: 2 };
  const path = join(makeTemporaryDirectory(), "ledger.sqlite");
  let kills = 0;
  const progress = { reached: 0 };
  while (progress.reached < total) {
    const main = spawn(
      process.execPath,
      [join(import.meta.dirname, "../../fakes/main-process.ts"), server.anchorLink, path],
      { stdio: ["ignore", "pipe", "pipe"] },
    );
    let complaint = "";
    main.stderr.on("data", (chunk: Buffer) => (complaint += chunk.toString()));
    const ended = once(main, "exit");
    // Killed as soon as a random number more has been committed, in the midst of the next group.
    const killAt = Math.min(total, progress.reached + 1 + Math.floor(Math.random() * (total / 5)));
    await new Promise<void>((resolve, reject) => {
      main.stdout.on("data", (chunk: Buffer) => {
        progress.reached = Math.max(
          progress.reached,
          ...chunk.toString().trim().split("\n").map(Number),
        );
        if (progress.reached >= killAt) resolve();
      });
      void ended.then(([code]) => reject(new Error(`main ended with ${code}: ${complaint}`)));
    });
    main.kill("SIGKILL");
    await ended;
    kills += 1;
  }
  const roomKey = `127.0.0.1:${server.port}/main`;
  await server.close();
  const ledger = new Ledger(path);
  const recorded = ledger.recent(roomKey, total + 1);
  const totals = ledger.totals(roomKey);
  ledger.close();
  expect(kills).toBeGreaterThanOrEqual(5);
  expect(recorded.map((event) => event.seq)).toEqual(server.log.map((event) => event.seq));
  expect(new Set(recorded.map((event) => event.eventId)).size).toBe(total);
  expect(totals).toMatchObject({ giftCount: total, giftCoins: 3 * total });
}, 120_000);
