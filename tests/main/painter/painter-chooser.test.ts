import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pino } from "pino";
import { expect, test } from "vitest";
import { PainterChooser } from "../../../main/painter/painter-chooser.ts";
import { PainterVerdictFile } from "../../../main/storage/painter-verdict.ts";
import type { PainterKind, PainterProbe } from "../../../preload/contract/painter.ts";
import { makeTemporaryDirectory } from "../../fakes/temporary-directory.ts";

const found = (painter: PainterKind): PainterProbe => ({
  painter,
  renderer: "some GPU",
  frameMsMedian: painter === "webgl" ? 4 : null,
});

/** One start of the app after the other, in one profile. */
const startIn = (directory: string, hardware: string | null, asked?: PainterKind) =>
  new PainterChooser({
    asked,
    verdicts: new PainterVerdictFile(join(directory, "painter.json")),
    readHardware: () => Promise.resolve(hardware),
    nowMs: () => 1_000,
    log: pino({ level: "silent" }),
  });

test("a GPU is tried out once, then used", async () => {
  const profile = makeTemporaryDirectory();
  const first = startIn(profile, "A");
  expect(await first.choose()).toBe("probe");
  expect(await first.record(found("webgl"))).toEqual({ offerRestart: false });
  expect(await first.choose()).toBe("webgl");
  expect(await startIn(profile, "A").choose()).toBe("webgl");
});

test("where the CPU is better one restart is offered, in that run only", async () => {
  const profile = makeTemporaryDirectory();
  const first = startIn(profile, "A");
  expect(await first.record(found("cpu"))).toEqual({ offerRestart: true });
  expect(await first.record(found("cpu"))).toEqual({ offerRestart: false });
  expect(await first.choose()).toBe("cpu");
  // Without acceleration Linux does not tell the hardware.
  expect(await startIn(profile, null).choose()).toBe("cpu");
});

test("other hardware is tried out, at once where it can be", async () => {
  const profile = makeTemporaryDirectory();
  await startIn(profile, "A").record(found("webgl"));
  expect(await startIn(profile, "B").choose()).toBe("probe");
  await startIn(profile, "B").record(found("cpu"));
  const withoutAcceleration = startIn(profile, "C");
  expect(await withoutAcceleration.choose()).toBe("cpu");
  expect(await withoutAcceleration.choose()).toBe("cpu");
  expect(await startIn(profile, "C").choose()).toBe("probe");
});

test.each(["webgl", "cpu"] as const)("%s is taken where it is asked for", async (asked) => {
  const profile = makeTemporaryDirectory();
  await startIn(profile, "A").record(found(asked === "cpu" ? "webgl" : "cpu"));
  expect(await startIn(profile, "A", asked).choose()).toBe(asked);
  expect(await startIn(profile, "B", asked).choose()).toBe(asked);
});

test("a broken verdict is none", async () => {
  const profile = makeTemporaryDirectory();
  writeFileSync(join(profile, "painter.json"), "{");
  expect(await startIn(profile, "A").choose()).toBe("probe");
});

test("what cannot be kept is no reason to restart", async () => {
  const profile = makeTemporaryDirectory();
  const chooser = startIn(profile, "A");
  mkdirSync(join(profile, "painter.json.new"));
  expect(await chooser.record(found("cpu"))).toEqual({ offerRestart: false });
  expect(await chooser.choose()).toBe("cpu");
});
