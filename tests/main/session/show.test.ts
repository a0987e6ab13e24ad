import { afterEach, describe, expect, test } from "vitest";
import { KeepAwake } from "../../../main/capture/keep-awake.ts";
import { sessionRequests } from "../../../main/session/session-requests.ts";
import { Show } from "../../../main/session/show.ts";
import { succeed } from "../../../preload/contract/result.ts";
import { EpochMs } from "../../../preload/contract/time.ts";

const afterTheAnswer = () => new Promise((resolve) => setTimeout(resolve, 80));

const setUp = (before: number | null = null) => {
  const told: string[] = [];
  const blocking = new Set<number>();
  const noted: (number | "cleared")[] = [];
  let next = 1;
  let nowMs = 1_000_000;
  const keepAwake = new KeepAwake({
    start: () => {
      blocking.add(next);
      return next++;
    },
    stop: (id) => blocking.delete(id),
  });
  const show = new Show(
    {
      keepAwake,
      room: {
        setProgramme: (programme) => {
          told.push(programme);
          return Promise.resolve(succeed({}));
        },
      },
      facts: {
        before: null,
        note: (sinceMs) => Promise.resolve(void noted.push(sinceMs)),
        clear: () => Promise.resolve(void noted.push("cleared")),
      },
      nowMs: () => EpochMs.parse(nowMs),
    },
    before === null ? null : EpochMs.parse(before),
  );
  shows.push(show);
  return { show, told, blocking, noted, pass: (ms: number) => (nowMs += ms) };
};

const shows: Show[] = [];
afterEach(async () => {
  for (const show of shows.splice(0)) await show.close();
});

describe("Show", () => {
  test("keeps the machine awake while live, and tells the room each change once", async () => {
    const { show, told, blocking, pass } = setUp();
    expect(await show.setLive(true)).toEqual({ ok: true, value: { sinceMs: 1_000_000 } });
    pass(5_000);
    expect(await show.setLive(true)).toEqual({ ok: true, value: { sinceMs: 1_000_000 } });
    expect(show.live).toBe(true);
    expect(blocking.size).toBe(1);
    expect(await show.setLive(false)).toEqual({ ok: true, value: { sinceMs: null } });
    expect(blocking.size).toBe(0);
    expect(told).toEqual(["live", "ended"]);
  });

  test("goes on in the next window as the same show, and the room is not told that it ended", async () => {
    const { show, told, blocking, pass } = setUp();
    show.loseWindow();
    expect(show.cutOff).toBe(null);
    await show.setLive(true);
    pass(60_000);
    show.loseWindow();
    expect(show.live).toBe(false);
    expect(show.cutOff).toEqual({ next: "goOn", sinceMs: 1_000_000 });
    expect(blocking.size).toBe(1);
    expect(await show.setLive(true)).toEqual({ ok: true, value: { sinceMs: 1_000_000 } });
    expect(show.cutOff).toBe(null);
    expect(told).toEqual(["live", "live"]);
    await show.setLive(false);
    await show.setLive(true);
    expect(show.cutOff).toBe(null);
  });

  test("asks before it goes on where windows are lost again and again", async () => {
    const { show, pass } = setUp();
    await show.setLive(true);
    for (let lost = 1; lost <= 3; lost += 1) {
      show.loseWindow();
      expect(show.cutOff?.next).toBe("goOn");
      pass(10_000);
    }
    show.loseWindow();
    expect(show.cutOff?.next).toBe("offer");
    // A reload while the anchor is asked asks again.
    pass(3_600_000);
    show.loseWindow();
    expect(show.cutOff?.next).toBe("offer");
  });

  test("of an app that was killed is offered; going on keeps its start, ending tells the room", async () => {
    const goingOn = setUp(400_000);
    expect(goingOn.show.cutOff).toEqual({ next: "offer", sinceMs: 400_000 });
    expect(goingOn.told).toEqual([]);
    expect(await goingOn.show.setLive(true)).toEqual({ ok: true, value: { sinceMs: 400_000 } });
    expect(goingOn.told).toEqual(["live"]);
    expect(goingOn.noted).toEqual([400_000]);

    const ending = setUp(400_000);
    await ending.show.setLive(false);
    expect(ending.told).toEqual(["ended"]);
    expect(ending.noted).toEqual(["cleared"]);
    expect(ending.show.cutOff).toBe(null);
  });

  test("leaves nothing to go on with where the app is ended", async () => {
    const { show, noted } = setUp();
    await show.setLive(true);
    await show.close();
    expect(noted).toEqual([1_000_000, "cleared"]);
  });

  test("while live the app ends only when the anchor insists", async () => {
    const { show } = setUp();
    let quits = 0;
    const handlers = sessionRequests(
      show,
      () => {
        throw new Error("not asked for");
      },
      () => (quits += 1),
      () => undefined,
    );
    await show.setLive(true);
    expect(await handlers["app.quit"]({ force: false })).toMatchObject({
      error: { code: "uplink.already_live" },
    });
    await afterTheAnswer();
    expect(quits).toBe(0);
    expect(await handlers["app.quit"]({ force: true })).toEqual({ ok: true, value: {} });
    await afterTheAnswer();
    expect(quits).toBe(1);
  });

  test("while live the app is not opened again", async () => {
    const { show } = setUp();
    let restarts = 0;
    const handlers = sessionRequests(
      show,
      () => {
        throw new Error("not asked for");
      },
      () => undefined,
      () => (restarts += 1),
    );
    await show.setLive(true);
    expect(await handlers["app.restart"]()).toMatchObject({
      error: { code: "uplink.already_live" },
    });
    await afterTheAnswer();
    show.loseWindow();
    expect(await handlers["app.restart"]()).toMatchObject({
      error: { code: "uplink.already_live" },
    });
    await afterTheAnswer();
    expect(restarts).toBe(0);
    await show.setLive(false);
    expect(await handlers["app.restart"]()).toEqual({ ok: true, value: {} });
    await afterTheAnswer();
    expect(restarts).toBe(1);
  });
});
