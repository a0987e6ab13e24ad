import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pino } from "pino";
import { beforeEach, expect, test } from "vitest";
import { openShowFacts } from "../../../main/session/show-facts.ts";
import { EpochMs } from "../../../preload/contract/time.ts";
import { makeTemporaryDirectory } from "../../fakes/temporary-directory.ts";

const hourMs = 3_600_000;
let path: string;
let nowMs: number;
let roomLink: string | null;

beforeEach(() => {
  path = join(makeTemporaryDirectory(), "show.json");
  nowMs = 100 * hourMs;
  roomLink = null;
});

/** As each start of the app does. */
const open = () =>
  openShowFacts({
    path,
    roomLink: () => roomLink,
    nowMs: () => EpochMs.parse(nowMs),
    log: pino({ level: "silent" }),
  });
const sinceMs = EpochMs.parse(90 * hourMs);

test("a show that was not ended is known to the next start, also after ten hours on air", async () => {
  expect((await open()).before).toBe(null);
  await (await open()).note(sinceMs);
  nowMs += 3 * hourMs;
  expect((await open()).before).toBe(sinceMs);
  // Not answered yet: still there.
  expect((await open()).before).toBe(sinceMs);
});

test("a show that was ended is not", async () => {
  const facts = await open();
  await facts.note(sinceMs);
  await facts.clear();
  expect((await open()).before).toBe(null);
});

test("nor one that was last seen some hours ago, nor one of another room", async () => {
  await (await open()).note(sinceMs);
  roomLink = "https://other/#anchor=t";
  expect((await open()).before).toBe(null);
  expect(existsSync(path)).toBe(false);

  roomLink = null;
  await (await open()).note(sinceMs);
  nowMs += 5 * hourMs;
  expect((await open()).before).toBe(null);
});

test("the file does not hold the secret in the room's link", async () => {
  roomLink = "https://room/#anchor=SECRET";
  await (await open()).note(sinceMs);
  expect(readFileSync(path, "utf8")).not.toContain("SECRET");
  expect((await open()).before).toBe(sinceMs);
});

test("a file that is none is no show", async () => {
  writeFileSync(path, "{");
  expect((await open()).before).toBe(null);
});

test("a disk that cannot be written does not stop the show", async () => {
  const facts = await open();
  mkdirSync(path);
  mkdirSync(join(path, "in the way"));
  await expect(facts.note(sinceMs)).resolves.toBeUndefined();
  await expect(facts.clear()).resolves.toBeUndefined();
});
