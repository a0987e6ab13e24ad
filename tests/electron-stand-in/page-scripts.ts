import { existsSync, readFileSync } from "node:fs";
import { compileFunction } from "node:vm";
import { makeCodec } from "./codec.ts";
import { commandLine } from "./command-line.ts";
import { makeWorldBridge } from "./page-bridge.ts";
import { type IsolatedConfig, runIsolated } from "./page-isolated.ts";
import { runMainWorld } from "./page-main-world.ts";

const preloadParameters = ["require", "module", "exports", "process"];

/** The preload's text. A mistake in it is told, as Electron does, and must not break what is around it. */
function readPreload(path: string | undefined): string {
  if (path === undefined) return "";
  try {
    if (!existsSync(path)) throw new Error("there is no such file");
    const text = readFileSync(path, "utf8");
    compileFunction(text, preloadParameters, { filename: path });
    return text;
  } catch (error) {
    console.error(`Unable to load preload script: ${path}\n`, error);
    return "";
  }
}

/** The scripts that run in a page's two worlds at the start of each document. */
export function pageScripts(
  preloadPath: string | undefined,
  config: Pick<IsolatedConfig, "host" | "socketPath" | "meeting">,
): { main: string; isolated: string } {
  const whole: IsolatedConfig = {
    ...config,
    preloadPath: preloadPath ?? "",
    process: {
      type: "renderer",
      sandboxed: true,
      contextIsolated: true,
      platform: process.platform,
      arch: process.arch,
      version: process.version,
      versions: { ...process.versions },
      env: {},
      argv: [],
    },
  };
  const text = (run: (...values: never[]) => unknown): string => `(${run.toString()})`;
  const preload = `function (${preloadParameters.join(", ")}) {${readPreload(preloadPath)}\n}`;
  const bridge = text(makeWorldBridge);
  // Chromium's own switch: https://w3c.github.io/mediacapture-screen-share/#dom-mediadevices-getdisplaymedia step 3.
  const captureNeedsActivation = !commandLine
    .getSwitchValue("disable-blink-features")
    .split(",")
    .includes("GetDisplayMediaRequiresUserActivation");
  return {
    main: `${text(runMainWorld)}(${JSON.stringify(config.meeting)}, ${captureNeedsActivation}, ${bridge})`,
    isolated: [
      `${text(runIsolated)}(${JSON.stringify(whole)}, ${text(makeCodec)}(), ${bridge}, ${preload})`,
      `//# sourceURL=${preloadPath ?? "no-preload"}`,
    ].join("\n"),
  };
}
