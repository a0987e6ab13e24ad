import { spawn } from "node:child_process";
import { guardedObject } from "./guard.ts";

/** https://www.electronjs.org/docs/latest/api/shell#shellopenexternalurl-options, by xdg-open(1). */
export const shell = guardedObject("Shell", {
  openExternal: (url: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const opener = spawn("xdg-open", [url], { stdio: "ignore", detached: true });
      opener.once("spawn", () => {
        opener.unref();
        resolve();
      });
      opener.once("error", (error) => reject(new Error(`Failed to open: ${error.message}`)));
    }),
});
