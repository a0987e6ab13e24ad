import { execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startDisplay } from "../../../scripts/display.mjs";

const module = join(import.meta.dirname, "../../../scripts/display.mjs");
const socketOf = (name: string): string => `/tmp/.X11-unix/X${name.slice(1)}`;

describe("the virtual display", () => {
  it("has the size of a screen and a window manager, and is gone when it is closed", async () => {
    const display = await startDisplay();
    const xdotool = (...args: string[]): string =>
      execFileSync("xdotool", args, {
        env: { ...process.env, DISPLAY: display.name },
        stdio: ["ignore", "pipe", "ignore"],
      })
        .toString()
        .trim();
    expect(xdotool("getdisplaygeometry")).toBe("1440 900");
    await expect.poll(() => xdotool("get_num_desktops"), { timeout: 10_000 }).toMatch(/^\d+$/);
    await display.close();
    await display.close();
    expect(existsSync(socketOf(display.name))).toBe(false);
  });

  it("is another one for each that asks", async () => {
    const displays = await Promise.all([startDisplay(), startDisplay()]);
    expect(displays[0].name).not.toBe(displays[1].name);
    await Promise.all(displays.map((display) => display.close()));
  });

  it("ends with whoever started it, even by kill -9", async () => {
    const code = `import { startDisplay } from ${JSON.stringify(module)};
      console.log((await startDisplay()).name); setInterval(() => {}, 1000);`;
    const owner = spawn(process.execPath, ["--input-type=module", "-e", code]);
    let name = "";
    owner.stdout.setEncoding("utf8").on("data", (text: string) => {
      name += text.trim();
    });
    await expect.poll(() => name, { timeout: 10_000 }).toMatch(/^:\d+$/);
    expect(existsSync(socketOf(name))).toBe(true);
    owner.kill("SIGKILL");
    await expect.poll(() => existsSync(socketOf(name)), { timeout: 10_000 }).toBe(false);
  });
});
