// What is checked of the sources without running them.
import { join } from "node:path";
import { Failure } from "./failure.mjs";
import { node24, root } from "./project.mjs";
import { runTool } from "./tool.mjs";

const bin = (path) => join(root, "node_modules", path);
const projects = ["preload/contract", "preload", "main", "renderer", "tests"];

/** By name: the commands of a check, each as Node's arguments. */
const checks = {
  format: [[bin("oxfmt/bin/oxfmt"), "--check"]],
  lint: [[bin("oxlint/bin/oxlint"), "--deny-warnings"]],
  types: projects.map((project) => [bin("typescript/bin/tsc"), "-p", join(root, project)]),
  "dead code": [[bin("knip/bin/knip.js")]],
};

/**
 * Runs all checks; prints the output of those that fail.
 * @param {ReturnType<import("./steps.mjs").createSteps>} steps
 */
export const runChecks = async (steps) => {
  const quiet = { write: () => undefined };
  const failures = [];
  for (const [name, commands] of Object.entries(checks)) {
    const run = async () => {
      const results = await Promise.allSettled(
        commands.map((args) => runTool(node24, args, { log: quiet })),
      );
      const reasons = results.flatMap(({ reason }) =>
        reason ? [reason.cause || reason.message] : [],
      );
      if (reasons.length > 0) throw new Failure(reasons.join("\n"));
    };
    await steps.run(name, run).catch((error) => failures.push(`${name}:\n${error.message}`));
  }
  for (const failure of failures) process.stdout.write(`\n${failure}\n`);
  return {
    passed: Object.keys(checks).length - failures.length,
    failed: failures.length,
    skipped: 0,
  };
};
