// One vitest project, run and counted.
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { runInForeground } from "./foreground.mjs";
import { node24, readJson, root } from "./project.mjs";

/** A run that hangs ends after this time, and has failed. */
const limitMs = 30 * 60_000;

/** @param {"unit" | "browser" | "e2e" | "pack"} project */
export const vitestArgs = (project, ...options) => [
  join(root, "node_modules/vitest/vitest.mjs"),
  "run",
  "--project",
  project,
  ...options,
];

/**
 * What a run's JSON report says. A run that failed without a failed test (a file that does not load,
 * an error outside of tests, no report at all) counts as one failure.
 */
export const countResults = (report, exitCode) => {
  const passed = report?.numPassedTests ?? 0;
  const failed = report?.numFailedTests ?? 0;
  const skipped = (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0);
  return { passed, failed: failed === 0 && exitCode !== 0 ? 1 : failed, skipped };
};

/** @param {"unit" | "browser" | "e2e" | "pack"} project */
export const runVitest = async (project, env) => {
  const reportPath = join(root, `tests/artifacts/${project}.json`);
  rmSync(reportPath, { force: true });
  const exitCode = await runInForeground(
    node24,
    vitestArgs(project, "--reporter=default", "--reporter=json", `--outputFile.json=${reportPath}`),
    { env, limitMs },
  );
  return countResults(existsSync(reportPath) ? readJson(reportPath) : undefined, exitCode);
};
