// npm test: checks, then the unit, browser, end-to-end and packaging tests; `npm test -- PART …` only these.
import { runChecks } from "./checks.mjs";
import { runCommand } from "./command.mjs";
import { Failure } from "./failure.mjs";
import { setUp } from "./setup.mjs";
import { createSteps } from "./steps.mjs";
import { runVitest } from "./vitest-run.mjs";

/** What each part needs set up. */
const parts = {
  checks: {},
  unit: { worker: true },
  browser: { runtime: "stand-in" },
  e2e: {
    runtime: "stand-in",
    worker: true,
    build: ["main", "preload", "studio", "watch", "moderate"],
    display: "private",
    testTools: true,
  },
  pack: {
    runtime: "stand-in",
    worker: true,
    build: ["main", "preload", "studio", "watch", "moderate"],
    display: "private",
  },
};

await runCommand(async () => {
  const asked = process.argv.slice(2);
  const unknown = asked.find((name) => !Object.hasOwn(parts, name));
  if (unknown !== undefined)
    throw new Failure(
      `"${unknown}" is not a part of the tests: there is ${Object.keys(parts).join(", ")}`,
    );
  const chosen = Object.keys(parts).filter((name) => asked.length === 0 || asked.includes(name));
  const needs = Object.assign({}, ...chosen.map((name) => parts[name]));
  const ready = await setUp(needs);
  const results = [];
  try {
    for (const name of chosen) {
      process.stdout.write(`\n== ${name}\n`);
      results.push(
        name === "checks" ? await runChecks(createSteps()) : await runVitest(name, ready.env),
      );
    }
  } finally {
    await ready.close();
  }
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  const skipped = sum("skipped") > 0 ? `, ${sum("skipped")} skipped` : "";
  process.stdout.write(`\n${sum("passed")} passed, ${sum("failed")} failed${skipped}\n`);
  return sum("failed") === 0 ? 0 : 1;
});
