import { readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { z } from "zod";
import { PainterKind } from "../../preload/contract/painter.ts";
import { EpochMs } from "../../preload/contract/time.ts";
import { isMissing, writeFileAtomically } from "./atomic-file.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { parseJson } from "./parse-json.ts";

/** What was found out about this machine's GPU. */
export const PainterVerdict = z.object({
  painter: PainterKind,
  /** As WebGL named it, for support. */
  renderer: z.string(),
  frameMsMedian: z.number().nullable(),
  /** The graphics hardware for which this holds; null where it could not be told. */
  hardware: z.string().nullable(),
  atMs: EpochMs,
});
export type PainterVerdict = z.infer<typeof PainterVerdict>;

/** Read at once when made, since Electron can be told only before it is ready; a broken file is as good as none. */
export class PainterVerdictFile {
  readonly #path: string;
  readonly #inTurn = oneAtATime();
  #current: PainterVerdict | undefined;
  /** Why there was a file and no verdict. */
  readonly problem: string | undefined;

  constructor(path: string) {
    this.#path = path;
    try {
      const parsed = PainterVerdict.safeParse(parseJson(readFileSync(path, "utf8")));
      if (parsed.success) this.#current = parsed.data;
      else this.problem = z.prettifyError(parsed.error);
    } catch (error) {
      if (!isMissing(error)) this.problem = String(error);
    }
  }

  get current(): PainterVerdict | undefined {
    return this.#current;
  }

  /** Rejects where it could not be written; it holds for this run then. */
  keep(verdict: PainterVerdict): Promise<void> {
    this.#current = verdict;
    return this.#inTurn(() => writeFileAtomically(this.#path, JSON.stringify(verdict, null, 2)));
  }

  /** As if nothing had been found out. Rejects where the file could not be removed. */
  forget(): Promise<void> {
    this.#current = undefined;
    return this.#inTurn(() => rm(this.#path, { force: true }));
  }

  /** Resolves when nothing is being written any more. */
  settle(): Promise<void> {
    return this.#inTurn(() => Promise.resolve());
  }
}
