// Everything that set-up's tools print, for whoever has to find out what went wrong.
import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { dirname } from "node:path";

/** Opens the file with the first line that is written: a start that has nothing to do leaves none. */
export const createLog = (path) => {
  let file;
  let broken = false;
  const attempt = (action) => {
    try {
      action();
    } catch {
      // A full disk must not hide the step that it made fail.
      broken = true;
    }
  };
  const write = (text) => {
    if (broken) return;
    attempt(() => {
      if (file === undefined) {
        mkdirSync(dirname(path), { recursive: true });
        file = openSync(path, "w");
      }
      writeSync(file, text);
    });
  };
  return {
    path,
    get written() {
      return file !== undefined && !broken;
    },
    /** The log of one of several tools that run at the same time: its lines carry its name. */
    named(name) {
      let rest = "";
      return {
        write(text) {
          const lines = (rest + text).split("\n");
          rest = lines.pop();
          for (const line of lines) write(`${name}: ${line}\n`);
        },
      };
    },
    close() {
      if (file !== undefined) closeSync(file);
      file = undefined;
    },
  };
};
