import { readdirSync, readFileSync } from "node:fs";

/** What is read of `/proc/PID/stat` (man 5 proc). Times in clock ticks; `endedChildrenTicks` of those waited for. */
export interface ProcessTimes {
  readonly pid: number;
  readonly parentPid: number;
  readonly startTicks: number;
  readonly ownTicks: number;
  readonly endedChildrenTicks: number;
}

/** USER_HZ, which is 100 on every Linux of today. */
const ticksPerSecond = 100;

/** The name of a process may hold spaces and parentheses. */
export const parseStat = (text: string): ProcessTimes => {
  const close = text.lastIndexOf(")");
  const fields = text.slice(close + 2).split(" ");
  // The first of `fields` is the third in the manual's list.
  const field = (number: number): number => Number(fields[number - 3]);
  return {
    pid: Number(text.slice(0, text.indexOf(" "))),
    parentPid: field(4),
    startTicks: field(22),
    ownTicks: field(14) + field(15),
    endedChildrenTicks: field(16) + field(17),
  };
};

/** `roots` and everything below them. */
export const treeOf = (
  processes: readonly ProcessTimes[],
  roots: Iterable<number>,
): ReadonlySet<number> => {
  const children = new Map<number, number[]>();
  for (const { pid, parentPid } of processes)
    children.set(parentPid, [...(children.get(parentPid) ?? []), pid]);
  const known = new Set(processes.map(({ pid }) => pid));
  const tree = new Set<number>();
  const waiting = [...roots].filter((pid) => known.has(pid));
  for (let pid = waiting.pop(); pid !== undefined; pid = waiting.pop()) {
    if (tree.has(pid)) continue;
    tree.add(pid);
    waiting.push(...(children.get(pid) ?? []));
  }
  return tree;
};

const readProcesses = (): ProcessTimes[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        return [parseStat(readFileSync(`/proc/${name}/stat`, "utf8"))];
      } catch (error) {
        // It has ended since it was listed.
        if (error instanceof Error && "code" in error && /ENOENT|ESRCH/.test(String(error.code)))
          return [];
        throw error;
      }
    });

/** Of all CPUs together, without idling and waiting for disks. */
export const parseBusyTicks = (text: string): number => {
  const [user, nice, system, , , irq, softirq, steal] = (/^cpu +(.*)$/m.exec(text)?.[1] ?? "")
    .split(" ")
    .map(Number);
  return [user, nice, system, irq, softirq, steal].reduce<number>((sum, n) => sum + (n ?? 0), 0);
};

/** CPU time used so far. */
export interface CpuReading {
  readonly atMs: number;
  readonly treeTicks: number;
  readonly busyTicks: number;
}

/**
 * Of some processes and all below them: user and system time, of ended children too. A process that was seen once stays
 * in the tree when its parent has ended.
 */
export class CpuTree {
  /** By process id; the start tells a process from a later one of the same id. */
  readonly #members = new Map<number, number>();

  constructor(pids: readonly number[]) {
    for (const { pid, startTicks } of readProcesses())
      if (pids.includes(pid)) this.#members.set(pid, startTicks);
  }

  read(): CpuReading {
    const processes = readProcesses();
    const roots = processes
      .filter(({ pid, startTicks }) => this.#members.get(pid) === startTicks)
      .map(({ pid }) => pid);
    const tree = treeOf(processes, roots);
    let treeTicks = 0;
    for (const { pid, startTicks, ownTicks, endedChildrenTicks } of processes) {
      if (!tree.has(pid)) continue;
      this.#members.set(pid, startTicks);
      treeTicks += ownTicks + endedChildrenTicks;
    }
    const busyTicks = parseBusyTicks(readFileSync("/proc/stat", "utf8"));
    return { atMs: performance.now(), treeTicks, busyTicks };
  }
}

/** CPU seconds per second between two readings; `other` is the rest of the machine. */
export interface CpuUse {
  readonly tree: number;
  readonly other: number;
}

export const cpuUse = (before: CpuReading, after: CpuReading): CpuUse => {
  const ticks = ((after.atMs - before.atMs) / 1_000) * ticksPerSecond;
  const tree = (after.treeTicks - before.treeTicks) / ticks;
  return { tree, other: (after.busyTicks - before.busyTicks) / ticks - tree };
};
