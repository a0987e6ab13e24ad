// oxlint-disable eslint/no-eval, typescript/no-implied-eval, typescript/no-unsafe-call, typescript/no-unsafe-return -- that these do not run is what is tested
// What the page of the studio cannot do, seen from inside of it, and the same of the viewers' page.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testDocument, testPattern, testSettings } from "./fixtures.ts";
import { launchStudio, type StudioApp, waitFor } from "./studio-app.ts";
import { launchViewers, openViewer } from "./viewer.ts";

let studio: StudioApp;
beforeAll(async () => {
  studio = await launchStudio({
    document: testDocument([testPattern]),
    settings: testSettings,
  });
});
afterAll(async () => {
  await studio?.close();
});

/**
 * Runs each way to run code that is no file of ours, or to reach a foreign server, inside the page, and tells which the
 * policy stopped. A task of its own runs them, since the debugging protocol lifts the policy from what it calls itself.
 */
const tryWhatThePolicyForbids = (page: Page) =>
  page.evaluate(async () => {
    const pause = (ms: number) => new Promise((next) => setTimeout(next, ms));
    await pause(0);
    const stopped: string[] = [];
    const ran: string[] = [];
    const violations: string[] = [];
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) =>
      violations.push(effectiveDirective),
    );
    const attempt = async (name: string, run: () => unknown) => {
      const before = violations.length;
      try {
        await run();
      } catch {
        // The policy's refusal is told by the event below.
      }
      for (let tries = 0; tries < 40 && violations.length === before; tries += 1) await pause(50);
      if (violations.length > before) stopped.push(`${name}: ${violations[before]}`);
      else ran.push(name);
    };
    const add = (tag: string, attributes: Record<string, string>, text = "") => {
      const element = Object.assign(document.createElement(tag), { textContent: text });
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      document.body.append(element);
      return element;
    };
    const foreign = "https://example.com/x";
    const global = globalThis as unknown as Record<string, unknown>;
    await attempt("eval", () => (0, eval)("globalThis.evaluated = 1"));
    await attempt("new Function", () => new Function("globalThis.evaluated = 1")());
    await attempt("timer with a text", () =>
      (setTimeout as unknown as (text: string) => void)("globalThis.evaluated = 1"),
    );
    await attempt("inline script", () => add("script", {}, "globalThis.evaluated = 1"));
    await attempt("inline handler", () =>
      add("button", { onclick: "globalThis.evaluated = 1" }).click(),
    );
    await attempt("javascript: link", () =>
      add("a", { href: "javascript:globalThis.evaluated = 1" }).click(),
    );
    await attempt("foreign script", () => add("script", { src: foreign }));
    await attempt("script from a blob", () =>
      add("script", { src: URL.createObjectURL(new Blob(["globalThis.evaluated = 1"])) }),
    );
    await attempt("worker from a blob", () => new Worker(URL.createObjectURL(new Blob([""]))));
    await attempt("foreign fetch", () => fetch(foreign));
    await attempt("foreign beacon", () => navigator.sendBeacon(foreign, "x"));
    await attempt("foreign picture", () => add("img", { src: foreign }));
    await attempt("foreign film", () => add("video", { src: foreign }));
    await attempt("foreign style", () => add("link", { rel: "stylesheet", href: foreign }));
    await attempt("style without the nonce", () => add("style", {}, "body { color: red }"));
    await attempt("foreign frame", () => add("iframe", { src: foreign }));
    await attempt("frame of our own page", () => add("iframe", { src: location.href }));
    await attempt("plugin", () => add("object", { data: foreign }));
    await attempt("base", () =>
      document.head.append(Object.assign(document.createElement("base"), { href: foreign })),
    );
    await attempt("foreign form", () => {
      const form = Object.assign(document.createElement("form"), { action: foreign });
      document.body.append(form);
      form.submit();
    });
    if (global["evaluated"] !== undefined) ran.push("some text was run as code");
    return { stopped, ran };
  });

const stopped = [
  "eval: script-src",
  "new Function: script-src",
  "timer with a text: script-src",
  "inline script: script-src-elem",
  "inline handler: script-src-attr",
  "javascript: link: script-src-elem",
  "foreign script: script-src-elem",
  "script from a blob: script-src-elem",
  "worker from a blob: worker-src",
  "foreign fetch: connect-src",
  "foreign beacon: connect-src",
  "foreign picture: img-src",
  "foreign film: media-src",
  "foreign style: style-src-elem",
  "style without the nonce: style-src-elem",
  "foreign frame: frame-src",
  "frame of our own page: frame-src",
  "plugin: object-src",
  "base: base-uri",
  "foreign form: form-action",
];

describe("the studio's page", () => {
  it("runs no text as code, loads no foreign thing and talks to no foreign server", async () => {
    expect(await tryWhatThePolicyForbids(studio.page)).toEqual({ stopped, ran: [] });
  });

  it("compiles WebAssembly, but runs no text as code, in its worker too", async () => {
    const tryCode = async (): Promise<unknown[]> => {
      await new Promise((next) => setTimeout(next, 0));
      const attempts = [
        () => (0, eval)("1"),
        () => new Function("return 1")(),
        // The smallest module there is.
        async () =>
          (await WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))) && "compiled",
      ];
      const results: unknown[] = [];
      for (const attempt of attempts)
        try {
          results.push(await attempt());
        } catch (error) {
          results.push((error as Error).name);
        }
      return results;
    };
    const worker = await waitFor("the compositor's worker", () => studio.page.workers()[0]);
    const expected = ["EvalError", "EvalError", "compiled"];
    expect(await studio.page.evaluate(tryCode)).toEqual(expected);
    expect(await worker.evaluate(tryCode)).toEqual(expected);
  });

  it("has nothing of Node or Electron, and a bridge of two functions that asks for nothing unknown", async () => {
    const seen = await studio.page.evaluate(async () => {
      const names = "require process module exports Buffer global __dirname electron ipcRenderer";
      const bridge = window.studioBridge;
      return {
        there: names.split(" ").filter((name) => name in globalThis),
        bridge: Object.entries(bridge).map(([name, value]) => `${name}: ${typeof value}`),
        answers: await Promise.all(
          ["shell.run", "__proto__", "constructor", "", "studio:request"].map((name) =>
            bridge.request(name as "app.quit", {}),
          ),
        ),
      };
    });
    expect(seen.there).toEqual([]);
    expect(seen.bridge.toSorted()).toEqual(["onPush: function", "request: function"]);
    expect(seen.answers).toEqual(
      Array.from({ length: 5 }, () => ({ ok: false, error: { code: "request.unknown" } })),
    );
  });

  it("stays where it is, and opens no window", async () => {
    const { page } = studio;
    const address = page.url();
    const places = [
      "https://example.com/",
      "http://127.0.0.1:1/",
      "file:///etc/passwd",
      "data:text/html,x",
      "gifts/rose.svg",
      "studio.html?other",
      "ms-settings:privacy",
    ];
    for (const place of places) {
      await page.evaluate((to) => {
        setTimeout(() => location.assign(to), 0);
        return new Promise((done) => setTimeout(done, 300));
      }, place);
      expect([place, page.url()]).toEqual([place, address]);
      expect(await page.evaluate((to) => window.open(to) === null, place)).toBe(true);
    }
    const pages = page
      .context()
      .pages()
      .map((each) => each.url());
    expect(pages).toEqual([address]);
    expect(
      await page.evaluate(() => document.querySelector("#root")?.childElementCount),
    ).toBeGreaterThan(0);
  });

  it("is granted its devices, and nothing else", async () => {
    const seen = await studio.page.evaluate(async () => {
      const names = [
        "camera",
        "microphone",
        "geolocation",
        "notifications",
        "clipboard-read",
        "midi",
        "idle-detection",
      ];
      return {
        states: await Promise.all(
          names.map(async (name) => {
            const { state } = await navigator.permissions.query({ name: name as PermissionName });
            return `${name}: ${state}`;
          }),
        ),
        location: await new Promise((done) =>
          navigator.geolocation.getCurrentPosition(
            () => done("got"),
            ({ code }) => done(code),
          ),
        ),
        notification: await Notification.requestPermission(),
        screen: await navigator.mediaDevices.getDisplayMedia().then(
          () => "got",
          (error: Error) => error.name,
        ),
      };
    });
    expect(seen).toEqual({
      states: [
        "camera: granted",
        "microphone: granted",
        "geolocation: denied",
        "notifications: denied",
        "clipboard-read: denied",
        "midi: denied",
        "idle-detection: denied",
      ],
      location: 1,
      notification: "denied",
      screen: "NotAllowedError",
    });
  });

  it("has no webview, and comes by a secure scheme of its own that leads to no file", async () => {
    const seen = await studio.page.evaluate(async () => ({
      webview: "loadURL" in document.createElement("webview"),
      secure: isSecureContext,
      protocol: location.protocol,
      file: await fetch("file:///etc/passwd").then(
        () => "got",
        (error: Error) => error.name,
      ),
      outside: (await fetch("../package.json")).status,
    }));
    expect(seen.protocol).not.toBe("file:");
    expect(seen).toMatchObject({ webview: false, secure: true, file: "TypeError", outside: 404 });
  });
});

describe("the viewers' page", () => {
  it("runs no text as code, loads no foreign thing and talks to no foreign server", async () => {
    const viewers = await launchViewers();
    try {
      const { page } = await openViewer(viewers, studio.viewerUrl);
      expect(await tryWhatThePolicyForbids(page)).toEqual({ stopped, ran: [] });
    } finally {
      await viewers.close();
    }
  });
});
