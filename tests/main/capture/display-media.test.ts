import { describe, expect, test } from "vitest";
import { DisplayMediaGrants, choiceValidMs } from "../../../main/capture/display-media.ts";

const setUp = () => {
  const clock = { nowMs: 1_000 };
  const thumbnail = { isEmpty: () => true, toDataURL: () => "" };
  const grants = new DisplayMediaGrants(
    () =>
      Promise.resolve([
        { id: "screen:0:0", name: "Entire Screen", thumbnail },
        { id: "window:7:0", name: "编辑器", thumbnail },
        { id: "window:8:1", name: "主播台", thumbnail },
      ]),
    () => clock.nowMs,
  );
  return { grants, clock };
};
const request = { fromOurPage: true, videoRequested: true };

describe("DisplayMediaGrants", () => {
  test("grants what was chosen, once", async () => {
    const { grants } = setUp();
    expect(grants.take(request)).toBeNull();
    expect(await grants.choose("window:7:0")).toEqual({ ok: true, value: {} });
    expect(grants.take(request)).toEqual({ id: "window:7:0", name: "编辑器" });
    expect(grants.take(request)).toBeNull();
  });

  test("the last choice counts, and not for long", async () => {
    const { grants, clock } = setUp();
    await grants.choose("window:7:0");
    await grants.choose("screen:0:0");
    clock.nowMs += choiceValidMs - 1;
    expect(grants.take(request)?.id).toBe("screen:0:0");
    await grants.choose("screen:0:0");
    clock.nowMs += choiceValidMs;
    expect(grants.take(request)).toBeNull();
  });

  test("a choice of another page's is not taken, nor used up", async () => {
    const { grants } = setUp();
    await grants.choose("screen:0:0");
    expect(grants.take({ ...request, fromOurPage: false })).toBeNull();
    expect(grants.take({ ...request, videoRequested: false })).toBeNull();
    expect(grants.take(request)?.id).toBe("screen:0:0");
  });

  test.each(["window:99:0", "window:8:1", ""])(
    "%j cannot be chosen, and undoes the choice before",
    async (id) => {
      const { grants } = setUp();
      await grants.choose("screen:0:0");
      expect(await grants.choose(id)).toMatchObject({ error: { code: "capture.unknown_source" } });
      expect(grants.take(request)).toBeNull();
    },
  );
});
