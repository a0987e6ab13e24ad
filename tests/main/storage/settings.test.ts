import { chmodSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { defaultSettings, openSettings } from "../../../main/storage/settings.ts";
import { makeTemporaryDirectory } from "../../fakes/temporary-directory.ts";

const open = (path: string) => openSettings(path, defaultSettings("zh-CN"), () => 0);

test("begins with the defaults and keeps what was changed", async () => {
  const path = join(makeTemporaryDirectory(), "settings.json");
  const first = await open(path);
  expect(first.current()).toEqual(defaultSettings("zh-CN"));
  expect(await first.update({ locale: "en", guideDone: undefined })).toMatchObject({ ok: true });
  const second = await open(path);
  expect(second.current()).toEqual({ ...defaultSettings("zh-CN"), locale: "en" });
  expect(second.notices).toEqual([]);
});

test("a file from before there were rules is taken over", async () => {
  const path = join(makeTemporaryDirectory(), "settings.json");
  const { alertRules, ...before } = { ...defaultSettings("en"), guideDone: true };
  writeFileSync(path, JSON.stringify(before));
  const settings = await open(path);
  expect(settings.current()).toEqual({ ...before, alertRules });
  expect(settings.notices).toEqual([]);
});

test("rules from before they could lend a gift's animation still fit", async () => {
  const path = join(makeTemporaryDirectory(), "settings.json");
  const rule = {
    match: { giftId: "rose", leastCoins: 5, sender: "" },
    tier: "large",
    silent: true,
    scene: null,
    text: "{sender}",
  };
  writeFileSync(path, JSON.stringify({ ...defaultSettings("en"), alertRules: [rule] }));
  const settings = await open(path);
  expect(settings.current().alertRules).toEqual([{ ...rule, show: null, template: null }]);
  expect(settings.notices).toEqual([]);
});

test("updates made at once are all kept", async () => {
  const path = join(makeTemporaryDirectory(), "settings.json");
  const settings = await open(path);
  await Promise.all([
    settings.update({ locale: "en" }),
    settings.update({ guideDone: true }),
    settings.update({ rehearsalAudience: false }),
  ]);
  expect((await open(path)).current()).toMatchObject({
    locale: "en",
    guideDone: true,
    rehearsalAudience: false,
  });
});

test.each(["", "{", '{"locale":"fr"}', "null"])("sets %j aside and says so", async (text) => {
  const directory = makeTemporaryDirectory();
  const path = join(directory, "settings.json");
  writeFileSync(path, text);
  const settings = await open(path);
  expect(settings.current()).toEqual(defaultSettings("zh-CN"));
  expect(settings.notices).toEqual(["settings.invalid"]);
  const [aside = ""] = readdirSync(directory);
  expect(aside).toContain("settings.json.broken-");
  expect(readFileSync(join(directory, aside), "utf8")).toBe(text);
});

test("a failed write changes nothing", async () => {
  const directory = join(makeTemporaryDirectory(), "profile");
  mkdirSync(directory);
  const settings = await open(join(directory, "settings.json"));
  chmodSync(directory, 0o500);
  mkdirSync(join(directory, "settings.json.new"), { recursive: true });
  expect(await settings.update({ locale: "en" })).toMatchObject({
    ok: false,
    error: { code: "settings.write_failed" },
  });
  expect(settings.current().locale).toBe("zh-CN");
});
