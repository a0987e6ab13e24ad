import { pino } from "pino";
import { describe, expect, test } from "vitest";
import { CollectionId } from "../../../preload/contract/ids.ts";
import { type RequestHandlers, createRouter } from "../../../main/ipc/router.ts";
import { isStudioPage } from "../../../main/studio-origin.ts";
import { type IpcInput, type IpcName, ipcRequests } from "../../../preload/contract/ipc.ts";
import { fail, succeed } from "../../../preload/contract/result.ts";
import { EpochMs } from "../../../preload/contract/time.ts";
import type { ModerationMethod } from "../../../preload/contract/moderation.ts";
import { testDocument } from "../../e2e/fixtures.ts";
import { validModeration } from "../../fakes/valid-moderation.ts";
import { usualTemplates } from "../../../renderer/gifts/templates/built-in-templates.ts";

const page = {
  isMainFrame: true,
  window: "studio",
  url: "studio://app/studio.html",
} as const;
const chatPage = { ...page, window: "chat", url: "studio://app/chat.html" } as const;

const strangers = [
  ["a frame inside the page", { ...page, isMainFrame: false }],
  ["another window", { ...page, window: null }],
  ["another page", { ...page, url: "https://example.com/studio.html" }],
  ["another host of the scheme", { ...page, url: "studio://other/studio.html" }],
  ["a page that is a file", { ...page, url: "file:///studio.html" }],
  ["no page", { ...page, url: "" }],
] as const;

/** Every moderation request as a window asks it. */
const moderation = Object.fromEntries(
  Object.entries(validModeration).map(([method, data]) => [`room.${method}`, data]),
) as {
  readonly [M in ModerationMethod as `room.${M}`]: (typeof validModeration)[M];
};

/** A valid input of every request. */
const inputs: { readonly [N in IpcName]: IpcInput<N> } = {
  "app.getBootstrap": {},
  "app.quit": { force: true },
  "app.restart": {},
  "painter.record": { painter: "cpu", renderer: "", frameMsMedian: null },
  "update.install": {},
  "settings.update": { locale: "en" },
  "alertTemplates.save": usualTemplates,
  "document.save": { collectionId: CollectionId.parse("first"), document: testDocument([]) },
  "collection.create": { name: "show", document: testDocument([]) },
  "collection.open": { collectionId: CollectionId.parse("first") },
  "collection.rename": { collectionId: CollectionId.parse("first"), name: "show" },
  "collection.remove": { collectionId: CollectionId.parse("first") },
  "filterPresets.save": { presets: [] },
  "picture.import": { bytes: new Uint8Array([1]) },
  "capture.list": { thumbnails: false },
  "capture.choose": { captureId: "screen:0:0" },
  "room.choose": { link: null },
  "room.answerOffer": { offerId: 1, accept: true },
  "room.sendChat": { requestId: "r", text: "你好" },
  "room.setRehearsalAudience": { running: false },
  ...moderation,
  "moderating.open": { link: "http://127.0.0.1:4443/moderate#invite=x" },
  "uplink.getAccess": {},
  "show.setLive": { live: true },
  "sessionLog.append": {
    sinceMs: EpochMs.parse(1),
    entries: [{ type: "back", atMs: EpochMs.parse(2) }],
  },
  "sessionLog.read": { sinceMs: EpochMs.parse(1) },
  "feed.getRecent": {},
  "chat.openWindow": {},
  "chat.getBootstrap": {},
  "chat.saveSettings": { fontPx: 20 },
};

/** The window that each request is for, where it is not for the studio alone. */
const askers: Partial<Record<IpcName, readonly ("studio" | "chat")[]>> = {
  "chat.getBootstrap": ["chat"],
  "chat.saveSettings": ["chat"],
  "feed.getRecent": ["studio", "chat"],
  "room.sendChat": ["studio", "chat"],
  ...Object.fromEntries(Object.keys(moderation).map((name) => [name, ["studio", "chat"]])),
};

const notAsked = () => Promise.resolve(fail("request.failed"));

const setUp = (own: Partial<RequestHandlers> = {}) => {
  const handled: [string, unknown][] = [];
  const done = (name: string) => (input: unknown) => {
    handled.push([name, input]);
    return Promise.resolve(succeed({}));
  };
  const usual = {
    ...Object.fromEntries(Object.keys(moderation).map((name) => [name, notAsked])),
    "app.getBootstrap": notAsked,
    "app.quit": done("app.quit"),
    "update.install": notAsked,
    "app.restart": notAsked,
    "painter.record": notAsked,
    "settings.update": notAsked,
    "alertTemplates.save": notAsked,
    "document.save": done("document.save"),
    "collection.create": notAsked,
    "collection.open": notAsked,
    "collection.rename": done("collection.rename"),
    "collection.remove": done("collection.remove"),
    "filterPresets.save": notAsked,
    "picture.import": notAsked,
    "capture.list": notAsked,
    "capture.choose": done("capture.choose"),
    "room.choose": done("room.choose"),
    "room.answerOffer": notAsked,
    "room.sendChat": done("room.sendChat"),
    "room.setRehearsalAudience": notAsked,
    "uplink.getAccess": notAsked,
    "show.setLive": notAsked,
    "sessionLog.append": done("sessionLog.append"),
    "sessionLog.read": notAsked,
    "feed.getRecent": notAsked,
    "moderating.open": notAsked,
    "chat.openWindow": notAsked,
    "chat.getBootstrap": notAsked,
    "chat.saveSettings": notAsked,
  } as unknown as RequestHandlers;
  const route = createRouter({ ...usual, ...own }, isStudioPage, pino({ level: "silent" }));
  return { route, handled };
};

describe("the router", () => {
  test("hands parsed input to the handler of the name", async () => {
    const { route, handled } = setUp();
    expect(await route(page, "capture.choose", { captureId: "s", extra: 1 })).toEqual({
      ok: true,
      value: {},
    });
    expect(handled).toEqual([["capture.choose", { captureId: "s" }]]);
  });

  test.each(strangers)("refuses %s", async (_name, sender) => {
    const { route, handled } = setUp();
    expect(await route(sender, "app.getBootstrap", {})).toMatchObject({
      error: { code: "request.forbidden" },
    });
    expect(handled).toEqual([]);
  });

  test("the table of inputs has every request", () => {
    expect(Object.keys(inputs).toSorted()).toEqual(Object.keys(ipcRequests).toSorted());
  });

  test.each(
    Object.entries(inputs).flatMap(([name, input]) =>
      [
        ...strangers.map(([who, sender]) => [who, sender, false] as const),
        ...[page, chatPage].map((sender) => {
          const may = askers[name as IpcName] ?? ["studio"];
          return [`the ${sender.window} window`, sender, may.includes(sender.window)] as const;
        }),
      ].map(([who, sender, allowed]) => [name, who, allowed, sender, input] as const),
    ),
  )("%s from %s: %s", async (name, _who, allowed, sender, input) => {
    const asked: string[] = [];
    const all = Object.fromEntries(
      Object.keys(inputs).map((each) => [
        each,
        () => {
          asked.push(each);
          return Promise.resolve(succeed({}));
        },
      ]),
    ) as unknown as RequestHandlers;
    const { route } = setUp(all);
    expect(await route(sender, name, input)).toMatchObject(
      allowed ? { ok: true } : { ok: false, error: { code: "request.forbidden" } },
    );
    expect(asked).toEqual(allowed ? [name] : []);
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
    ["room.sendChat", { requestId: "r", text: " " }],
    ["picture.import", { bytes: "text" }],
    ["document.save", { collectionId: "first", document: { version: 2 } }],
    ["document.save", { collectionId: "../first", document: testDocument([]) }],
    ["collection.rename", { collectionId: "first", name: "" }],
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
    const thrown = await route(page, "room.sendChat", { requestId: "r", text: "x" });
    expect(thrown).toMatchObject({ error: { code: "request.failed" } });
    expect(JSON.stringify(thrown)).not.toContain("secret");
    expect(await route(page, "feed.getRecent", {})).toMatchObject({
      error: { code: "request.failed" },
    });
  });
});
