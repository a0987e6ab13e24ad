import { pino } from "pino";
import { describe, expect, test } from "vitest";
import { type RequestHandlers, createRouter } from "../../../main/ipc/router.ts";
import { isStudioPage } from "../../../main/studio-origin.ts";
import type { IpcName } from "../../../preload/contract/ipc.ts";
import { fail, succeed } from "../../../preload/contract/result.ts";

const page = { isMainFrame: true, isOurWindow: true, url: "studio://app/studio.html" };

const notAsked = () => Promise.resolve(fail("request.failed"));

const setUp = (own: Partial<RequestHandlers> = {}) => {
  const handled: [string, unknown][] = [];
  const done = (name: string) => (input: unknown) => {
    handled.push([name, input]);
    return Promise.resolve(succeed({}));
  };
  const usual: RequestHandlers = {
    "app.getBootstrap": notAsked,
    "app.quit": done("app.quit"),
    "settings.update": notAsked,
    "document.save": done("document.save"),
    "picture.import": notAsked,
    "capture.list": notAsked,
    "capture.choose": done("capture.choose"),
    "room.choose": done("room.choose"),
    "room.sendChat": done("room.sendChat"),
    "room.setRehearsalAudience": notAsked,
    "uplink.getAccess": notAsked,
    "show.setLive": notAsked,
    "feed.getRecent": notAsked,
  };
  const route = createRouter({ ...usual, ...own }, isStudioPage, pino({ level: "silent" }));
  return { route, handled };
};

describe("the router", () => {
  test("hands parsed input to the handler of the name", async () => {
    const { route, handled } = setUp();
    expect(await route(page, "room.sendChat", { text: "  你好  ", extra: 1 })).toEqual({
      ok: true,
      value: {},
    });
    expect(handled).toEqual([["room.sendChat", { text: "你好" }]]);
  });

  test.each([
    ["a frame inside the page", { ...page, isMainFrame: false }],
    ["another window", { ...page, isOurWindow: false }],
    ["another page", { ...page, url: "https://example.com/studio.html" }],
    ["another host of the scheme", { ...page, url: "studio://other/studio.html" }],
    ["no page", { ...page, url: "" }],
  ])("refuses %s", async (_name, sender) => {
    const { route, handled } = setUp();
    expect(await route(sender, "app.getBootstrap", {})).toMatchObject({
      error: { code: "request.forbidden" },
    });
    expect(handled).toEqual([]);
  });

  test.each(["", "app", "toString", "__proto__", "constructor", 7, null, undefined])(
    "does not know %j",
    async (name) => {
      const { route } = setUp();
      expect(await route(page, name, {})).toMatchObject({ error: { code: "request.unknown" } });
    },
  );

  test.each<[IpcName, unknown]>([
    ["app.quit", {}],
    ["app.quit", undefined],
    ["app.quit", { force: "yes" }],
    ["capture.choose", { captureId: "x".repeat(201) }],
    ["room.choose", { link: "x".repeat(4_001) }],
    ["room.sendChat", { text: " " }],
    ["picture.import", { bytes: "text" }],
    ["document.save", { document: { version: 2 } }],
    ["settings.update", { video: { profile: "h264", bitrateBps: 1 } }],
  ])("does not hand %s %j on", async (name, input) => {
    const { route, handled } = setUp();
    expect(await route(page, name, input)).toMatchObject({ error: { code: "request.invalid" } });
    expect(handled).toEqual([]);
  });

  test("passes failures on, and answers for handlers that throw", async () => {
    const { route } = setUp({
      "show.setLive": () => Promise.resolve(fail("room.unreachable")),
      "room.sendChat": () => Promise.reject(new Error("a secret of main")),
      "feed.getRecent": () => {
        throw new Error("at once");
      },
    });
    expect(await route(page, "show.setLive", { live: true })).toEqual(fail("room.unreachable"));
    const thrown = await route(page, "room.sendChat", { text: "x" });
    expect(thrown).toMatchObject({ error: { code: "request.failed" } });
    expect(JSON.stringify(thrown)).not.toContain("secret");
    expect(await route(page, "feed.getRecent", {})).toMatchObject({
      error: { code: "request.failed" },
    });
  });
});
