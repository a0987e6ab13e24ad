import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  watch,
  writeFileSync,
  type FSWatcher,
} from "node:fs";
import { join } from "node:path";
import { getPath } from "./paths.ts";

interface Start {
  argv: string[];
  workingDirectory: string;
  additionalData: unknown;
}

type SecondInstance = (argv: string[], workingDirectory: string, additionalData: unknown) => void;

let watcher: FSWatcher | undefined;

const folder = (): string => join(getPath("userData"), "stand-in-instance");
const holderFile = (): string => join(folder(), "holder");

/** Who a process is, beyond its number, which is used again: its start time, field 22 of proc(5) stat. */
function identity(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return `${pid} ${stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]}`;
  } catch {
    return undefined;
  }
}

function holder(): string | undefined {
  try {
    const text = readFileSync(holderFile(), "utf8");
    return identity(Number.parseInt(text, 10)) === text ? text : undefined;
  } catch {
    return undefined;
  }
}

function takeLock(): boolean {
  const mine = identity(process.pid);
  if (!mine) return false;
  if (holder() === undefined) rmSync(holderFile(), { force: true });
  try {
    writeFileSync(holderFile(), mine, { flag: "wx" });
  } catch {
    return holder() === mine;
  }
  return true;
}

/**
 * One instance for each user data folder, as documented for
 * https://www.electronjs.org/docs/latest/api/app#apprequestsingleinstancelockadditionaldata:
 * the first one is told what the later ones were started with.
 */
export function requestLock(additionalData: unknown, secondInstance: SecondInstance): boolean {
  mkdirSync(folder(), { recursive: true });
  if (!takeLock()) {
    const message: Start = { argv: process.argv, workingDirectory: process.cwd(), additionalData };
    const written = join(folder(), `${process.pid}.tmp`);
    writeFileSync(written, JSON.stringify(message));
    renameSync(written, join(folder(), `${process.pid}.start`));
    return false;
  }
  if (watcher) return true;
  const take = (): void => {
    for (const name of readdirSync(folder())) {
      if (!name.endsWith(".start")) continue;
      const path = join(folder(), name);
      const {
        argv,
        workingDirectory,
        additionalData: data,
      } = JSON.parse(readFileSync(path, "utf8")) as Start;
      rmSync(path);
      secondInstance(argv, workingDirectory, data);
    }
  };
  watcher = watch(folder(), take).unref();
  return true;
}

export function releaseLock(): void {
  if (!watcher) return;
  watcher.close();
  watcher = undefined;
  rmSync(holderFile(), { force: true });
}
