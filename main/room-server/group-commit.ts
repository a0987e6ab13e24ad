import type { DatabaseSync } from "node:sqlite";
import type { ChatMessage } from "../../preload/contract/chat.ts";
import type { RecordEvent } from "../../preload/contract/gift.ts";
import { fail, type Result } from "../../preload/contract/result.ts";
import { limits } from "./limits.ts";
import type { Line, LogStore, RecordLine } from "./log-store.ts";
import type { Log } from "./log.ts";

type WithoutSeq<T> = T extends unknown ? Omit<T, "seq"> : never;

/** What one piece of work may write; sequence numbers are given here and stay dense, because a failed group leaves none. */
export interface Writing {
  /** Answers the event's `seq`. */
  record(event: WithoutSeq<RecordEvent>): number;
  /** Answers the message's `chatSeq`. */
  chat(message: Omit<ChatMessage, "chatSeq">): number;
  /** Called once the group is on disk, before anybody is told. */
  afterCommit(run: () => void): void;
  /** Called once record and chat of the group have gone out to their readers. */
  afterPublish(run: () => void): void;
}

export interface Committed {
  readonly records: readonly RecordLine[];
  readonly chat: readonly Line[];
}

interface Job {
  run(writing: Writing): void;
  succeed(): void;
  abandon(): void;
}

/**
 * Writes everything that waits in one transaction, which costs one fsync, and only then acknowledges and fans out: at once
 * after a rest, then with some time between two groups.
 * Where the transaction fails nobody is acknowledged (`room.storage_failed`) and nothing is fanned out. The queue is bounded:
 * beyond it work is refused with `request.too_many`.
 */
export class GroupCommit {
  readonly #db: DatabaseSync;
  readonly #store: LogStore;
  readonly #log: Log;
  readonly #settled: (committed: Committed | undefined) => void;
  #queue: Job[] = [];
  #scheduled: NodeJS.Immediate | undefined;
  #waiting: NodeJS.Timeout | undefined;
  #flushedMs = Number.NEGATIVE_INFINITY;
  #closed = false;
  #latestSeq: number;
  #latestChatSeq: number;

  /** `settled` is called after each group: with what was written, or undefined where nothing was. */
  constructor(options: {
    db: DatabaseSync;
    store: LogStore;
    log: Log;
    settled: (committed: Committed | undefined) => void;
  }) {
    this.#db = options.db;
    this.#store = options.store;
    this.#log = options.log;
    this.#settled = options.settled;
    this.#latestSeq = options.store.latestSeq();
    this.#latestChatSeq = options.store.latestChatSeq();
  }

  /** Of what is on disk. */
  get latestSeq(): number {
    return this.#latestSeq;
  }

  get latestChatSeq(): number {
    return this.#latestChatSeq;
  }

  /** `work` runs inside the transaction; it must check before it writes, since a failed result does not undo its writes. */
  submit<T>(work: (writing: Writing) => Result<T>): Promise<Result<T>> {
    if (this.#closed) return Promise.resolve(fail("room.closed"));
    if (this.#queue.length >= limits.commitQueue)
      return Promise.resolve(fail("request.too_many", "the room's log is behind"));
    return new Promise((resolve) => {
      let result: Result<T> = fail("room.storage_failed");
      this.#queue.push({
        run: (writing) => {
          result = work(writing);
        },
        succeed: () => resolve(result),
        abandon: () => resolve(fail("room.storage_failed")),
      });
      this.#schedule();
    });
  }

  /** Writes what waits, then refuses. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearImmediate(this.#scheduled);
    clearTimeout(this.#waiting);
    while (this.#queue.length) this.#flush();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    const waitMs = this.#flushedMs + limits.commitIntervalMs - performance.now();
    if (waitMs > 0 && this.#queue.length < limits.commitAtOnce) {
      this.#waiting ??= setTimeout(() => this.#flushSoon(), waitMs);
      return;
    }
    this.#flushSoon();
  }

  /** Once everything that has arrived with this turn of the event loop is in the queue. */
  #flushSoon(): void {
    clearTimeout(this.#waiting);
    this.#waiting = undefined;
    this.#scheduled ??= setImmediate(() => {
      this.#scheduled = undefined;
      this.#flush();
      if (this.#queue.length) this.#schedule();
    });
  }

  #flush(): void {
    this.#flushedMs = performance.now();
    const group = this.#queue.splice(0, limits.commitGroup);
    const records: RecordLine[] = [];
    const chat: Line[] = [];
    const afterCommit: (() => void)[] = [];
    const afterPublish: (() => void)[] = [];
    const writing: Writing = {
      record: (event) => {
        const seq = this.#latestSeq + records.length + 1;
        records.push(this.#store.addRecord({ ...event, seq }));
        return seq;
      },
      chat: (message) => {
        const chatSeq = this.#latestChatSeq + chat.length + 1;
        chat.push(this.#store.addChat({ ...message, chatSeq }));
        return chatSeq;
      },
      afterCommit: (run) => afterCommit.push(run),
      afterPublish: (run) => afterPublish.push(run),
    };
    try {
      this.#db.exec("BEGIN IMMEDIATE");
      for (const job of group) job.run(writing);
      this.#db.exec("COMMIT");
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec("ROLLBACK");
      this.#log.error({ err: error, jobs: group.length }, "the room's log could not be written");
      this.#settled(undefined);
      for (const job of group) job.abandon();
      return;
    }
    this.#latestSeq += records.length;
    this.#latestChatSeq += chat.length;
    for (const run of afterCommit) run();
    for (const job of group) job.succeed();
    this.#settled({ records, chat });
    for (const run of afterPublish) run();
  }
}
