import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { Failure, explain } from "./failure.mjs";
import { node24, readJson, root } from "./project.mjs";
import { runTool } from "./tool.mjs";

/** The npm that started us, or the one in PATH. */
const npmCommand = () => {
  const started = process.env.npm_execpath;
  return started && basename(started) === "npm-cli.js" ? [process.execPath, started] : ["npm"];
};

/** Whether an installed tree (npm's hidden lockfile) is what the lockfile says. Both by path. */
export const isInstalledAs = (wanted, installed) =>
  Object.entries(wanted).every(([path, entry]) => {
    if (path === "") return true;
    const there = installed[path];
    // Optional packages may be left out: most are for other systems.
    if (!there) return entry.optional === true;
    return there.version === entry.version && there.integrity === entry.integrity;
  });

export const npmPackagesAreThere = () => {
  // npm writes it last, so an install that was cut short has none.
  const hidden = join(root, "node_modules/.package-lock.json");
  return (
    existsSync(hidden) &&
    existsSync(node24) &&
    isInstalledAs(readJson(join(root, "package-lock.json")).packages, readJson(hidden).packages)
  );
};

/** Failed requests without a single answer: nobody is there, however often npm would still ask. */
const hopelessFailures = 20;

const fits = ({ os, cpu }) =>
  (!os || os.includes(process.platform)) && (!cpu || cpu.includes(process.arch));

export const installNpmPackages = async ({ log, signal, progress, env }) => {
  const total = Object.entries(readJson(join(root, "package-lock.json")).packages).filter(
    ([path, entry]) => path && fits(entry),
  ).length;
  let fetched = 0;
  let answers = 0;
  let failures = 0;
  const [npm, ...before] = npmCommand();
  const args = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=http"];
  const patience = [
    "--fetch-retries=2",
    "--fetch-retry-mintimeout=1000",
    "--fetch-retry-maxtimeout=5000",
  ];
  try {
    await runTool(npm, [...before, ...args, ...patience], {
      log,
      signal,
      env,
      onLine: (line, giveUp) => {
        if (/^npm http fetch GET \S+ attempt \d+ failed/.test(line)) {
          failures += 1;
          if (answers === 0 && failures === hopelessFailures) giveUp();
        } else if (line.startsWith("npm http ")) {
          answers += 1;
          if (line.includes(".tgz")) fetched = Math.min(fetched + 1, total);
          progress(`${fetched} of ${total}`);
        }
      },
    });
  } catch (error) {
    if (signal.aborted) throw error;
    const output = String(error.cause ?? "");
    const registry = /\b(?:GET|request to) (https?:\/\/[^/\s]+)/.exec(output)?.[1];
    const why = explain(output, {
      source: `the npm registry${registry ? ` (${registry})` : ""}`,
      remedy: ', or choose another ("npm config set registry URL"),',
    });
    const said = /^npm error (?!code|errno|syscall|A complete log)(.+)$/m.exec(output)?.[1];
    throw new Failure(
      why ?? `npm ci failed (${said ?? error.message}): see the log and try again`,
      { cause: error },
    );
  }
  if (!existsSync(node24))
    throw new Failure(
      'npm ran no install scripts: run "npm config delete ignore-scripts" and try again',
    );
};
