import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openChatFile } from "../../../main/chat-window/chat-file.ts";
import { usualChatSettings } from "../../../preload/contract/chat-settings.ts";
import { makeTemporaryDirectory } from "../../fakes/temporary-directory.ts";

const open = (directory: string) => openChatFile(join(directory, "chat.json"), () => 0);

it("begins as usual, and keeps what was chosen and where the window was", async () => {
  const directory = makeTemporaryDirectory();
  const file = await open(directory);
  expect([file.settings, file.bounds]).toEqual([usualChatSettings, null]);
  expect(await file.saveSettings({ fontPx: 20, onTop: undefined })).toMatchObject({
    value: { ...usualChatSettings, fontPx: 20 },
  });
  const bounds = { x: -10, y: 20, width: 300, height: 400 };
  await file.saveBounds(bounds);
  const again = await open(directory);
  expect([again.settings.fontPx, again.bounds]).toEqual([20, bounds]);
});

it("takes what fits of a file of another version", async () => {
  const directory = makeTemporaryDirectory();
  writeFileSync(
    join(directory, "chat.json"),
    JSON.stringify({
      settings: { density: "comfortable", fontPx: 99, later: true, quickReplies: ["欢迎"] },
      bounds: { x: 1 },
    }),
  );
  const file = await open(directory);
  expect(file.settings).toEqual({
    ...usualChatSettings,
    density: "comfortable",
    quickReplies: ["欢迎"],
  });
  expect(file.bounds).toBeNull();
});

it("sets a file aside that is no JSON", async () => {
  const directory = makeTemporaryDirectory();
  writeFileSync(join(directory, "chat.json"), "{");
  expect((await open(directory)).settings).toEqual(usualChatSettings);
  const [aside = ""] = readdirSync(directory);
  expect(aside).toContain("chat.json.broken-");
  expect(readFileSync(join(directory, aside), "utf8")).toBe("{");
});
