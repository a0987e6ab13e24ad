import { describe, expect, test } from "vitest";
import { KeepAwake } from "../../../main/capture/keep-awake.ts";
import { sessionRequests } from "../../../main/session/session-requests.ts";
import { Show } from "../../../main/session/show.ts";
import { succeed } from "../../../preload/contract/result.ts";

const afterTheAnswer = () => new Promise((resolve) => setTimeout(resolve, 80));

const setUp = () => {
  const told: string[] = [];
  const blocking = new Set<number>();
  let next = 1;
  const keepAwake = new KeepAwake({
    start: () => {
      blocking.add(next);
      return next++;
    },
    stop: (id) => blocking.delete(id),
  });
  const show = new Show(keepAwake, {
    setProgramme: (programme) => {
      told.push(programme);
      return Promise.resolve(succeed({}));
    },
    forgetProgramme: () => told.push("forgotten"),
  });
  return { show, told, blocking };
};

describe("Show", () => {
  test("keeps the machine awake while live, and tells the room each change once", async () => {
    const { show, told, blocking } = setUp();
    await show.setLive(true);
    await show.setLive(true);
    expect(show.live).toBe(true);
    expect(blocking.size).toBe(1);
    await show.setLive(false);
    expect(blocking.size).toBe(0);
    expect(told).toEqual(["live", "ended"]);
  });

  test("is over with its window, but the room is not told that it ended", async () => {
    const { show, told, blocking } = setUp();
    show.loseWindow();
    await show.setLive(true);
    show.loseWindow();
    expect(show.live).toBe(false);
    expect(blocking.size).toBe(0);
    expect(told).toEqual(["live", "forgotten"]);
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
});
