import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  readBytesIfPresent,
  readTextIfPresent,
  setAside,
  writeFileAtomically,
} from "../../../main/storage/atomic-file.ts";
import { makeTemporaryDirectory } from "../../fakes/temporary-directory.ts";

test("replaces a file and leaves nothing else behind", async () => {
  const directory = makeTemporaryDirectory();
  const path = join(directory, "a.json");
  await writeFileAtomically(path, "one");
  await writeFileAtomically(path, "two");
  expect(readFileSync(path, "utf8")).toBe("two");
  expect(readdirSync(directory)).toEqual(["a.json"]);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test("a failed write keeps the old file and removes its own", async () => {
  const directory = makeTemporaryDirectory();
  const path = join(directory, "taken");
  mkdirSync(path);
  await expect(writeFileAtomically(path, "text")).rejects.toThrow("EISDIR");
  expect(readdirSync(directory)).toEqual(["taken"]);
});

test("a writer killed at any moment leaves one whole version", async () => {
  const path = join(makeTemporaryDirectory(), "a.json");
  writeFileSync(path, "z".repeat(200_000));
  for (const delayMs of [1, 7, 20, 33, 60, 90]) {
    const writer = spawn(process.execPath, [join(import.meta.dirname, "write-for-ever.ts"), path]);
    await once(writer.stdout, "data");
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    const ended = once(writer, "exit");
    writer.kill("SIGKILL");
    await ended;
    expect(readFileSync(path, "utf8")).toMatch(/^(.)\1{199999}$/);
  }
});

test("a missing file is no error, and a broken one is set aside under its time", async () => {
  const directory = makeTemporaryDirectory();
  const path = join(directory, "a.json");
  expect(await readTextIfPresent(path)).toBeUndefined();
  expect(await readBytesIfPresent(path)).toBeUndefined();
  await expect(readTextIfPresent(directory)).rejects.toThrow("EISDIR");
  writeFileSync(path, "broken");
  await setAside(path, 0);
  expect(readdirSync(directory)).toEqual(["a.json.broken-1970-01-01T00-00-00.000Z"]);
});
