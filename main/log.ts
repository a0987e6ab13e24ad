import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";
import { type Logger, pino } from "pino";

export interface LogOptions {
  readonly directory: string;
  /** A file that has grown beyond this is put aside as `studio.1.log`. */
  readonly maxBytes: number;
  /** How many files there are at most, with the one that is written. */
  readonly files: number;
}

export const usualLogSize = { maxBytes: 5 * 1024 * 1024, files: 4 } as const;

/** Takes tokens out of a line of the log: in links, in query strings and as fields. */
export const redact = (line: string): string =>
  line
    .replaceAll(/([#?&](?:anchor|token)=)[^&#"'\s\\]+/g, "$1[removed]")
    .replaceAll(/("(?:token|anchorUrl|roomLink)":")(?:[^"\\]|\\.)*"/gi, '$1[removed]"');

/** A file of bounded size, written at once: the last line before a crash is the one that matters. */
class RotatingFile {
  readonly #options: LogOptions;
  #file: number;
  #size: number;

  constructor(options: LogOptions) {
    this.#options = options;
    mkdirSync(options.directory, { recursive: true });
    this.#file = openSync(this.#path(0), "a", 0o600);
    this.#size = fstatSync(this.#file).size;
  }

  write(line: string): void {
    if (this.#file < 0) return;
    const bytes = Buffer.from(redact(line));
    if (this.#size > 0 && this.#size + bytes.length > this.#options.maxBytes) this.#rotate();
    writeSync(this.#file, bytes);
    this.#size += bytes.length;
  }

  close(): void {
    if (this.#file >= 0) closeSync(this.#file);
    this.#file = -1;
  }

  #path(age: number): string {
    return join(this.#options.directory, age === 0 ? "studio.log" : `studio.${age}.log`);
  }

  #rotate(): void {
    closeSync(this.#file);
    for (let age = this.#options.files - 2; age >= 0; age -= 1)
      try {
        renameSync(this.#path(age), this.#path(age + 1));
      } catch (error) {
        // Not all of them exist in the beginning.
        if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
      }
    this.#file = openSync(this.#path(0), "a", 0o600);
    this.#size = 0;
  }
}

export interface Log {
  readonly logger: Logger;
  close(): void;
}

/** JSON lines in `<directory>/studio.log`, without tokens. @throws where the directory cannot be written. */
export const openLog = (options: LogOptions): Log => {
  const file = new RotatingFile(options);
  return { logger: pino({ base: null }, file), close: () => file.close() };
};
