import type { CommandLine as ElectronCommandLine } from "electron";
import { guardedObject } from "./guard.ts";

const switches = new Map<string, string>();
for (const argument of process.argv.slice(2)) {
  const found = /^--([^=]+)(?:=(.*))?$/s.exec(argument);
  if (found?.[1]) switches.set(found[1].toLowerCase(), found[2] ?? "");
}

/** https://www.electronjs.org/docs/latest/api/command-line */
export const commandLine = guardedObject("CommandLine", {
  hasSwitch: (name: string): boolean => switches.has(name.toLowerCase()),
  getSwitchValue: (name: string): string => switches.get(name.toLowerCase()) ?? "",
  appendSwitch: (name: string, value?: string): void => {
    switches.set(name.toLowerCase(), value ?? "");
  },
} satisfies Pick<ElectronCommandLine, "hasSwitch" | "getSwitchValue" | "appendSwitch">);

/** Everything given on the command line or appended, for Chromium: Electron's own command line is Chromium's too. */
export function everySwitch(): ReadonlyMap<string, string> {
  return switches;
}
