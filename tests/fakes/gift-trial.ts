import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { RequestId, ViewerId } from "../../preload/contract/ids.ts";
import { sendGift } from "../../main/room-server/gifts.ts";
import { enter } from "../../main/room-server/identity.ts";
import { seededRandom } from "../../main/room-server/rehearsal-script.ts";
import { createGiftStorm } from "./gift-storm.ts";
import { judgeLedger, readCursor, type Verdict } from "./ledger-judge.ts";
import { startRoomProcess } from "./room-process.ts";
import { createRoomFiles, testGifts, TestRoom } from "./test-room.ts";

export interface TrialResult extends Verdict {
  readonly faults: readonly string[];
  readonly killsOfMain: number;
  readonly killsOfRoom: number;
}

const mainProgram = fileURLToPath(new URL("main-process.ts", import.meta.url));
const testGiftsInLog = 25;
const settleLimitMs = 30_000;
const mostKills = 4;

const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** The file of the room that every trial begins with: viewers who have been there, and gifts of a rehearsal. */
export const prepareTrials = async (viewers: number) => {
  const files = createRoomFiles();
  const room = await TestRoom.open({ files });
  const cookies = await Promise.all(Array.from({ length: viewers }, () => room.newCookie()));
  const actor = await enter(room.room, ViewerId.parse("rehearsal-1"), {
    role: "viewer",
    nickname: "Momo",
    test: true,
  });
  if (!actor.ok) throw new Error(actor.error.code);
  for (let gift = 0; gift < testGiftsInLog; gift += 1) {
    const wish = { requestId: RequestId.parse(`test-${gift}`), giftId: "rose", count: 3 } as const;
    const giftId = testGifts.find((kind) => kind.giftId === wish.giftId)?.giftId;
    if (!giftId) throw new Error("no roses");
    const sent = await sendGift(room.room, actor.value, { ...wish, giftId }, { test: true });
    if (!sent.ok) throw new Error(sent.error.code);
  }
  await room.close();
  return { dataDir: files.config.dataDir, cookies, remove: files.remove };
};
export type PreparedTrials = Awaited<ReturnType<typeof prepareTrials>>;

/** Keeps a process running that is killed from outside; `kill` ends it as a crash would and starts the next. */
class KilledMain {
  readonly #args: readonly string[];
  #child: ChildProcess;
  #complaint = "";
  #expected = false;
  /** Why it ended by itself. */
  failure: string | undefined;

  constructor(...args: readonly string[]) {
    this.#args = args;
    this.#child = this.#start();
  }

  #start(): ChildProcess {
    const child = spawn(process.execPath, [mainProgram, ...this.#args], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    child.stderr.on("data", (chunk: Buffer) => (this.#complaint += chunk.toString()));
    child.once("exit", (code) => {
      if (!this.#expected) this.failure = `main ended with ${code}: ${this.#complaint}`;
    });
    return child;
  }

  async end(): Promise<void> {
    this.#expected = true;
    const ended = once(this.#child, "exit");
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill("SIGKILL");
    await ended;
  }

  async kill(): Promise<void> {
    await this.end();
    this.#expected = false;
    this.#child = this.#start();
  }
}

/**
 * One storm of gifts over real sockets, from viewers through a room's process to the ledger of a main's process, either of
 * which is killed at random moments and started again, until every gift is acknowledged and the ledger is level with the
 * room. @param options.roomProgram the built room; from the sources without it
 */
export const runGiftTrial = async (
  prepared: PreparedTrials,
  options: { readonly seed: number; readonly giftsEach: number; readonly roomProgram?: string },
): Promise<TrialResult> => {
  const random = seededRandom(options.seed);
  const files = createRoomFiles();
  const base = mkdtempSync(join(tmpdir(), "gift-trial-"));
  cpSync(prepared.dataDir, files.config.dataDir, { recursive: true });
  const ledgerPath = join(base, "ledger.sqlite");
  let port = 0;
  const startRoom = async () => {
    const room = await startRoomProcess({ ...files.config, port }, {}, [], options.roomProgram);
    if (room.answer.type !== "ready") throw new Error(room.answer.message);
    ({ port } = room.answer);
    return { ...room, ...room.answer };
  };
  let room = await startRoom();
  const main = new KilledMain(room.anchorUrl, ledgerPath);
  const storm = createGiftStorm({
    origin: new URL(room.viewerUrl).origin,
    cookies: prepared.cookies,
    giftsEach: options.giftsEach,
    kinds: testGifts.filter(({ coins }) => coins < 100),
    random,
    pauseMs: 25,
  });
  const total = prepared.cookies.length * options.giftsEach;
  const kills = Array.from({ length: 1 + Math.floor(random() * mostKills) }, () => ({
    victim: random() < 0.5 ? ("main" as const) : ("room" as const),
    atGift: Math.floor(random() * total),
    afterMs: random() * 40,
  })).toSorted((one, other) => one.atGift - other.atGift);
  const count = { main: 0, room: 0 };
  const strike = async (): Promise<void> => {
    for (const { victim, atGift, afterMs } of kills) {
      await storm.reached(atGift);
      await sleep(afterMs);
      if (victim === "main") await main.kill();
      else {
        room.kill("SIGKILL");
        await room.exited;
        room = await startRoom();
      }
      count[victim] += 1;
    }
  };
  try {
    await Promise.all([storm.run(), strike()]);
    const endMs = performance.now() + settleLimitMs;
    const latestSeq = storm.latestSeq();
    while (!existsSync(ledgerPath) || readCursor(ledgerPath) < latestSeq) {
      if (main.failure) throw new Error(main.failure);
      if (performance.now() > endMs) break;
      await sleep(20);
    }
    await main.end();
    return {
      ...judgeLedger(ledgerPath, storm.acknowledged),
      faults: storm.faults,
      killsOfMain: count.main,
      killsOfRoom: count.room,
    };
  } finally {
    await main.end();
    room.kill("SIGKILL");
    await room.exited;
    files.remove();
    rmSync(base, { recursive: true, force: true });
  }
};
