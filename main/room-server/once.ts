import type { z } from "zod";
import type { RequestId, ViewerId } from "../../preload/contract/ids.ts";
import { fail, succeed, type Result } from "../../preload/contract/result.ts";
import type { GroupCommit, Writing } from "./group-commit.ts";
import type { LogStore } from "./log-store.ts";

export interface Wish<T> {
  readonly viewerId: ViewerId;
  readonly requestId: RequestId;
  readonly method: string;
  readonly atMs: number;
  /** Of the answer, which is kept as JSON. */
  readonly schema: z.ZodType<T>;
}

/**
 * Does `work` in the room's log unless this person's request id has been answered before: then that answer is given again.
 * A refusal has written nothing and is not kept: the same wish may succeed later.
 */
export const answerOnce = <T>(
  { commits, store }: { readonly commits: GroupCommit; readonly store: LogStore },
  { viewerId, requestId, method, atMs, schema }: Wish<T>,
  work: (writing: Writing) => Result<T>,
): Promise<Result<T>> =>
  commits.submit((writing) => {
    const known = store.findAnswer(viewerId, requestId);
    if (known)
      return known.method === method
        ? succeed(schema.parse(JSON.parse(known.answer)))
        : fail("request.invalid", "a request id was used twice");
    const result = work(writing);
    if (result.ok) store.addAnswer(viewerId, requestId, method, result.value, atMs);
    return result;
  });
