import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runTool } from "../../scripts/tool.mjs";

const log = { write: () => undefined };
const shell = (script: string, options: Partial<Parameters<typeof runTool>[2]> = {}) =>
  runTool("sh", ["-c", script], { log, ...options });

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return !readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ");
  } catch {
    return false;
  }
};

describe("a tool of set-up", () => {
  let directory = "";
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "tool-"));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it("gives what it printed, and every line as it comes", async () => {
    const lines: string[] = [];
    const written: string[] = [];
    const output = await shell("echo one; printf 'tw'; sleep 0.1; echo o >&2", {
      log: { write: (text) => written.push(text) },
      onLine: (line) => lines.push(line),
    });
    expect(output).toContain("one\n");
    expect(lines).toContain("one");
    expect(written.join("")).toContain("o\n");
  });

  it("reads what it says on its status pipe", async () => {
    const lines: string[] = [];
    await shell("echo pmstatus:a:50:x >&3", { extraPipe: (line) => lines.push(line) });
    expect(lines).toEqual(["pmstatus:a:50:x"]);
  });

  it("fails with its output where it ends badly, and where it cannot be run", async () => {
    await expect(shell("echo because; exit 3")).rejects.toMatchObject({
      message: "sh ended with exit code 3",
      cause: "because\n",
    });
    await expect(runTool(join(directory, "none"), [], { log })).rejects.toThrow(
      /cannot be run \(ENOENT\)/,
    );
  });

  it("is ended with all it started when it is aborted", async () => {
    const controller = new AbortController();
    const pidFile = join(directory, "pid");
    const running = shell(`sleep 60 & echo $! > ${pidFile}; wait`, { signal: controller.signal });
    await expect.poll(() => existsSync(pidFile) && readFileSync(pidFile, "utf8")).toMatch(/\d\n/);
    const pid = Number(readFileSync(pidFile, "utf8"));
    expect(isAlive(pid)).toBe(true);
    controller.abort(new Error("enough"));
    await expect(running).rejects.toThrow("enough");
    await expect.poll(() => isAlive(pid)).toBe(false);
  });

  it("is ended by force where it does not heed, and has failed when it is given up", async () => {
    const running = shell("trap '' TERM; echo ready; while :; do sleep 0.1; done", {
      onLine: (_line, giveUp) => giveUp(),
    });
    await expect(running).rejects.toThrow("sh was ended by SIGKILL");
  });

  it("does not begin once it is aborted", async () => {
    const mark = join(directory, "mark");
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(shell(`touch ${mark}`, { signal })).rejects.toThrow("enough");
    expect(existsSync(mark)).toBe(false);
  });
});
