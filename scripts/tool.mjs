// Runs the tools of set-up: out of sight, into the log, ended with all they started.
import { spawn } from "node:child_process";
import { Failure } from "./failure.mjs";
import { root } from "./project.mjs";

/** As much of a tool's output as is kept to say why it failed. */
const keptChars = 64_000;

const graceMs = 3000;

const ownGroup = process.platform !== "win32";

/** Ends a process that leads a group, and the group. True where there was one. */
export const killGroup = (pid, signal) => {
  try {
    process.kill(ownGroup ? -pid : pid, signal);
    return true;
  } catch (error) {
    if (error.code === "ESRCH") return false;
    throw error;
  }
};

const readLines = (stream, onEachLine) => {
  let rest = "";
  stream.setEncoding("utf8").on("data", (text) => {
    const lines = (rest + text).split(/[\r\n]+/);
    rest = lines.pop();
    lines.forEach(onEachLine);
  });
};

/**
 * Runs a tool to its end and gives what it printed. Fails with the output as `cause` when its exit
 * code is not 0, or when it could not be started. It is in a process group of its own, so that
 * Ctrl+C reaches it through `signal` only (which a tool that must not be cut short is not given).
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ log: { write(text: string): void }, signal?: AbortSignal, env?: NodeJS.ProcessEnv,
 *   onLine?: (line: string, giveUp: () => void) => void, extraPipe?: (line: string) => void }} options
 *   `giveUp` ends the tool, which then has failed; `extraPipe` reads what it writes to descriptor 3.
 * @returns {Promise<string>}
 */
export const runTool = (command, args, { log, signal, env = {}, onLine, extraPipe }) =>
  new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    log.write(`\n$ ${[command, ...args].join(" ")}\n`);
    let output = "";
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe", extraPipe ? "pipe" : "ignore"],
      detached: ownGroup,
      shell: !ownGroup && !command.endsWith(".exe"),
    });
    let force;
    const end = () => {
      killGroup(child.pid, "SIGTERM");
      // npm takes the first one as a wish, and waits for the network.
      force ??= setTimeout(() => killGroup(child.pid, "SIGKILL"), graceMs);
    };
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        log.write(text);
        output = (output + text).slice(-keptChars);
      });
      if (onLine) readLines(stream, (line) => onLine(line, end));
    }
    if (extraPipe) readLines(child.stdio[3], extraPipe);
    signal?.addEventListener("abort", end, { once: true });
    const fail = (what) => reject(new Failure(`${command} ${what}`, { cause: output }));
    const ended = () => {
      clearTimeout(force);
      signal?.removeEventListener("abort", end);
    };
    child.once("error", (error) => {
      ended();
      fail(`cannot be run (${error.code})`);
    });
    child.once("close", (code, by) => {
      ended();
      if (signal?.aborted) reject(signal.reason);
      else if (code === 0) resolve(output);
      else fail(code === null ? `was ended by ${by}` : `ended with exit code ${code}`);
    });
  });
