// npm run bench -- NAME: runs tests/bench/NAME.ts; its last line of output is its result, as JSON.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "./command.mjs";
import { Failure } from "./failure.mjs";
import { runInForeground } from "./foreground.mjs";
import { node24, root } from "./project.mjs";
import { setUp } from "./setup.mjs";

const directory = join(root, "tests/bench");

/** Every script but those of a page, which a benchmark opens itself. */
const benchmarks = () => {
  const files = readdirSync(directory);
  return files
    .filter((file) => file.endsWith(".ts"))
    .map((file) => file.slice(0, -".ts".length))
    .filter((name) => !files.includes(`${name}.html`));
};

await runCommand(async () => {
  const [name, ...args] = process.argv.slice(2);
  const names = benchmarks();
  if (!names.includes(name))
    throw new Failure(`no benchmark is named "${name ?? ""}": there is ${names.join(", ")}`);
  const ready = await setUp({
    runtime: "stand-in",
    worker: true,
    build: ["main", "preload", "studio", "watch", "moderate"],
    display: "private",
    testTools: true,
  });
  try {
    return await runInForeground(node24, [join(directory, `${name}.ts`), ...args], {
      env: ready.env,
    });
  } finally {
    await ready.close();
  }
});
