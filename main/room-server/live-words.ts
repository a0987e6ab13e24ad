import { setImmediate } from "node:timers/promises";
import type { Log } from "./log.ts";
import {
  buildWordFilter,
  makeWordFilter,
  type FilterWord,
  type WordFilter,
  type WordVerdict,
} from "./word-filter/word-filter.ts";

/** Lists up to this length take some milliseconds and are built at once. */
const shortList = 500;
/** The event loop is held no longer than this at a time. */
const sliceMs = 4;

export interface WordSource {
  readonly size: number;
  /** The next words after `afterKey` in the order of their keys, at most 1,000 or so; empty at the end. */
  page(afterKey: string): readonly (FilterWord & { readonly key: string })[];
}

/**
 * The filter over the room's list as it is. A long list is built anew beside the chat, in slices; until then the filter before
 * judges.
 */
export class LiveWords {
  readonly #source: WordSource;
  readonly #log: Log;
  #filter: WordFilter;
  /** Counts changes; a build that a change overtook is begun again. */
  #revision = 0;
  #building: Promise<void> | undefined;
  #closed = false;

  constructor(source: WordSource, log: Log) {
    this.#source = source;
    this.#log = log;
    this.#filter = makeWordFilter([...this.#read()].flat());
  }

  judge(text: string): WordVerdict {
    return this.#filter.judge(text);
  }

  /** A change of the list has been committed. */
  changed(): void {
    this.#revision += 1;
    if (this.#closed || this.#building) return;
    if (this.#source.size <= shortList) {
      this.#filter = makeWordFilter([...this.#read()].flat());
      return;
    }
    this.#building = this.#build().finally(() => {
      this.#building = undefined;
    });
  }

  /** Resolves when the filter is that of the list. */
  async settled(): Promise<void> {
    await this.#building;
  }

  close(): void {
    this.#closed = true;
  }

  *#read(): Generator<readonly FilterWord[], void, void> {
    let afterKey = "";
    for (;;) {
      const page = this.#source.page(afterKey);
      const last = page.at(-1);
      if (!last) return;
      yield page;
      afterKey = last.key;
    }
  }

  /** Undefined where a change or the end overtook it. */
  async #buildOnce(revision: number): Promise<WordFilter | undefined> {
    let untilMs = performance.now() + sliceMs;
    const isOvertaken = async (): Promise<boolean> => {
      if (performance.now() >= untilMs) {
        await setImmediate();
        untilMs = performance.now() + sliceMs;
      }
      return this.#closed || revision !== this.#revision;
    };
    const words: FilterWord[] = [];
    for (const page of this.#read()) {
      words.push(...page);
      if (await isOvertaken()) return undefined;
    }
    const building = buildWordFilter(words);
    for (let step = building.next(); ; step = building.next()) {
      if (step.done) return step.value;
      if (await isOvertaken()) return undefined;
    }
  }

  async #build(): Promise<void> {
    try {
      while (!this.#closed) {
        const filter = await this.#buildOnce(this.#revision);
        if (!filter) continue;
        this.#filter = filter;
        return;
      }
    } catch (error) {
      this.#log.error({ err: error }, "the word filter could not be built; the one before stays");
    }
  }
}
