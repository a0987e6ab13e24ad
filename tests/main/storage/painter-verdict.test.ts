import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PainterVerdict, PainterVerdictFile } from "../../../main/storage/painter-verdict.ts";
import { makeTemporaryDirectory } from "../../fakes/temporary-directory.ts";

const verdict = PainterVerdict.parse({
  painter: "cpu",
  renderer: "SwiftShader",
  frameMsMedian: null,
  hardware: "8086:5917",
  atMs: 1,
});

test("keeps a verdict, and forgets it", async () => {
  const path = join(makeTemporaryDirectory(), "painter.json");
  const file = new PainterVerdictFile(path);
  expect([file.current, file.problem]).toEqual([undefined, undefined]);
  await file.keep(verdict);
  expect(file.current).toEqual(verdict);
  expect(new PainterVerdictFile(path).current).toEqual(verdict);
  await file.forget();
  expect([file.current, existsSync(path)]).toEqual([undefined, false]);
  await file.forget();
});

test.each(["", "{", "null", JSON.stringify({ ...verdict, painter: "gpu" })])(
  "takes %j for none, and says why",
  async (text) => {
    const path = join(makeTemporaryDirectory(), "painter.json");
    writeFileSync(path, text);
    const file = new PainterVerdictFile(path);
    expect(file.current).toBeUndefined();
    expect(file.problem).toBeTruthy();
    await file.keep(verdict);
    expect(new PainterVerdictFile(path)).toMatchObject({ current: verdict, problem: undefined });
  },
);

test("holds for this run where it cannot be written", async () => {
  const path = join(makeTemporaryDirectory(), "painter.json");
  const file = new PainterVerdictFile(path);
  mkdirSync(`${path}.new`);
  await expect(file.keep(verdict)).rejects.toThrow("EISDIR");
  await file.settle();
  expect(file.current).toEqual(verdict);
});
