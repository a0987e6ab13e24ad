import { chmodSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type AlertTemplates, usualTemplateId } from "../../../preload/contract/alert-template.ts";
import { TemplateId } from "../../../preload/contract/ids.ts";
import { openAlertTemplates } from "../../../main/storage/alert-templates.ts";
import { builtInTemplates } from "../../../renderer/gifts/templates/built-in-templates.ts";
import { makeTemporaryDirectory } from "../../fakes/temporary-directory.ts";

const own = builtInTemplates.map((template, index) => ({
  ...template,
  templateId: TemplateId.parse(`own-${index}`),
  name: `自己的 ${index}`,
}));
const mine: AlertTemplates = { inUse: TemplateId.parse("own-1"), own };
const usual: AlertTemplates = { inUse: usualTemplateId, own: [] };
const pathIn = (directory: string) => join(directory, "alert-templates.json");
const open = (directory: string) => openAlertTemplates(pathIn(directory), () => 0);

test("begins with the usual one and keeps what was saved last", async () => {
  const directory = makeTemporaryDirectory();
  const first = await open(directory);
  expect(first.current()).toEqual(usual);
  await Promise.all([first.save(usual), first.save(mine)]);
  const second = await open(directory);
  expect(second.current()).toEqual(mine);
  expect(second.notices).toEqual([]);
});

test("one that is broken costs no other, and the file is kept aside", async () => {
  const directory = makeTemporaryDirectory();
  const [one, two] = own;
  const broken = { ...two, tones: { ...two?.tones, small: {} } };
  writeFileSync(
    pathIn(directory),
    JSON.stringify({ version: 1, inUse: "own-0", own: [one, broken, "?", null] }),
  );
  const store = await open(directory);
  expect(store.current()).toEqual({ inUse: "own-0", own: [one] });
  expect(store.notices).toEqual(["template.some_invalid"]);
  expect(readdirSync(directory).filter((name) => name.includes(".broken-"))).toHaveLength(1);
});

test.each(["", "{", "[]", '{"version":2,"inUse":"a","own":[]}', '{"version":1,"own":[]}'])(
  "%j is kept aside, and all are thanked as usual",
  async (text) => {
    const directory = makeTemporaryDirectory();
    writeFileSync(pathIn(directory), text);
    const store = await open(directory);
    expect(store.current()).toEqual(usual);
    expect(store.notices).toEqual(["template.list_invalid"]);
    expect(readdirSync(directory).filter((name) => name.includes(".broken-"))).toHaveLength(1);
  },
);

test.skipIf(process.getuid?.() === 0)(
  "a disk that cannot be written leaves all as it was",
  async () => {
    const directory = makeTemporaryDirectory();
    const store = await open(directory);
    chmodSync(directory, 0o500);
    expect(await store.save(mine)).toMatchObject({
      ok: false,
      error: { code: "template.write_failed" },
    });
    expect(store.current()).toEqual(usual);
    chmodSync(directory, 0o700);
  },
);
