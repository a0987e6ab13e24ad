import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { removeUnusedPictures } from "../../../main/storage/unused-pictures.ts";
import { makeTemporaryDirectory } from "../../fakes/temporary-directory.ts";

const picture = (digit: string) => digit.repeat(64);

test("pictures go that no file names; what any version of a collection names stays", async () => {
  const directory = makeTemporaryDirectory();
  const pictures = join(directory, "pictures");
  for (const folder of [pictures, join(directory, "collections")]) mkdirSync(folder);
  for (const digit of "abcdef0123") writeFileSync(join(pictures, picture(digit)), "");
  writeFileSync(join(pictures, "notes.txt"), "not ours");
  const names = (path: string, digit: string) =>
    writeFileSync(join(directory, path), `{"pictureId":"${picture(digit)}"`);
  names("document.json", "a");
  names("document.previous.json", "b");
  names("document.json.broken-1970", "c");
  names("settings.json", "d");
  names("collections/one.json", "e");
  names("collections/one.previous.json", "f");
  names("collections/two.json.broken-1970", "0");
  // Longer than a name, and in a file that is none of ours.
  writeFileSync(join(directory, "collections.json"), `"${picture("1")}1"`);
  writeFileSync(join(directory, "log.txt"), picture("2"));
  expect(await removeUnusedPictures(directory, pictures)).toBe(3);
  expect(readdirSync(pictures).toSorted()).toEqual(
    "0abcdef".split("").map(picture).concat("notes.txt").toSorted(),
  );
  expect(await removeUnusedPictures(directory, join(directory, "none"))).toBe(0);
});
