import { pino } from "pino";
import { afterEach, describe, expect, test } from "vitest";
import { Updates } from "../../main/updates.ts";
import type { UpdateState } from "../../preload/contract/update.ts";
import { FakeUpdater } from "../fakes/fake-updater.ts";

const opened: Updates[] = [];
afterEach(() => {
  for (const updates of opened.splice(0)) updates.close();
});

/** Everything that was promised so far has been followed. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

const setUp = (updater: FakeUpdater | null = new FakeUpdater()) => {
  const told: UpdateState[] = [];
  const steps: string[] = [];
  const waits: { readonly delayMs: number; end(): void }[] = [];
  const updates = new Updates({
    updater,
    log: pino({ level: "silent" }),
    push: (message) => {
      if (message.type === "update") told.push(message.update);
    },
    wait: (delayMs, signal) =>
      new Promise((resolve) => {
        waits.push({ delayMs, end: () => resolve(true) });
        signal.addEventListener("abort", () => resolve(false));
      }),
    shutDown: () => {
      steps.push(`shut down after ${updater?.calls.at(-1)}`);
      return Promise.resolve();
    },
  });
  opened.push(updates);
  const passTime = async (): Promise<number> => {
    const wait = waits.at(-1);
    if (!wait) throw new Error("nothing waits");
    wait.end();
    await settle();
    return wait.delayMs;
  };
  return { updates, updater: updater ?? new FakeUpdater(), told, steps, waits, passTime };
};

describe("updates", () => {
  test("are not looked for where the build has none", async () => {
    const { updates, waits } = setUp(null);
    await settle();
    expect(updates.state).toEqual({ status: "notOffered" });
    expect(waits).toEqual([]);
    expect(await updates.install()).toMatchObject({ ok: false });
  });

  test("are fetched in the background, and looked for again where there was none", async () => {
    const { updates, updater, told, passTime } = setUp();
    updater.answers.push(null, "1.2.0");
    expect(await passTime()).toBe(30_000);
    expect(updates.state).toEqual({ status: "none" });
    expect(await passTime()).toBe(4 * 60 * 60_000);
    expect(updates.state).toEqual({ status: "downloading", version: "1.2.0" });
    updater.finish();
    await settle();
    expect(told).toEqual([
      { status: "none" },
      { status: "downloading", version: "1.2.0" },
      { status: "ready", version: "1.2.0" },
    ]);
  });

  test("are not even looked for while live, but after the show", async () => {
    const { updates, updater, passTime } = setUp();
    updater.answers.push("1.2.0");
    updates.setLive(true);
    await passTime();
    expect(updater.calls).toEqual([]);
    updates.setLive(false);
    await settle();
    expect(updater.calls).toEqual(["check", "download"]);
  });

  test("stop being fetched when a show begins, and begin again when it has ended", async () => {
    const { updates, updater, told, passTime } = setUp();
    updater.answers.push("1.2.0", "1.2.0");
    await passTime();
    updates.setLive(true);
    await settle();
    expect(updater.calls).toEqual(["check", "download", "cancelled"]);
    expect(updates.state).toEqual({ status: "none" });
    expect(await passTime()).toBe(0);
    expect(updater.calls).toHaveLength(3);
    updates.setLive(false);
    await settle();
    updater.finish();
    await settle();
    expect(updates.state).toEqual({ status: "ready", version: "1.2.0" });
    expect(told.some(({ status }) => status === "failed")).toBe(false);
  });

  test("fail softly, and are tried again at the next time", async () => {
    const { updates, updater, passTime } = setUp();
    updater.answers.push(new Error("no network"), "1.2.0");
    await passTime();
    expect(updates.state).toEqual({ status: "failed" });
    expect(await passTime()).toBe(4 * 60 * 60_000);
    expect(updates.state).toEqual({ status: "downloading", version: "1.2.0" });
  });

  test("are installed when the anchor says so, after everything has ended, and never while live", async () => {
    const { updates, updater, steps, passTime } = setUp();
    updater.answers.push("1.2.0");
    await passTime();
    expect(await updates.install()).toMatchObject({ error: { code: "request.invalid" } });
    updater.finish();
    await settle();
    updates.setLive(true);
    expect(await updates.install()).toMatchObject({ error: { code: "uplink.already_live" } });
    expect(updater.calls).not.toContain("install");
    updates.setLive(false);
    expect(await updates.install()).toMatchObject({ ok: true });
    expect(steps).toEqual(["shut down after download"]);
    expect(updater.calls.at(-1)).toBe("install");
  });

  test("are given up when the app ends", async () => {
    const { updates, updater, passTime } = setUp();
    updater.answers.push("1.2.0");
    await passTime();
    updates.close();
    await settle();
    expect(updater.calls).toEqual(["check", "download", "cancelled"]);
  });
});
