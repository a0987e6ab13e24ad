import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const module = join(import.meta.dirname, "../../scripts/foreground.mjs");

/** Runs `sh -c script` in front of a process of its own, as npm start does with the app. */
const inFront = (script: string, options = "{}") => {
  const code = `import { runInForeground } from ${JSON.stringify(module)};
    process.exitCode = await runInForeground("sh", ["-c", ${JSON.stringify(script)}], ${options});`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  return {
    child,
    output: () => output,
    exitCode: once(child, "close").then(([code]: unknown[]) => code),
  };
};

describe("the program in front", () => {
  it("hands on its output and its exit code", async () => {
    const { exitCode, output } = inFront("echo hello; exit 7");
    expect(await exitCode).toBe(7);
    expect(output()).toBe("hello\n");
  });

  it("hands on which signal it died of, as shells do", async () => {
    expect(await inFront("kill -KILL $$").exitCode).toBe(137);
  });

  it("is asked to end by the first Ctrl+C, once, however often npm repeats it", async () => {
    const front = inFront(
      "trap 'echo asked' TERM; trap 'echo interrupted' INT; echo ready; sleep 0.7 & wait; wait; echo end",
    );
    await expect.poll(front.output).toContain("ready");
    front.child.kill("SIGINT");
    front.child.kill("SIGINT");
    expect(await front.exitCode).toBe(0);
    expect(front.output()).toBe("ready\nasked\nend\n");
  });

  it("takes its own children with it", async () => {
    const front = inFront("sleep 60 & echo $!; exit 0");
    expect(await front.exitCode).toBe(0);
    const pid = Number(front.output());
    expect(pid).toBeGreaterThan(1);
    const state = (): string => {
      try {
        return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.[0] ?? "";
      } catch {
        return "gone";
      }
    };
    // Z: ended, but not yet taken note of by init.
    await expect.poll(state).toMatch(/gone|Z/);
  });

  it("is ended when its time is over", async () => {
    expect(await inFront("exec sleep 60", "{ limitMs: 100 }").exitCode).toBe(143);
  });
});
