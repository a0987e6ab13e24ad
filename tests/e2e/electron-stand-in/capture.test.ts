import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  findFreePort,
  openWindow,
  processesOf,
  type RunningFixture,
  startFixture,
  until,
} from "./fixture.ts";

type Colour = [number, number, number];

/** Whether two colours are the same but for what video coding loses. */
const alike = (one: readonly number[], other: Colour): boolean =>
  other.every((value, index) => Math.abs(value - (one[index] ?? -1000)) < 40);

/** A window of another program, in one colour. */
function showColour(title: string, colour: string, left: number, top: number): ChildProcess {
  const picture = `color=c=${colour}:s=320x240:r=10`;
  const place = ["-left", String(left), "-top", String(top)];
  return spawn(
    "ffplay",
    ["-loglevel", "quiet", "-f", "lavfi", "-i", picture, "-window_title", title, ...place],
    { stdio: "ignore" },
  );
}

/** Size and middle pixel of a PNG of 8 bit RGB without filters. */
function readPng(png: Uint8Array) {
  const bytes = Buffer.from(png);
  const width = bytes.readUInt32BE(16);
  const height = bytes.readUInt32BE(20);
  const at = bytes.indexOf("IDAT");
  const rows = inflateSync(bytes.subarray(at + 4, at + 4 + bytes.readUInt32BE(at - 4)));
  const middle = Math.floor(height / 2) * (1 + width * 3) + 1 + Math.floor(width / 2) * 3;
  return { width, height, middle: [...rows.subarray(middle, middle + 3)] };
}

describe("capture by the stand-in for Electron", () => {
  const userData = mkdtempSync(join(tmpdir(), "stand-in-"));
  const shown: ChildProcess[] = [];
  let app: RunningFixture;
  let browser: Browser;
  let page: Page;

  const listSources = (thumbnails: boolean) =>
    app.run(async ({ electron }, thumbnails) => {
      const sources = await electron.desktopCapturer.getSources({
        types: ["screen", "window"],
        thumbnailSize: thumbnails ? { width: 160, height: 90 } : { width: 0, height: 0 },
      });
      return sources.map(({ id, name, thumbnail }) => ({
        id,
        name,
        empty: thumbnail.isEmpty(),
        size: thumbnail.getSize(),
        png: thumbnail.toPNG(),
        url: thumbnail.toDataURL(),
      }));
    }, thumbnails);

  const idOf = async (title: string): Promise<string> =>
    until(
      `window ${title}`,
      async () => (await listSources(false)).find(({ name }) => name === title)?.id,
    );

  /** Chooses a source in main, asks for it in the page, and looks at the middle of its picture. */
  const capture = async (source: { id: string; name: string } | null) => {
    await app.run(({ kept }, source) => void (kept["source"] = source), source);
    return page.evaluate(async () => {
      try {
        const stream = await navigator.mediaDevices.getDisplayMedia({ video: true });
        const video = document.createElement("video");
        video.muted = true;
        video.srcObject = stream;
        await video.play();
        await new Promise((done) => video.requestVideoFrameCallback(done));
        // A window that was covered draws itself a moment after its capture has begun.
        await new Promise((done) => setTimeout(done, 500));
        const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
        const context = canvas.getContext("2d");
        context?.drawImage(video, 0, 0);
        const [red = 0, green = 0, blue = 0] =
          context?.getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data ?? [];
        stream.getTracks().forEach((track) => track.stop());
        return {
          width: canvas.width,
          height: canvas.height,
          middle: [red, green, blue],
          failed: "",
        };
      } catch (error) {
        return { width: 0, height: 0, middle: [], failed: (error as Error).name };
      }
    });
  };

  beforeAll(async () => {
    const port = await findFreePort();
    app = await startFixture(userData, [`--remote-debugging-port=${port}`]);
    await app.run(({ electron, kept }) => {
      const { protocol, session } = electron;
      protocol.handle("fixture", (request) => {
        const name = new URL(request.url).pathname.slice(1);
        return new Response(
          `<!doctype html><title>${name}</title><body style="background:#00a000"><script>
            if (document.title === "Eager") setTimeout(() => navigator.mediaDevices.getDisplayMedia()
              .catch((error) => window.bridge.send("failed", error.name)), 500);
          </script>`,
          { headers: { "content-type": "text/html" } },
        );
      });
      session.defaultSession.setDisplayMediaRequestHandler((request, callback) => {
        const { frame, securityOrigin, videoRequested, audioRequested, userGesture } = request;
        kept.events.push([frame?.url, securityOrigin, videoRequested, audioRequested, userGesture]);
        callback(kept["source"] ? { video: kept["source"] as { id: string; name: string } } : null);
      });
    });
    shown.push(showColour("红色 window", "red", 20, 30), showColour("Blue window", "blue", 60, 60));
    await Promise.all([idOf("红色 window"), idOf("Blue window")]);
    // It lies over both of them.
    await openWindow(app, "Green", { x: 0, y: 0, width: 1000, height: 800 });
    browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    page = await until("the page", () => browser.contexts()[0]?.pages().at(0));
  });

  afterEach(() => app.run(({ kept }) => void kept.events.splice(0)));

  afterAll(async () => {
    await browser.close();
    for (const child of shown) child.kill();
    app.child.kill("SIGKILL");
    await app.exited;
    await until("Chromium's end", () => processesOf(userData).length === 0);
    rmSync(userData, { recursive: true, force: true });
  });

  it("lists the screen and the windows, with pictures of covered ones too", async () => {
    const sources = await listSources(true);
    const [screen] = sources;
    expect(screen).toMatchObject({ id: "screen:0:0", name: "Entire screen", empty: false });
    const green = sources.find(({ name }) => name === "Green");
    const red = sources.find(({ name }) => name === "红色 window");
    expect(green?.id).toMatch(/^window:\d+:1$/);
    expect(red?.id).toMatch(/^window:\d+:0$/);
    expect(readPng(green?.png ?? new Uint8Array()).middle).toEqual([0, 160, 0]);
    expect(red?.size).toEqual({ width: 120, height: 90 });
    expect(red?.url.startsWith("data:image/png;base64,")).toBe(true);
    const picture = readPng(red?.png ?? new Uint8Array());
    expect([picture.width, picture.height]).toEqual([120, 90]);
    expect(alike(picture.middle, [255, 0, 0])).toBe(true);
    const bare = await listSources(false);
    expect(bare.map(({ id }) => id)).toEqual(sources.map(({ id }) => id));
    expect(bare.every(({ empty }) => empty)).toBe(true);
  });

  it("captures what main chose: a window, the screen, another window", async () => {
    const screen = { id: "screen:0:0", name: "" };
    const red = { id: await idOf("红色 window"), name: "" };
    const blue = { id: await idOf("Blue window"), name: "" };
    const first = await capture(red);
    const second = await capture(screen);
    const third = await capture(blue);
    expect([first.width, first.height, alike(first.middle, [255, 0, 0])]).toEqual([320, 240, true]);
    expect(second.width).toBeGreaterThan(1000);
    expect([third.width, third.height, alike(third.middle, [0, 0, 255])]).toEqual([320, 240, true]);
    expect(await app.run(({ kept }) => kept.events[0])).toEqual([
      "fixture://app/Green",
      "fixture://app/",
      true,
      false,
      true,
    ]);
    // The borrowed titles are given back, and Chromium's own bar is not to be seen.
    const names = (await listSources(false)).map(({ name }) => name);
    expect(names.toSorted()).toEqual(["Blue window", "Entire screen", "Green", "红色 window"]);
  });

  it("refuses where main refuses, and what is not there", async () => {
    expect((await capture(null)).failed).toBe("NotAllowedError");
    expect((await capture({ id: "window:12345:0", name: "" })).failed).toBe("NotReadableError");
    await app.run(({ electron }) =>
      electron.session.defaultSession.setPermissionCheckHandler(
        (_contents, permission) => permission !== "display-capture",
      ),
    );
    expect((await capture({ id: "screen:0:0", name: "" })).failed).toBe("NotAllowedError");
    await app.run(({ electron }) => {
      electron.session.defaultSession.setPermissionCheckHandler(null);
      electron.session.defaultSession.setDisplayMediaRequestHandler(null);
    });
    expect((await capture({ id: "screen:0:0", name: "" })).failed).toBe("NotSupportedError");
  });

  it("wants the user's gesture, as Chromium does, also just after the page has loaded", async () => {
    const failed = await app.run(
      ({ electron: { BrowserWindow, ipcMain } }) =>
        new Promise((done) => {
          ipcMain.once("failed", (_event, name) => done(name));
          const contents = BrowserWindow.getAllWindows()[0]?.webContents;
          void contents?.loadURL("fixture://app/Eager");
        }),
    );
    expect(failed).toBe("InvalidStateError");
  });
});
