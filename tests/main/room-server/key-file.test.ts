import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { loadRoomKey } from "../../../main/room-server/key-file.ts";

const root = mkdtempSync(join(tmpdir(), "room-key-"));
afterEach(() => rmSync(root, { recursive: true, force: true }));

test("makes a key that only its owner can read, and finds it again", () => {
  const dataDir = join(root, "new", "room");
  const first = loadRoomKey(dataDir);
  const path = join(dataDir, "room.key");
  expect(statSync(path).mode & 0o777).toBe(0o600);
  chmodSync(path, 0o644);
  expect(loadRoomKey(dataDir)).toEqual(first);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(loadRoomKey(join(root, "other")).anchorId).not.toBe(first.anchorId);
});

test("says what is wrong with a damaged key and a directory that cannot be", () => {
  const dataDir = join(root, "damaged");
  loadRoomKey(dataDir);
  writeFileSync(join(dataDir, "room.key"), "short");
  expect(() => loadRoomKey(dataDir)).toThrow(/damaged/);
  writeFileSync(join(root, "file"), "");
  expect(() => loadRoomKey(join(root, "file", "room"))).toThrow(
    /Cannot write to the data directory/,
  );
});
