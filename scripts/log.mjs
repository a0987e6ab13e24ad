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
  return {
    path,
    get written() {
      return file !== undefined && !broken;
    },
    write(text) {
      if (broken) return;
      attempt(() => {
        if (file === undefined) {
          mkdirSync(dirname(path), { recursive: true });
          file = openSync(path, "w");
        }
        writeSync(file, text);
      });
    },
    close() {
      if (file !== undefined) closeSync(file);
      file = undefined;
    },
  };
};
