import { appendFile, mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Logger } from "pino";
import { type Result, fail, succeed } from "../../preload/contract/result.ts";
import { SessionLogEntry } from "../../preload/contract/session-log.ts";
import type { EpochMs } from "../../preload/contract/time.ts";
import type { RequestHandlers } from "../ipc/router.ts";
import { readTextIfPresent } from "../storage/atomic-file.ts";
import { oneAtATime } from "../storage/one-at-a-time.ts";
import { parseJson } from "../storage/parse-json.ts";

/** Shows that are kept; the oldest go first. */
const keptShows = 100;
/** A show that has said so much goes on unrecorded. */
const longestBytes = 1024 * 1024;
/** Of a show's entries, so many of the newest are answered. */
const readEntries = 500;

const suffix = ".jsonl";
const nameOf = (sinceMs: EpochMs): string =>
  `${new Date(sinceMs).toISOString().replaceAll(":", "-")}${suffix}`;

export interface SessionLog {
  append(
    sinceMs: EpochMs,
    entries: readonly SessionLogEntry[],
  ): Promise<Result<Record<string, never>>>;
  read(sinceMs: EpochMs): Promise<readonly SessionLogEntry[]>;
}

/** One file of JSON lines a show in `directory`. @throws where the directory cannot be made or read */
export const openSessionLog = async (directory: string, log: Logger): Promise<SessionLog> => {
  await mkdir(directory, { recursive: true });
  const inTurn = oneAtATime();
  const prune = async (): Promise<void> => {
    const names = (await readdir(directory)).filter((name) => name.endsWith(suffix)).toSorted();
    for (const name of names.slice(0, -keptShows)) await rm(join(directory, name));
  };
  return {
    append: (sinceMs, entries) =>
      inTurn(async () => {
        const path = join(directory, nameOf(sinceMs));
        try {
          const size = await stat(path).then(
            (found) => found.size,
            () => null,
          );
          if (size === null) await prune();
          if ((size ?? 0) >= longestBytes) return succeed({});
          // A crash may have cut the last line short.
          const lines = entries.map((entry) => `\n${JSON.stringify(entry)}`);
          await appendFile(path, lines.join(""), { mode: 0o600 });
          return succeed({});
        } catch (error) {
          log.warn({ err: error }, "the show's log cannot be written");
          return fail("request.failed", "the show's log cannot be written");
        }
      }),
    read: (sinceMs) =>
      inTurn(async () => {
        const text = (await readTextIfPresent(join(directory, nameOf(sinceMs)))) ?? "";
        return text
          .split("\n")
          .flatMap((line) => SessionLogEntry.safeParse(parseJson(line)).data ?? [])
          .slice(-readEntries);
      }),
  };
};

export const sessionLogRequests = (sessionLog: SessionLog) =>
  ({
    "sessionLog.append": ({ sinceMs, entries }) => sessionLog.append(sinceMs, entries),
    "sessionLog.read": async ({ sinceMs }) =>
      succeed({ entries: [...(await sessionLog.read(sinceMs))] }),
  }) satisfies Partial<RequestHandlers>;
