import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Size } from "../../../preload/contract/geometry.ts";
import type { PainterKind } from "../../../preload/contract/painter.ts";
import { PainterKeeper } from "../../../renderer/compositor/painter-keeper.ts";
import type { Painter } from "../../../renderer/compositor/painter.ts";
import type { PainterState } from "../../../renderer/compositor/protocol.ts";

interface Opening {
  readonly kind: PainterKind;
  readonly size: Size;
  readonly painter: Painter;
  readonly succeed: () => Promise<void>;
  readonly fail: () => Promise<void>;
}

const keep = (kind: PainterKind) => {
  const openings: Opening[] = [];
  const states: PainterState[] = [];
  const lost: string[] = [];
  const broken: unknown[] = [];
  const closed: Painter[] = [];
  const settled = async (): Promise<void> => {
    await Promise.resolve();
    await Promise.resolve();
  };
  const keeper = new PainterKeeper({
    kind,
    open: (wanted, size) => {
      const { promise, resolve, reject } = Promise.withResolvers<Painter>();
      const painter: Painter = {
        ...(wanted === "webgl" && { renderer: "GPU" }),
        paint: () => Promise.reject(new Error("no pixels here")),
        close: () => void closed.push(painter),
      };
      openings.push({
        kind: wanted,
        size,
        painter,
        succeed: () => {
          resolve(painter);
          return settled();
        },
        fail: () => {
          reject(new Error("none to be had"));
          return settled();
        },
      });
      return promise;
    },
    onState: (state) => states.push(state),
    onLost: (which, reason) => lost.push(`${which}: ${reason}`),
    onBroken: (reason) => broken.push(reason),
    now: () => Date.now(),
  });
  return { keeper, openings, states, lost, broken, closed };
};

const small = { width: 64, height: 36 };
const large = { width: 128, height: 72 };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("PainterKeeper", () => {
  test("opens one of the size, and says which it is", async () => {
    const { keeper, openings, states } = keep("webgl");
    expect(openings).toEqual([]);
    keeper.resize(small);
    keeper.resize({ ...small });
    expect(openings).toMatchObject([{ kind: "webgl", size: small }]);
    expect(keeper.current).toBeUndefined();
    await openings[0]!.succeed();
    expect(keeper.current).toBe(openings[0]!.painter);
    expect(states).toEqual([{ kind: "webgl", renderer: "GPU", gaveUpGpu: false }]);
  });

  test("a change of the size closes the one before, also where it comes later", async () => {
    const { keeper, openings, closed } = keep("cpu");
    keeper.resize(small);
    keeper.resize(large);
    await openings[1]!.succeed();
    await openings[0]!.succeed();
    expect(keeper.current).toBe(openings[1]!.painter);
    expect(closed).toEqual([openings[0]!.painter]);
    keeper.resize(small);
    expect(keeper.current).toBeUndefined();
    expect(closed).toEqual([openings[0]!.painter, openings[1]!.painter]);
  });

  test("an opening that has been overtaken may fail", async () => {
    const { keeper, openings, lost } = keep("webgl");
    keeper.resize(small);
    keeper.use("cpu");
    await openings[0]!.fail();
    await openings[1]!.succeed();
    expect(lost).toEqual([]);
    expect(openings[1]!.kind).toBe("cpu");
  });

  test("one that is lost is made anew", async () => {
    const { keeper, openings, lost, closed } = keep("webgl");
    keeper.resize(small);
    await openings[0]!.succeed();
    const { painter } = openings[0]!;
    keeper.lose(painter, new Error("the context is lost"));
    keeper.lose(painter, new Error("the context is lost"));
    expect([lost, closed]).toEqual([["webgl: the context is lost"], [painter]]);
    expect(keeper.current).toBeUndefined();
    vi.advanceTimersByTime(1_000);
    await openings[1]!.succeed();
    expect(openings[1]).toMatchObject({ kind: "webgl", size: small });
    expect(keeper.current).toBe(openings[1]!.painter);
  });

  test("a GPU that fails three times in ten seconds is given up for the CPU", async () => {
    const { keeper, openings, states, lost } = keep("webgl");
    keeper.resize(small);
    await openings[0]!.succeed();
    keeper.lose(openings[0]!.painter, "once");
    vi.advanceTimersByTime(1_000);
    await openings[1]!.fail();
    vi.advanceTimersByTime(1_000);
    await openings[2]!.fail();
    expect(lost).toHaveLength(3);
    expect(openings[3]!.kind).toBe("cpu");
    await openings[3]!.succeed();
    expect(states.at(-1)).toEqual({ kind: "cpu", renderer: null, gaveUpGpu: true });
    keeper.resize(large);
    expect(openings[4]!.kind).toBe("cpu");
  });

  test("losses far apart are borne for ever", async () => {
    const { keeper, openings, lost } = keep("webgl");
    keeper.resize(small);
    for (let time = 0; time < 8; time += 1) {
      await openings[time]!.succeed();
      keeper.lose(openings[time]!.painter, "again");
      vi.advanceTimersByTime(6_000);
    }
    expect(lost).toHaveLength(8);
    expect(new Set(openings.map(({ kind }) => kind))).toEqual(new Set(["webgl"]));
  });

  test("where not even the CPU paints it says so", async () => {
    const { keeper, openings, broken } = keep("cpu");
    keeper.resize(small);
    for (let time = 0; time < 3; time += 1) {
      await openings[time]!.fail();
      vi.advanceTimersByTime(1_000);
    }
    expect(broken).toEqual([new Error("none to be had")]);
    expect(openings).toHaveLength(3);
  });

  test("closed, it opens nothing any more", async () => {
    const { keeper, openings, closed, states } = keep("webgl");
    keeper.resize(small);
    keeper.close();
    keeper.close();
    await openings[0]!.succeed();
    expect(closed).toEqual([openings[0]!.painter]);
    expect([keeper.current, states]).toEqual([undefined, []]);
    vi.advanceTimersByTime(60_000);
    expect(openings).toHaveLength(1);
  });
});
