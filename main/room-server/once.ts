import type { RequestId, ViewerId } from "../../preload/contract/ids.ts";
import { fail, type Result, succeed } from "../../preload/contract/result.ts";
import type { RoomAnswer, RoomMethod } from "../../preload/contract/room-protocol.ts";
import { roomRequests } from "../../preload/contract/room-protocol.ts";
import type { GroupCommit, Writing } from "./group-commit.ts";
import type { LogStore } from "./log-store.ts";

/**
 * Does `work` in the room's log unless this person's request id has been answered before: then that answer is given again.
 * A refusal has written nothing and is not kept: the same wish may succeed later.
 */
export const answerOnce = <M extends RoomMethod>(
  { commits, store }: { readonly commits: GroupCommit; readonly store: LogStore },
  wish: {
    readonly viewerId: ViewerId;
    readonly requestId: RequestId;
    readonly method: M;
    readonly atMs: number;
  },
  work: (writing: Writing) => Result<RoomAnswer<M>>,
): Promise<Result<RoomAnswer<M>>> =>
  commits.submit((writing) => {
    const { viewerId, requestId, method, atMs } = wish;
    const known = store.findAnswer(viewerId, requestId);
    if (known) {
      if (known.method !== method) return fail("request.invalid", "a request id was used twice");
      return succeed(
        roomRequests[method].answer.parse(JSON.parse(known.answer)) as RoomAnswer<M>,
      );
    }
    const result = work(writing);
    if (result.ok) store.addAnswer(viewerId, requestId, method, result.value, atMs);
    return result;
  });
