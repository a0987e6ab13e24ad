import { execFileSync } from "node:child_process";
import { cpus } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { loadRoomKey } from "../../../main/room-server/key-file.ts";
import { createTokens } from "../../../main/room-server/tokens.ts";
import { ViewerId } from "../../../preload/contract/ids.ts";
import { quantile } from "../../e2e/stamps.ts";
import { ChatCrowd } from "../../fakes/chat-crowd.ts";
import { startRoomProcess } from "../../fakes/room-process.ts";
import { createRoomFiles } from "../../fakes/test-room.ts";
import { CpuTree, cpuUse } from "./cpu-time.ts";
import { round } from "./figures.ts";

const sockets = 2_000;
/** One person may hold so many connections, and say one thing a second. */
const persons = 500;
const warmUpMs = 3_000;

/** What a process starts later is held on the same cores. */
const pin = (pid: number, cores: string): void => {
  execFileSync("taskset", ["-a", "-c", "-p", cores, String(pid)], { stdio: "ignore" });
};
const allCores = `0-${cpus().length - 1}`;

export interface Deliveries {
  readonly messagesPerSecond: number;
  readonly deliveriesPerSecond: number;
  readonly cpuUsPerDelivery: number;
  /** Of one core; the rest waits. */
  readonly serverCores: number;
  readonly otherCores: number;
  readonly delayMsP95: number;
}

/**
 * A room process on one core, 2,000 viewers on the other: so many messages a second for some seconds, each to everybody.
 * The clients compare every byte.
 */
export const measureDeliveries = async (
  rates: readonly number[],
  { seconds }: { readonly seconds: number },
): Promise<Deliveries[]> => {
  const files = createRoomFiles();
  const { secret } = loadRoomKey(files.config.dataDir);
  const tokens = createTokens(secret, () => Date.now());
  const room = await startRoomProcess(files.config);
  try {
    if (room.answer.type !== "ready") throw new Error(room.answer.message);
    const pid = room.child.pid ?? 0;
    pin(pid, "0");
    pin(process.pid, "1");
    const bearers = await Promise.all(
      Array.from({ length: persons }, (_, index) =>
        tokens.viewer(ViewerId.parse(`crowd-${index}`)),
      ),
    );
    const paths = Array.from({ length: sockets }, (_, index) => {
      const token = bearers[index % persons] ?? "";
      const query = new URLSearchParams({ roomId: "main", peerId: `crowd-${index}`, token });
      return `/?${query.toString()}`;
    });
    const crowd = await ChatCrowd.open(new URL(room.answer.viewerUrl), paths);
    const results: Deliveries[] = [];
    for (const messagesPerSecond of rates) {
      const startMs = performance.now();
      let said = 0;
      const talk = setInterval(() => {
        const due = ((performance.now() - startMs) / 1_000) * messagesPerSecond;
        for (; said < due; said += 1) crowd.say("主播今天的画面真清楚，声音也好听，加油");
      }, 5);
      await sleep(warmUpMs);
      crowd.restart();
      const cpu = new CpuTree([pid]);
      const before = cpu.read();
      await sleep(seconds * 1_000);
      const after = cpu.read();
      const { deliveries, delaysMs } = crowd.counts;
      clearInterval(talk);
      const use = cpuUse(before, after);
      const elapsedS = (after.atMs - before.atMs) / 1_000;
      results.push({
        messagesPerSecond,
        deliveriesPerSecond: Math.round(deliveries / elapsedS),
        cpuUsPerDelivery: round((use.tree * elapsedS * 1e6) / deliveries, 2),
        serverCores: round(use.tree, 2),
        otherCores: round(use.other, 2),
        delayMsP95: round(quantile(delaysMs, 0.95), 1),
      });
      await sleep(1_000);
    }
    const [error] = crowd.errors;
    if (error !== undefined) throw new Error(`${crowd.errors.length} errors, the first: ${error}`);
    crowd.close();
    return results;
  } finally {
    pin(process.pid, allCores);
    room.stop();
    await room.exited;
    files.remove();
  }
};
