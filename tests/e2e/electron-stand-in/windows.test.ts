import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type * as Electron from "electron";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { numbersOf, openDisplay } from "../../electron-stand-in/x11.ts";
import { openWindow, processesOf, type RunningFixture, startFixture, until } from "./fixture.ts";

const xdotool = (...args: string[]): string =>
  execFileSync("xdotool", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();

const isOnScreen = (title: string): boolean => {
  try {
    return xdotool("search", "--onlyvisible", "--name", `^${title}$`) !== "";
  } catch {
    // xdotool fails where it finds nothing, or a window goes while it looks.
    return false;
  }
};

const activate = (title: string): Promise<boolean> =>
  until(`the focus of ${title}`, () => {
    try {
      xdotool("search", "--onlyvisible", "--name", `^${title}$`, "windowactivate", "--sync");
      return true;
    } catch {
      return false;
    }
  });

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** Closes the window as its user does, by the window manager. */
const closeByFrame = async (title: string): Promise<void> => {
  await activate(title);
  xdotool("key", "--clearmodifiers", "alt+F4");
};

describe("windows of the stand-in for Electron", () => {
  let userData: string;
  let app: RunningFixture;

  const start = async (): Promise<RunningFixture> => {
    const started = await startFixture(userData);
    await started.run(({ electron, kept }) => {
      const { app, protocol } = electron;
      protocol.handle("fixture", (request) => {
        const title = new URL(request.url).pathname.slice(1);
        return new Response(
          `<!doctype html><title>${title}</title><body style="background:#00a000">`,
          { headers: { "content-type": "text/html" } },
        );
      });
      for (const event of ["before-quit", "will-quit", "window-all-closed"] as const) {
        app.on(event as "will-quit", () => void kept.events.push(event));
      }
      kept["watch"] = (window: Electron.BrowserWindow) => {
        for (const event of ["ready-to-show", "closed"] as const) {
          window.on(event as "closed", () => void kept.events.push(event));
        }
        window.on("focus", () => void (kept["focused"] = true));
        window.on("close", (event) => {
          kept.events.push("close");
          if (kept["keepOpen"]) event.preventDefault();
        });
      };
    });
    return started;
  };

  beforeEach(async () => {
    userData = mkdtempSync(join(tmpdir(), "stand-in-"));
    app = await start();
  });

  afterEach(async () => {
    app.child.kill("SIGKILL");
    await app.exited;
    await until("Chromium's end", () => processesOf(userData).length === 0);
    rmSync(userData, { recursive: true, force: true });
  });

  const events = () => app.run(({ kept }) => kept.events.splice(0));
  const open = () => app.run(({ electron }) => electron.BrowserWindow.getAllWindows().length);

  it("shows a window when it is told to, in its size, and names it", async () => {
    await openWindow(app, "Hidden", { show: false, width: 700, height: 450 });
    expect(await events()).toEqual(["ready-to-show"]);
    await delay(300);
    expect(isOnScreen("Hidden")).toBe(false);
    await app.run(({ electron }) => electron.BrowserWindow.getAllWindows()[0]?.show());
    await until("the window", () => isOnScreen("Hidden"));
    const xid = xdotool("search", "--onlyvisible", "--name", "^Hidden$");
    await until("its size", () => xdotool("getwindowgeometry", xid).includes("700x450"));
    await app.run(({ electron }) => electron.BrowserWindow.getAllWindows()[0]?.setTitle("Named"));
    await until("its name", () => isOnScreen("Named"));
    await until("its focus", () => app.run(({ kept }) => kept["focused"] === true));
  });

  it("minimises and restores", async () => {
    await openWindow(app, "Small");
    await events();
    await app.run(({ electron }) => electron.BrowserWindow.getAllWindows()[0]?.minimize());
    await until("the window to go", () => !isOnScreen("Small"));
    const minimised = () =>
      app.run(({ electron }) => electron.BrowserWindow.getAllWindows()[0]?.isMinimized() ?? false);
    await until("isMinimized", minimised);
    await app.run(({ electron }) => electron.BrowserWindow.getAllWindows()[0]?.restore());
    await until("the window to come back", () => isOnScreen("Small"));
    await until("not isMinimized", async () => !(await minimised()));
    expect(await events()).toEqual([]);
  });

  it("tells where a window was moved to and how large it was made, and keeps it above others", async () => {
    await openWindow(app, "Placed", { x: 40, y: 50, width: 500, height: 300, alwaysOnTop: true });
    const bounds = () =>
      app.run(({ electron }) => electron.BrowserWindow.getAllWindows()[0]?.getNormalBounds());
    expect(await bounds()).toEqual({
      x: 40,
      y: 50,
      width: 500,
      height: 300,
    });
    await app.run(({ electron, kept }) => {
      const [window] = electron.BrowserWindow.getAllWindows();
      for (const event of ["move", "resize"] as const)
        window?.on(event as "move", () => void (kept[event] = true));
    });
    const xid = xdotool("search", "--onlyvisible", "--name", "^Placed$").split("\n").at(-1) ?? "";
    xdotool("windowsize", "--sync", xid, "560", "340");
    xdotool("windowmove", "--sync", xid, "150", "160");
    await until("the new place", async () => {
      const { x = 0, y = 0, width, height } = (await bounds()) ?? {};
      // Window managers differ in whether a frame counts.
      const near = Math.abs(x - 150) <= 30 && Math.abs(y - 160) <= 30;
      return near && width === 560 && height === 340;
    });
    expect(await app.run(({ kept }) => [kept["move"], kept["resize"]])).toEqual([true, true]);
    const isAbove = async (): Promise<boolean> => {
      const display = await openDisplay();
      const state = numbersOf(await display.property(Number(xid), "_NET_WM_STATE"));
      return state.includes(await display.atom("_NET_WM_STATE_ABOVE"));
    };
    await until("the window above others", isAbove);
    await app.run(({ electron }) =>
      electron.BrowserWindow.getAllWindows()[0]?.setAlwaysOnTop(false),
    );
    await until("the window among others", async () => !(await isAbove()));
    const area = await app.run(({ electron }) => [
      electron.screen.getPrimaryDisplay().workArea,
      electron.screen.getAllDisplays().length,
    ]);
    expect(area).toMatchObject([{ x: expect.any(Number) as number }, 1]);
  });

  it("asks main when the user closes a window, before the first click too", async () => {
    await openWindow(app, "Kept");
    await app.run(({ kept }) => void (kept["keepOpen"] = true));
    await events();
    for (let times = 0; times < 2; times += 1) {
      await closeByFrame("Kept");
      await until("the question", async () => (await events()).includes("close"));
      await delay(300);
      await until("the window", () => isOnScreen("Kept"));
      expect(await open()).toBe(1);
    }
    await app.run(({ kept }) => void (kept["keepOpen"] = false));
    await closeByFrame("Kept");
    await until("the window's end", async () => (await open()) === 0);
    expect((await events()).filter((event) => typeof event === "string")).toEqual([
      "close",
      "closed",
      "window-all-closed",
    ]);
    // The app lives on without windows, and can open one again.
    await openWindow(app, "Again");
    await until("the window", () => isOnScreen("Again"));
  });

  it("does not ask when a page navigates or is loaded again", async () => {
    await openWindow(app, "Going");
    await app.run(async ({ electron, kept }) => {
      kept["keepOpen"] = true;
      const contents = electron.BrowserWindow.getAllWindows()[0]?.webContents;
      const loaded = () =>
        new Promise((done) => contents?.once("did-finish-load", () => done(undefined)));
      const first = loaded();
      contents?.reload();
      await first;
      await contents?.loadURL("fixture://app/Gone");
    });
    await activate("Gone");
    xdotool("key", "F5");
    xdotool("key", "ctrl+w");
    await delay(500);
    expect(await events()).toEqual(["ready-to-show"]);
    expect(await open()).toBe(1);
  });

  it("close can be prevented, destroy cannot", async () => {
    await openWindow(app, "One");
    await openWindow(app, "Two");
    const left = await app.run(async ({ electron, kept, delay }) => {
      kept.events.splice(0);
      kept["keepOpen"] = true;
      const [one, two] = electron.BrowserWindow.getAllWindows();
      one?.close();
      await delay(300);
      two?.destroy();
      const afterwards = electron.BrowserWindow.getAllWindows().map((window) => window.id);
      return [afterwards, one?.isDestroyed(), two?.isDestroyed()];
    });
    expect(left).toEqual([[1], false, true]);
    expect(await events()).toEqual(["close", "closed"]);
    await until("the window to go", () => !isOnScreen("Two"));
  });

  it("quits in the documented order, unless it is prevented", async () => {
    await openWindow(app, "Last");
    await app.run(({ electron, kept }) => {
      kept.events.splice(0);
      kept["keepOpen"] = true;
      electron.app.quit();
    });
    await delay(300);
    expect(await events()).toEqual(["before-quit", "close"]);
    const order = app.run(
      ({ electron, kept }) =>
        new Promise((done) => {
          kept["keepOpen"] = false;
          electron.app.once("will-quit", (event) => {
            event.preventDefault();
            done(kept.events);
          });
          electron.app.quit();
        }),
    );
    expect(await order).toEqual(["before-quit", "close", "closed", "will-quit"]);
    void app.run(({ electron }) => electron.app.quit()).catch(() => undefined);
    expect(await app.exited).toBe(0);
  });

  it("quits on SIGTERM", async () => {
    await openWindow(app, "Ended");
    app.child.kill("SIGTERM");
    expect(await app.exited).toBe(0);
  });

  it("tells the first instance of the second", async () => {
    const told = app.run(
      ({ electron }) =>
        new Promise((done) => {
          electron.app.on("second-instance", (_event, argv, workingDirectory, data) =>
            done([argv.at(-1), workingDirectory, data]),
          );
        }),
    );
    const second = await startFixture(userData, ["--second"]);
    expect(await second.run(({ gotLock }) => gotLock)).toBe(false);
    await second.run(({ electron }) => electron.app.exit(4)).catch(() => undefined);
    expect(await second.exited).toBe(4);
    expect(await told).toEqual(["--second", process.cwd(), { from: "fixture" }]);
    // Whoever comes after a crash gets the lock.
    app.child.kill("SIGKILL");
    await app.exited;
    app = await startFixture(userData);
    expect(await app.run(({ gotLock }) => gotLock)).toBe(true);
  });

  it("takes Chromium and utility processes with it when it is killed", async () => {
    await openWindow(app, "Killed");
    const pid = await app.run(
      ({ electron }, script) =>
        new Promise<number>((done) => {
          const child = electron.utilityProcess.fork(script);
          child.on("spawn", () => done(child.pid ?? 0));
        }),
      join(import.meta.dirname, "../../electron-stand-in/fixture/child.mjs"),
    );
    expect(processesOf(userData).length).toBeGreaterThan(3);
    app.child.kill("SIGKILL");
    await app.exited;
    await until("everybody's end", () => !isRunning(pid) && processesOf(userData).length === 0);
    app = await start();
    await openWindow(app, "After");
    await until("the window", () => isOnScreen("After"));
  });

  it("ends with a sentence where there is no display", async () => {
    app.child.kill("SIGKILL");
    await app.exited;
    app = await startFixture(userData, [], { DISPLAY: "" });
    await expect(
      app.run(({ electron }) => new electron.BrowserWindow().loadURL("fixture://app/")),
    ).rejects.toThrow("ended");
    expect(await app.exited).toBe(1);
    expect(app.output()).toMatch(/display/i);
  });
});
