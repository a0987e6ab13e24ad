import { appendFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { pino } from "pino";
import { expect, test } from "vitest";
import { openSessionLog } from "../../../main/session/session-log.ts";
import { SessionLogEntry } from "../../../preload/contract/session-log.ts";
import { EpochMs } from "../../../preload/contract/time.ts";
import { makeTemporaryDirectory } from "../../fakes/temporary-directory.ts";

const log = pino({ level: "silent" });
const at = (ms: number) => EpochMs.parse(1_800_000_000_000 + ms);
const began = (ms: number) => SessionLogEntry.parse({ type: "began", atMs: at(ms) });

test("a show's entries are there again after a restart, also behind a line that was cut short", async () => {
  const directory = join(makeTemporaryDirectory(), "shows");
  const first = await openSessionLog(directory, log);
  const raised = SessionLogEntry.parse({ type: "raised", atMs: at(1), kind: "programmeBlack" });
  expect(await first.append(at(0), [began(0), raised])).toEqual({ ok: true, value: {} });
  const [name = ""] = await readdir(directory);
  await appendFile(join(directory, name), '\n{"type":"cle');
  const second = await openSessionLog(directory, log);
  const back = SessionLogEntry.parse({ type: "back", atMs: at(2) });
  await second.append(at(0), [back]);
  expect(await second.read(at(0))).toEqual([began(0), raised, back]);
  expect(await second.read(at(5))).toEqual([]);
});

test("the hundred newest shows are kept, and a show stops growing at a megabyte", async () => {
  const directory = join(makeTemporaryDirectory(), "shows");
  const sessionLog = await openSessionLog(directory, log);
  for (let show = 0; show < 105; show += 1)
    await sessionLog.append(at(show * 60_000), [began(show * 60_000)]);
  expect((await readdir(directory)).length).toBe(101);
  expect(await sessionLog.read(at(0))).toEqual([]);
  const many = Array.from({ length: 100 }, (_, ms) => began(ms));
  for (let round = 0; round < 400; round += 1) await sessionLog.append(at(1), many);
  expect(await sessionLog.read(at(1))).toHaveLength(500);
});

test("a disk that cannot be written is said", async () => {
  const directory = makeTemporaryDirectory();
  const sessionLog = await openSessionLog(directory, log);
  const { rm, writeFile } = await import("node:fs/promises");
  await rm(directory, { recursive: true });
  await writeFile(directory, "");
  expect(await sessionLog.append(at(0), [began(0)])).toMatchObject({ ok: false });
});
