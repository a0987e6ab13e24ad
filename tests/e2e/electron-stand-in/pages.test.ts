import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  findFreePort,
  fixture,
  html,
  openWindow,
  preload,
  processesOf,
  type RunningFixture,
  startFixture,
  until,
} from "./fixture.ts";

describe("the stand-in for Electron", () => {
  const userData = mkdtempSync(join(tmpdir(), "stand-in-"));
  let app: RunningFixture;
  let browser: Browser;

  const pageOf = (name: string): Promise<Page> =>
    until(`page ${name}`, () =>
      browser
        .contexts()
        .flatMap((context) => context.pages())
        .find((page) => page.url().endsWith(`/${name}`)),
    );

  beforeAll(async () => {
    const port = await findFreePort();
    app = await startFixture(userData, [`--remote-debugging-port=${port}`, "--lang=zh-CN"], {
      ANCHOR_CHROMIUM_ARGS: "--use-fake-device-for-media-stream=device-count=2,fps=30",
    });
    await app.run(
      ({ electron }, pages: Record<string, string>) => {
        const { ipcMain, protocol, session } = electron;
        protocol.handle("fixture", async (request) => {
          const { pathname } = new URL(request.url);
          if (pathname === "/posted")
            return Response.json({
              url: request.url,
              origin: request.headers.get("origin"),
              body: await request.text(),
            });
          const body = pages[pathname];
          return new Response(body ?? "", {
            status: body === undefined ? 404 : 200,
            headers: {
              "content-type": pathname.endsWith(".js")
                ? "text/javascript"
                : "text/html; charset=utf-8",
              "content-security-policy":
                "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; worker-src 'self'; connect-src 'self'; media-src 'self' blob:",
            },
          });
        });
        session.defaultSession.setPermissionCheckHandler(
          (_contents, permission, origin) =>
            ["media", "display-capture"].includes(permission) && origin === "fixture://app/",
        );
        ipcMain.handle("echo", (event, value: unknown) => ({
          value,
          from: event.senderFrame?.url,
          origin: event.senderFrame?.origin,
        }));
        ipcMain.handle("fail", () => {
          throw new TypeError("not today");
        });
      },
      {
        "/first.html": html(
          '<a id="away" href="/other.html">a</a> <a id="out" target="_blank" href="https://example.com/">b</a><script src="/page.js"></script>',
          "First",
        ),
        "/second.html": html("", "Second"),
        "/other.html": html("", "Other"),
        "/page.js":
          'window.inlineRan = false; window.bridge.send("alive"); addEventListener("message", ({ data, ports: [port] }) => { if (!data.portFor) return; window.gotPort = data.portFor; port.onmessage = (event) => port.postMessage({ page: event.data }); });',
        "/worklet.js":
          "registerProcessor('silent', class extends AudioWorkletProcessor { process() { return true; } });",
        "/worker.js": "postMessage('from a worker');",
      },
    );
    await openWindow(app, "first.html");
    browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  });

  beforeEach(() => app.run(({ kept }) => void kept.events.splice(0)));

  afterAll(async () => {
    app.child.kill("SIGKILL");
    await app.exited;
    await until("Chromium's end", () => processesOf(userData).length === 0);
    rmSync(userData, { recursive: true });
  });

  it("tells what the app is", async () => {
    const told = await app.run(({ electron: { app }, gotLock }) => ({
      name: app.getName(),
      version: app.getVersion(),
      userData: app.getPath("userData"),
      locale: app.getLocale(),
      packaged: app.isPackaged,
      given: app.commandLine.getSwitchValue("lang"),
      gotLock,
    }));
    expect(told).toEqual({
      name: "Stand-in Fixture",
      version: "1.2.3",
      userData,
      locale: "zh-CN",
      packaged: false,
      given: "zh-CN",
      gotLock: true,
    });
    const page = await pageOf("first.html");
    expect(await page.evaluate(() => navigator.language)).toBe("zh-CN");
  });

  it("serves the scheme to pages, workers and worklets, with its policy", async () => {
    const page = await pageOf("first.html");
    const seen = await page.evaluate(async () => {
      const worker = await new Promise((done) => {
        new Worker("/worker.js").onmessage = ({ data }) => done(data);
      });
      const context = new AudioContext();
      await context.audioWorklet.addModule("/worklet.js");
      const node = new AudioWorkletNode(context, "silent").numberOfOutputs;
      await context.close();
      const missing = (await fetch("/nothing")).status;
      const posted: unknown = await (
        await fetch("/posted", { method: "POST", body: "words" })
      ).json();
      const violations = new Promise((done) =>
        document.addEventListener("securitypolicyviolation", (event) =>
          done(event.effectiveDirective),
        ),
      );
      const script = document.createElement("script");
      script.textContent = "window.inlineRan = true";
      document.body.append(script);
      return {
        worker,
        node,
        missing,
        posted,
        violation: await violations,
        ran: "inlineRan" in window && window.inlineRan,
        secure: isSecureContext,
      };
    });
    expect(seen).toEqual({
      worker: "from a worker",
      node: 1,
      missing: 404,
      posted: { url: "fixture://app/posted", origin: "fixture://app", body: "words" },
      violation: "script-src-elem",
      ran: false,
      secure: true,
    });
  });

  it("carries values between page and main", async () => {
    const page = await pageOf("first.html");
    const answered = await page.evaluate(async () => {
      const bytes = new Uint8Array(300_000).map((_, index) => index);
      const sent = {
        bytes,
        part: new Uint16Array([1, 2, 3]).subarray(1),
        date: new Date(7),
        none: undefined,
        map: new Map([[1, new Set(["a"])]]),
        error: new TypeError("e"),
        big: 5n,
        nan: NaN,
        minus: -0,
        $: "u",
        text: "汉字",
      };
      const { value, from, origin } = await window.bridge.invoke("echo", sent);
      const got = value as typeof sent;
      return {
        from,
        origin,
        same:
          got.bytes.every((byte, index) => byte === bytes[index]) &&
          got.bytes.length === bytes.length,
        part: [...got.part],
        date: got.date.getTime(),
        none: "none" in got && got.none === undefined,
        inMap: [...(got.map.get(1) ?? [])],
        error: got.error instanceof TypeError && got.error.message,
        big: got.big === 5n,
        numbers: Number.isNaN(got.nan) && Object.is(got.minus, -0),
        $: got.$,
        text: got.text,
      };
    });
    expect(answered).toEqual({
      from: "fixture://app/first.html",
      origin: "fixture://app",
      same: true,
      part: [2, 3],
      date: 7,
      none: true,
      inMap: ["a"],
      error: "e",
      big: true,
      numbers: true,
      $: "u",
      text: "汉字",
    });
    const failures = await page.evaluate(() =>
      Promise.all(
        [
          window.bridge.invoke("fail"),
          window.bridge.invoke("nobody"),
          window.bridge.invoke("echo", { f: window.bridge }),
        ].map((asked) => asked.then(String, (error: Error) => error.message)),
      ),
    );
    expect(failures[0]).toBe("Error invoking remote method 'fail': TypeError: not today");
    expect(failures[1]).toBe(
      "Error invoking remote method 'nobody': Error: No handler registered for 'nobody'",
    );
    expect(failures[2]).toContain("could not be cloned");
  });

  it("sends to the page, in order, also before it has loaded", async () => {
    const texts = await app.run(async ({ electron: { BrowserWindow }, kept, delay }, preload) => {
      const window = new BrowserWindow({ webPreferences: { preload } });
      const loaded = window.loadURL("fixture://app/second.html");
      for (let number = 0; number < 100; number += 1) window.webContents.send("count", number);
      window.webContents.once("did-finish-load", () => window.webContents.send("count", "loaded"));
      await loaded;
      await delay(50);
      kept["second"] = window.id;
      return window.webContents.getURL();
    }, preload);
    expect(texts).toBe("fixture://app/second.html");
    const page = await pageOf("second.html");
    await page.evaluate(() => {
      window.heard = [];
      window.stopListening = window.bridge.listen("count", (value) => window.heard.push(value));
    });
    await app.run(({ electron: { BrowserWindow }, kept }) => {
      const window = BrowserWindow.getAllWindows().find(({ id }) => id === kept["second"]);
      for (let number = 0; number < 50; number += 1)
        window?.webContents.send("count", number, new Uint8Array(number));
    });
    await until(
      "fifty messages",
      async () => (await page.evaluate(() => window.heard.length)) === 50,
    );
    expect(await page.evaluate(() => window.heard)).toEqual(
      Array.from({ length: 50 }, (_, index) => index),
    );
    await page.evaluate(() => window.stopListening());
    await app.run(({ electron: { BrowserWindow }, kept }) =>
      BrowserWindow.getAllWindows()
        .find(({ id }) => id === kept["second"])
        ?.webContents.send("count", "unheard"),
    );
    await delay(100);
    expect(await page.evaluate(() => window.heard.length)).toBe(50);
    await app.run(({ electron: { BrowserWindow }, kept }) =>
      BrowserWindow.getAllWindows()
        .find(({ id }) => id === kept["second"])
        ?.destroy(),
    );
  });

  it("bridges the worlds of a page", async () => {
    const page = await pageOf("first.html");
    const seen = await page.evaluate(async () => {
      const { bridge } = window;
      const thrown = ((): unknown => {
        try {
          return bridge.fail();
        } catch (error) {
          return error instanceof RangeError && error.message;
        }
      })();
      return {
        sum: bridge.add(2, 3),
        twice: bridge.twice((value) => Number(value) * 2, 4),
        later: await bridge.later((value) => `${String(value)}!`, "soon"),
        rejected: await bridge
          .later(() => Promise.reject(new Error("no")), 0)
          .catch((error: Error) => error.message),
        thrown,
        frozen:
          Object.isFrozen(bridge) &&
          Object.isFrozen(bridge.limits.list) &&
          !Object.getOwnPropertyDescriptor(window, "bridge")?.writable,
        node: bridge.node,
        noNode: "process" in window || "require" in window,
      };
    });
    expect(seen).toEqual({
      sum: 5,
      twice: [8, 8],
      later: "soon!",
      rejected: "no",
      thrown: "out of range",
      frozen: true,
      node: "string",
      noNode: false,
    });
  });

  it("connects ports: main to page, page to main, main to a utility process", async () => {
    const page = await pageOf("first.html");
    const fromPage = await app.run(async ({ electron: { BrowserWindow, MessageChannelMain } }) => {
      const { port1, port2 } = new MessageChannelMain();
      port1.postMessage("before it was given");
      BrowserWindow.getAllWindows()[0]?.webContents.postMessage("to-main-world", "name", [port2]);
      const got: unknown[] = [];
      await new Promise<void>((done) => {
        port1.on("message", ({ data }) => {
          got.push(data);
          if (got.length === 2) done();
        });
        port1.start();
        port1.postMessage(new Uint8Array([9]));
      });
      port1.close();
      return got;
    });
    expect(fromPage).toEqual([{ page: "before it was given" }, { page: new Uint8Array([9]) }]);

    const waiting = app.run(
      ({ electron: { ipcMain, MessageChannelMain } }) =>
        new Promise((done) => {
          ipcMain.once("give", (event, message) => {
            const [port] = event.ports;
            const got: unknown[] = [message];
            const inner = new MessageChannelMain();
            const collect = (value: unknown): void => {
              got.push(value);
              if (got.length === 3) done(got);
            };
            inner.port1.on("message", ({ data }) => collect(data));
            inner.port1.start();
            port?.on("message", ({ data }) => collect(data));
            port?.start();
            port?.postMessage({ n: 1 }, [inner.port2]);
          });
        }),
    );
    await page.evaluate(() => window.bridge.givePort("give"));
    expect(await waiting).toEqual([
      "a port",
      { answer: { n: 1 } },
      "through a port that came over a port",
    ]);

    const fromChild = await app.run(
      async ({ electron: { MessageChannelMain, utilityProcess, app } }, script) => {
        const child = utilityProcess.fork(script, ["argument"], {
          serviceName: "echo",
          stdio: "pipe",
        });
        const { port1, port2 } = new MessageChannelMain();
        const events: unknown[] = [];
        app.once("child-process-gone", (_event, details) =>
          events.push([details.type, details.reason, details.exitCode, details.name]),
        );
        child.postMessage("hello", [port2]);
        child.on("message", (message) => events.push(message));
        const closed = new Promise((done) => port1.once("close", () => done(undefined)));
        await new Promise<void>((done) => {
          port1.on("message", ({ data }) => {
            events.push(data);
            done();
          });
          port1.start();
          port1.postMessage(new Date(3));
        });
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process has no origin
        child.postMessage("end");
        const code = await new Promise((done) => child.once("exit", done));
        await closed;
        return { events, code, pid: child.pid };
      },
      join(fixture, "child.mjs"),
    );
    expect(fromChild).toEqual({
      events: [
        { type: "utility", argument: "argument", data: "hello" },
        { echo: new Date(3) },
        ["Utility", "abnormal-exit", 7, "echo"],
      ],
      code: 7,
      pid: undefined,
    });
  });

  it("closes the ports of a page that is loaded again, and connects anew", async () => {
    const page = await pageOf("first.html");
    const order = await app.run(async ({ electron: { BrowserWindow, MessageChannelMain } }) => {
      const [window] = BrowserWindow.getAllWindows();
      const { port1, port2 } = new MessageChannelMain();
      window?.webContents.postMessage("to-main-world", "old", [port2]);
      port1.start();
      const told: string[] = [];
      const closed = new Promise<void>((done) =>
        port1.once("close", () => done(void told.push("closed"))),
      );
      window?.webContents.once("did-start-navigation", () => told.push("navigating"));
      const loaded = new Promise<void>((done) =>
        window?.webContents.once("did-finish-load", () => done(void told.push("loaded"))),
      );
      window?.webContents.reload();
      await loaded;
      const again = new MessageChannelMain();
      window?.webContents.postMessage("to-main-world", "new", [again.port2]);
      await closed;
      return told.toSorted();
    });
    expect(order).toEqual(["closed", "loaded", "navigating"]);
    await until("the new port", () => page.evaluate(() => window.gotPort === "new"));
  });

  it("grants what the handlers allow and denies the rest", async () => {
    const page = await pageOf("first.html");
    const seen = await page.evaluate(async () => {
      const state = (name: string): Promise<string> =>
        navigator.permissions.query({ name: name as PermissionName }).then(({ state }) => state);
      const stream = await navigator.mediaDevices.getUserMedia({ video: true, audio: true });
      const kinds = stream.getTracks().map(({ kind }) => kind);
      stream.getTracks().forEach((track) => track.stop());
      return {
        kinds: kinds.toSorted(),
        labelled: (await navigator.mediaDevices.enumerateDevices()).some(
          ({ label }) => label !== "",
        ),
        location: await new Promise((done) =>
          navigator.geolocation.getCurrentPosition(
            () => done("got"),
            ({ code }) => done(code),
          ),
        ),
        states: await Promise.all(
          ["camera", "notifications", "geolocation", "clipboard-read"].map(state),
        ),
      };
    });
    expect(seen).toEqual({
      kinds: ["audio", "video"],
      labelled: true,
      location: 1,
      states: ["granted", "denied", "denied", "denied"],
    });

    await app.run(({ electron }) =>
      electron.session.defaultSession.setPermissionRequestHandler(
        (_contents, permission, callback) => callback(permission !== "media"),
      ),
    );
    await until("the camera's refusal", () =>
      page.evaluate(() =>
        navigator.mediaDevices.getUserMedia({ video: true }).then(
          () => false,
          ({ name }: Error) => name === "NotAllowedError",
        ),
      ),
    );
    await app.run(({ electron }) =>
      electron.session.defaultSession.setPermissionRequestHandler(null),
    );
    await until("the camera", () =>
      page.evaluate(() =>
        navigator.mediaDevices.getUserMedia({ video: true }).then(
          (stream) => (stream.getTracks()[0]?.stop(), true),
          () => false,
        ),
      ),
    );
  });

  it("asks main before the page navigates or opens a window", async () => {
    const page = await pageOf("first.html");
    await app.run(({ electron: { BrowserWindow }, kept }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      contents?.on("will-navigate", (details) => {
        kept.events.push(["navigate", details.url, details.isMainFrame]);
        if (details.url.endsWith("other.html")) details.preventDefault();
      });
      contents?.setWindowOpenHandler(({ url, frameName }) => {
        kept.events.push(["open", url, frameName]);
        return { action: "deny" };
      });
    });
    await page.click("#away");
    await page.click("#out");
    expect(await page.evaluate(() => window.open("https://example.org/", "name"))).toBeNull();
    await until("the questions", () => app.run(({ kept }) => kept.events.length === 3));
    expect(await app.run(({ kept }) => kept.events)).toEqual([
      ["navigate", "fixture://app/other.html", true],
      ["open", "https://example.com/", "_blank"],
      ["open", "https://example.org/", "name"],
    ]);
    expect(
      await app.run(({ electron: { BrowserWindow } }) => [
        BrowserWindow.getAllWindows()[0]?.webContents.getURL(),
        BrowserWindow.getAllWindows().length,
      ]),
    ).toEqual(["fixture://app/first.html", 1]);
    await page.evaluate(() => location.reload());
    await until("the allowed navigation", () => app.run(({ kept }) => kept.events.length === 4));
    await until("the page", () =>
      page.evaluate(() => document.readyState === "complete").catch(() => false),
    );
  });

  it("does not take another client's reload for the closing of the window", async () => {
    await app.run(({ electron, kept }) => {
      const [window] = electron.BrowserWindow.getAllWindows();
      window?.on("close", () => kept.events.push("close"));
      window?.webContents.on("did-finish-load", () => kept.events.push("loaded"));
    });
    await (await pageOf("first.html")).reload();
    await until("the load", () => app.run(({ kept }) => kept.events.includes("loaded")));
    expect(await app.run(({ kept }) => kept.events)).not.toContain("close");
  });

  it("tells what the page's console says", async () => {
    await app.run(({ electron, kept }) => {
      const contents = electron.BrowserWindow.getAllWindows()[0]?.webContents;
      contents?.on("console-message", ({ level, message, sourceId }) =>
        kept.events.push([level, message, sourceId]),
      );
    });
    const page = await pageOf("first.html");
    const heard = async (text: string) =>
      until(text, async () => {
        await page.evaluate((said) => console.error("the page says", said), text);
        const events = await app.run(({ kept }) => kept.events);
        return events.find((event) => JSON.stringify(event).includes(text));
      });
    expect(await heard("something")).toEqual(["error", "the page says something", ""]);
    await page.evaluate(() =>
      setTimeout(() => {
        throw new Error("nobody catches this");
      }),
    );
    await until("the error", async () =>
      JSON.stringify(await app.run(({ kept }) => kept.events)).includes("nobody catches this"),
    );
  });

  it("keeps the display awake, and opens addresses outside", async () => {
    const states = await app.run(({ electron: { powerSaveBlocker } }) => {
      const id = powerSaveBlocker.start("prevent-display-sleep");
      return [
        powerSaveBlocker.isStarted(id),
        powerSaveBlocker.stop(id),
        powerSaveBlocker.isStarted(id),
        powerSaveBlocker.stop(id),
      ];
    });
    expect(states).toEqual([true, true, false, false]);
    const opened = join(userData, "opened");
    writeFileSync(join(userData, "xdg-open"), `#!/bin/sh\necho "$1" > ${opened}\n`, {
      mode: 0o755,
    });
    await app.run(async ({ electron }, folder) => {
      process.env["PATH"] = `${folder}:${process.env["PATH"]}`;
      await electron.shell.openExternal("https://example.com/?a=1&b");
    }, userData);
    await until("the address", () => existsSync(opened) && readFileSync(opened, "utf8") !== "");
    expect(readFileSync(opened, "utf8")).toBe("https://example.com/?a=1&b\n");
  });

  it("throws for what is not in it", async () => {
    const messages = await app.run(({ electron }) =>
      [
        (): unknown => Reflect.get(electron.app, "dock"),
        (): unknown =>
          Reflect.get(electron.BrowserWindow.getAllWindows()[0]?.webContents ?? {}, "openDevTools"),
        () => electron.app.on("accessibility-support-changed", () => undefined),
        () => new electron.BrowserWindow({ frame: false }),
        (): unknown => Reflect.get(electron.session, "fromPartition"),
      ].map((use) => {
        try {
          return String(use());
        } catch (error) {
          return (error as Error).message;
        }
      }),
    );
    expect(messages).toEqual([
      "App.dock is not in the stand-in",
      "WebContents.openDevTools is not in the stand-in",
      'event "accessibility-support-changed" of App is not in the stand-in',
      "BrowserWindowConstructorOptions.frame is not in the stand-in",
      "Session.fromPartition is not in the stand-in",
    ]);
  });

  it("tells when a page crashes, and loads it again", async () => {
    // Chromium's renderers, the one of this page among them.
    const renderers = processesOf(userData).filter((pid) =>
      readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("--type=renderer"),
    );
    const gone = app.run(
      ({ electron: { BrowserWindow } }) =>
        new Promise((done) => {
          const contents = BrowserWindow.getAllWindows()[0]?.webContents;
          contents?.once("render-process-gone", (_event, { reason }) => done(reason));
        }),
    );
    await delay(100);
    for (const pid of renderers) process.kill(pid, "SIGKILL");
    expect(await gone).toBe("killed");
    const alive = await app.run(
      ({ electron: { BrowserWindow, ipcMain } }) =>
        new Promise((done) => {
          const contents = BrowserWindow.getAllWindows()[0]?.webContents;
          ipcMain.once("alive", (event) => done(event.senderFrame?.url));
          contents?.reload();
        }),
    );
    expect(alive).toBe("fixture://app/first.html");
  });

  it("leaves nothing behind when it exits", async () => {
    await browser.close();
    await app.run(({ electron }) => electron.app.exit(5)).catch(() => undefined);
    expect(await app.exited).toBe(5);
    expect(processesOf(userData)).toEqual([]);
    const left = readdirSync(join(userData, "Chromium-profile"));
    expect(left.filter((name) => name.startsWith("Singleton"))).toEqual([]);
  });
});
