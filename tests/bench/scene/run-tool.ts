import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** What it printed. @throws with what it printed on its standard error where it fails */
export const runTool = async (
  command: string,
  args: readonly string[],
  options: { readonly env?: NodeJS.ProcessEnv } = {},
): Promise<{ stdout: string; stderr: string }> =>
  run(command, args, { ...options, maxBuffer: 64 * 1024 * 1024 });
