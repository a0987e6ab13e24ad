import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { openDatabase } from "../../../main/room-server/database.ts";
import { makeTemporaryDirectory } from "../../fakes/temporary-directory.ts";

test("a log of a newer version is not written to", () => {
  const directory = makeTemporaryDirectory();
  openDatabase(directory).close();
  openDatabase(directory).close();
  const database = new DatabaseSync(join(directory, "room.db"));
  database.exec("INSERT INTO migration (name) VALUES ('2199-01-01-later')");
  database.close();
  expect(() => openDatabase(directory)).toThrow("newer version");
});

test("a file that is no database is named", () => {
  const directory = makeTemporaryDirectory();
  writeFileSync(join(directory, "room.db"), "no database, whatever it is".repeat(40));
  expect(() => openDatabase(directory)).toThrow(join(directory, "room.db"));
});
