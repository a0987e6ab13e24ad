// Builds out/ again where its sources have changed.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Failure, explain } from "./failure.mjs";
import { node24, root } from "./project.mjs";
import { runTool } from "./tool.mjs";

const sources = [
  "main",
  "preload",
  "renderer",
  "resources",
  "scripts/build.mjs",
  "vite.config.mjs",
  "tsconfig.base.json",
  "package-lock.json",
];

/** @typedef {"main" | "preload" | "studio" | "watch" | "moderate"} Target what scripts/build.mjs builds */

const keyPath = (target) => join(root, `out/.${target}.key`);

/** Names, sizes and times of all files of the sources under `directory`, as one hash. */
export const sourceKey = (directory = root) => {
  const hash = createHash("sha256");
  const add = (path) => {
    const stat = statSync(join(directory, path), { throwIfNoEntry: false });
    if (!stat) return;
    if (stat.isDirectory()) {
      for (const name of readdirSync(join(directory, path)).sort()) add(`${path}/${name}`);
    } else {
      hash.update(`${path}\0${stat.size}\0${stat.mtimeMs}\n`);
    }
  };
  sources.forEach(add);
  return hash.digest("hex");
};

/** @param {Target[]} targets */
export const staleTargets = (targets) => {
  const key = sourceKey();
  return targets.filter(
    (target) => !existsSync(keyPath(target)) || readFileSync(keyPath(target), "utf8") !== key,
  );
};

/** @param {Target[]} targets */
export const buildApp = async (targets, { log, signal, progress }) => {
  const key = sourceKey();
  for (const target of targets) rmSync(keyPath(target), { force: true });
  let built = 0;
  try {
    await runTool(node24, [join(root, "scripts/build.mjs"), ...targets], {
      log,
      signal,
      onLine: (line) => {
        if (!line.startsWith("built ")) return;
        built += 1;
        progress(`${built} of ${targets.length}`);
      },
    });
  } catch (error) {
    if (signal.aborted) throw error;
    const output = String(error.cause ?? "");
    const said = /^.*\berror\b.*$/im.exec(output)?.[0].trim();
    throw new Failure(
      explain(output, { source: join(root, "out") }) ??
        `the app does not build (${said ?? error.message}): see the log`,
      { cause: error },
    );
  }
  for (const target of targets) writeFileSync(keyPath(target), key);
};
