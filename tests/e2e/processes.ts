import { readdirSync, readFileSync } from "node:fs";

interface Process {
  readonly pid: number;
  readonly parentPid: number;
  readonly command: string;
  /** CPU time used so far, in clock ticks. */
  readonly ticks: number;
}

/** proc(5). A process that ends while it is looked at is left out. */
const readProcess = (pid: number): Process[] => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in brackets may hold anything.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    const ticks = Number(fields[11]) + Number(fields[12]);
    return [{ pid, parentPid: Number(fields[1]), command, ticks }];
  } catch {
    return [];
  }
};

/** Every process that `pid` has started, and those that they have. Linux only. */
export const descendantsOf = (pid: number): Process[] => {
  const all = readdirSync("/proc").flatMap((name) =>
    /^\d+$/.test(name) ? readProcess(Number(name)) : [],
  );
  const found: Process[] = [];
  const parents = [pid];
  for (let parent = parents.pop(); parent !== undefined; parent = parents.pop()) {
    const children = all.filter(({ parentPid }) => parentPid === parent);
    found.push(...children);
    parents.push(...children.map((child) => child.pid));
  }
  return found;
};

const named = {
  worker: "mediasoup-worker",
  room: "room-server.js",
  renderer: "--type=renderer",
} as const;

/** The busiest process of a kind among those of `pid`: of the renderers that is the one of the studio. */
export const findProcess = (pid: number, kind: keyof typeof named): number => {
  const [busiest] = descendantsOf(pid)
    .filter(({ command }) => command.includes(named[kind]))
    .toSorted((a, b) => b.ticks - a.ticks);
  if (!busiest) throw new Error(`no ${kind} runs`);
  return busiest.pid;
};

/** As a crash: nothing is said, nothing is cleaned up. */
export const killProcess = (pid: number, kind: keyof typeof named): void => {
  process.kill(findProcess(pid, kind), "SIGKILL");
};
