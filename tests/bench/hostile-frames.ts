/**
 * A million malformed frames (`--frames=`, `--seed=`) against a room server's process over real sockets, signed in with
 * every role and not signed in: it must not end, keep nothing, change nothing, and go on answering a viewer.
 */
import { once } from "node:events";
import { readFileSync, readdirSync, readlinkSync } from "node:fs";
import { loadavg } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { z } from "zod";
import { quantile } from "../e2e/stamps.ts";
import { besiegeRoom, bugsIn } from "../fakes/besieged-room.ts";
import { attack, newCounts, openSilent } from "../fakes/hostile-crowd.ts";

const { values } = parseArgs({
  options: {
    frames: { type: "string", default: "1000000" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
  },
});
const steps = 10;
const frames = Number(values.frames);
const seed = Number(values.seed);
const width = 12;
/** What the resident memory may rise by, as a straight line through the second half of the steps shows it. */
const bound = { rssMbPerStep: 3, heapMbPerStep: 0.5 } as const;
/** In shorter runs the heap is still warming up: it is reported and not judged. */
const judgesMemory = frames >= 500_000;
const silentOfEach = 6;

const Memory = z.object({
  type: z.literal("memory"),
  rss: z.number(),
  heapUsed: z.number(),
  external: z.number(),
});
const mb = (bytes: number): number => Math.round(bytes / 104_857.6) / 10;
const round = (value: number): number => Math.round(value * 100) / 100;

console.log(`seed ${seed}: the same frames come with --seed=${seed} --frames=${frames}`);
const room = await besiegeRoom([
  "--expose-gc",
  "--import",
  new URL("../fakes/memory-on-signal.ts", import.meta.url).href,
]);
const pid = room.child.pid ?? 0;

const childrenOf = (parent: number): number[] =>
  readFileSync(`/proc/${parent}/task/${parent}/children`, "utf8")
    .split(" ")
    .filter(Boolean)
    .map(Number);
const rssOf = (process: number): number =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${process}/status`, "utf8"))?.[1]) * 1_024;
const filesOf = () => {
  const directory = `/proc/${pid}/fd`;
  const names = readdirSync(directory).flatMap((name) => {
    try {
      return [readlinkSync(`${directory}/${name}`)];
    } catch (error) {
      // Closed between the two calls.
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
      throw error;
    }
  });
  return { all: names.length, sockets: names.filter((name) => name.startsWith("socket:")).length };
};
const measure = async () => {
  room.child.kill("SIGUSR2");
  const [message] = (await once(room.child, "message")) as unknown[];
  const { rss, heapUsed, external } = Memory.parse(message);
  return { rss, heap: heapUsed + external };
};
/** Per step, through the second half. */
const slope = (values: readonly number[]): number => {
  const half = values.slice(-Math.ceil(values.length / 2));
  const meanX = (half.length - 1) / 2;
  const meanY = half.reduce((sum, value) => sum + value, 0) / half.length;
  const over = half.reduce((sum, value, x) => sum + (x - meanX) * (value - meanY), 0);
  const under = half.reduce((sum, _value, x) => sum + (x - meanX) ** 2, 0);
  return over / under;
};

const [sfu = 0] = childrenOf(pid);
const memoryBefore = await measure();
const sfuBefore = rssOf(sfu);
const filesBefore = filesOf();
const silent = await openSilent(room.origin, room.silent, silentOfEach);

const counts = newCounts();
const memory: { rss: number; heap: number }[] = [];
const startMs = performance.now();
let attackMs = 0;
for (let step = 1; step <= steps && !room.hasEnded(); step += 1) {
  const stepStartMs = performance.now();
  await attack(
    room.origin,
    room.signIns,
    { seed: seed * steps + step, frames: frames / steps, width },
    counts,
  );
  attackMs += performance.now() - stepStartMs;
  if (room.hasEnded()) break;
  await sleep(500);
  const now = await measure();
  memory.push(now);
  console.log(
    `${counts.frames} frames, ${counts.connections} connections, ` +
      `${Math.round((performance.now() - startMs) / 1_000)} s, rss ${mb(now.rss)} MB, heap ${mb(now.heap)} MB`,
  );
}
// The room cuts who leaves two heartbeats (15 s) unanswered, and who does not finish the handshake: Node looks every 30 s.
const silentDeadlineMs = performance.now() + 60_000;
while (silent.cut() < silent.opened && performance.now() < silentDeadlineMs && !room.hasEnded())
  await sleep(500);
const silentCut = silent.cut();
silent.close();
await sleep(1_000);
const crashes = room.hasEnded() ? 1 : 0;
if (crashes) console.log(`the room has ended\n${room.errors().slice(-3_000)}`);
const files = crashes ? filesBefore : filesOf();
const sfuAlive = !crashes && childrenOf(pid).includes(sfu);
const sfuAfter = sfuAlive ? rssOf(sfu) : 0;
const answerMs = [...room.answerMs];
const effects = crashes ? ["the room has ended"] : await room.effects();
for (const effect of effects) console.log(`effect: ${effect}`);
const bugs = bugsIn(room.errors());
for (const line of bugs.slice(0, 5)) console.log(line.slice(0, 500));

const rssMbPerStep = slope(memory.map(({ rss }) => rss)) / 1_048_576;
const heapMbPerStep = slope(memory.map(({ heap }) => heap)) / 1_048_576;
const passed =
  crashes === 0 &&
  sfuAlive &&
  effects.length === 0 &&
  bugs.length === 0 &&
  silentCut === silent.opened &&
  files.sockets <= filesBefore.sockets &&
  files.all <= filesBefore.all &&
  (!judgesMemory || (rssMbPerStep <= bound.rssMbPerStep && heapMbPerStep <= bound.heapMbPerStep));
console.log(JSON.stringify(counts.kinds));
console.log(
  JSON.stringify({
    passed,
    seed,
    frames: counts.frames,
    seconds: Math.round(attackMs / 1_000),
    framesPerSecond: Math.round((counts.frames / attackMs) * 1_000),
    wellFormedBesides: counts.wellFormed,
    kinds: Object.keys(counts.kinds).length,
    connections: counts.connections,
    refusedConnections: counts.refusedConnections,
    surprisingEnds: counts.surprisingEnds,
    signedInRequests: counts.signedInRequests,
    signedInRequestsShare: round(counts.signedInRequests / counts.frames),
    signedInRequestsByCaller: counts.signedInRequestsByCaller,
    crashes,
    sfuWorkerRestarts: sfuAlive ? 0 : 1,
    effects: effects.length,
    errorsLogged: bugs.length,
    memoryJudged: judgesMemory,
    rssMbBefore: mb(memoryBefore.rss),
    rssMbSteps: memory.map(({ rss }) => Math.round(rss / 1_048_576)),
    rssMbAfter: mb(memory.at(-1)?.rss ?? 0),
    rssMbPerStepSecondHalf: round(rssMbPerStep),
    heapMbBefore: mb(memoryBefore.heap),
    heapMbAfter: mb(memory.at(-1)?.heap ?? 0),
    heapMbPerStepSecondHalf: round(heapMbPerStep),
    sfuRssMbBefore: mb(sfuBefore),
    sfuRssMbAfter: mb(sfuAfter),
    socketsBefore: filesBefore.sockets,
    socketsAfter: files.sockets,
    filesBefore: filesBefore.all,
    filesAfter: files.all,
    silentSockets: silent.opened,
    silentSocketsCut: silentCut,
    steadyAnswers: answerMs.length,
    steadyAnswerMsP50: round(quantile(answerMs, 0.5)),
    steadyAnswerMsP99: round(quantile(answerMs, 0.99)),
    steadyAnswerMsLongest: round(quantile(answerMs, 1)),
    loadAverage1Min: round(loadavg()[0] ?? 0),
  }),
);
process.exitCode = passed ? 0 : 1;
