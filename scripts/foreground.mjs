// Runs a program in front: with our terminal, ended with all its children by what ends us.
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { Failure } from "./failure.mjs";
import { root } from "./project.mjs";
import { killGroup } from "./tool.mjs";

const graceMs = 10_000;
/** For the program's own children, once it has ended. */
const childrenGraceMs = 1000;
/** A terminal's Ctrl+C comes twice through npm: once from the terminal, once from npm. */
const sameSignalMs = 1000;

const endChildren = async (pid) => {
  const untilMs = performance.now() + childrenGraceMs;
  while (killGroup(pid, 0)) {
    if (performance.now() > untilMs) {
      killGroup(pid, "SIGKILL");
      return;
    }
    await sleep(20);
  }
};

/**
 * Resolves to the program's exit code. The first Ctrl+C (or SIGTERM, SIGHUP) asks it to end, a
 * second one or ten seconds end it by force; so does `limitMs`, where given.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, limitMs?: number }} [options]
 * @returns {Promise<number>}
 */
export const runInForeground = (command, args, { env = {}, limitMs } = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", "inherit", "inherit"],
      // A group of its own: whoever is left of it in the end is ended too.
      detached: process.platform !== "win32",
    });
    let askedMs;
    let force;
    const kill = () => killGroup(child.pid, "SIGKILL");
    const ask = () => {
      const nowMs = performance.now();
      if (askedMs !== undefined) {
        if (nowMs - askedMs > sameSignalMs) kill();
        return;
      }
      askedMs = nowMs;
      child.kill("SIGTERM");
      force = setTimeout(kill, graceMs);
    };
    const limit = limitMs && setTimeout(ask, limitMs);
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
    const end = () => {
      clearTimeout(force);
      clearTimeout(limit);
      for (const signal of signals) process.off(signal, ask);
    };
    for (const signal of signals) process.on(signal, ask);
    child.once("error", (error) => {
      end();
      reject(new Failure(`${command} cannot be run: ${error.code}`, { cause: error }));
    });
    child.once("exit", (code, signal) => {
      const exitCode = code ?? 128 + constants.signals[signal];
      void endChildren(child.pid)
        .finally(end)
        .then(() => resolve(exitCode), reject);
    });
  });
