import { randomUUID } from "node:crypto";
import type { Person } from "../../preload/contract/chat.ts";
import { EventId, type RequestId, type ViewerId } from "../../preload/contract/ids.ts";
import {
  type ModerationAct,
  type ModerationDone,
  type ModerationMethod,
  moderationRequests,
} from "../../preload/contract/moderation.ts";
import { fail, succeed, type Result } from "../../preload/contract/result.ts";
import { type Action, canActOn } from "../../preload/contract/rights.ts";
import type { EpochMs } from "../../preload/contract/time.ts";
import type { Connection } from "./connection.ts";
import type { Writing } from "./group-commit.ts";
import { answerOnce } from "./once.ts";
import type { Room } from "./room.ts";

/** An act that may be done. Nothing of it has been written yet. */
export interface Decision {
  readonly act: ModerationAct;
  /** On whom. */
  readonly targetId?: ViewerId;
  /** The act that this one takes back. */
  readonly undoesSeq?: number;
  /** Writes what follows from it. `seq` is the act's own. */
  readonly apply?: (seq: number) => void;
  /** Once it is on disk, before anybody is told. */
  readonly committed?: () => void;
  /** Tells those whom it concerns, after the record's and the chat's readers. */
  readonly tell?: () => void;
}

type Done = Result<ModerationDone>;

/**
 * Does one act: what `decide` allows is written to the record together with what follows from it, once for each request id.
 * `decide` runs inside the transaction and may refuse.
 */
export const moderate = (
  room: Room,
  { session }: Pick<Connection, "session">,
  method: ModerationMethod,
  data: { readonly requestId: RequestId; readonly reason?: string },
  decide: (at: {
    readonly by: Person;
    readonly atMs: EpochMs;
    readonly writing: Writing;
  }) => Result<Decision>,
): Promise<Done> => {
  const atMs = room.clock.now();
  if (!session.moderationRate.take(atMs)) return Promise.resolve(fail("request.too_many", method));
  const { requestId, reason = "" } = data;
  const { person: by } = session;
  const schema = moderationRequests.deleteMessage.answer;
  return answerOnce(room, { viewerId: by.viewerId, requestId, method, atMs, schema }, (writing) => {
    // A role that was taken a moment ago is no right any more.
    if (room.identities.find(by.viewerId)?.person.role !== by.role)
      return fail("request.forbidden", method);
    const decided = decide({ by, atMs, writing });
    if (!decided.ok) return decided;
    const { act, targetId, undoesSeq, apply, committed, tell } = decided.value;
    const eventId = EventId.parse(randomUUID());
    const seq = writing.record({
      eventId,
      roomId: room.roomId,
      atMs,
      sender: by,
      test: false,
      type: "moderation",
      act,
      reason,
    });
    room.moderation.addAct({ seq, eventId }, targetId, undoesSeq);
    apply?.(seq);
    if (committed) writing.afterCommit(committed);
    if (tell) writing.afterPublish(tell);
    return succeed({ eventId, seq });
  });
};

/** The person that `action` is about, where `by` may do it to them. */
export const findTarget = (
  room: Room,
  by: Person,
  action: Action,
  viewerId: ViewerId,
): Result<Person> => {
  const target = room.identities.find(viewerId)?.person;
  if (!target) return fail("moderation.person_unknown");
  return canActOn(by.role, action, { role: target.role, self: target.viewerId === by.viewerId })
    ? succeed(target)
    : fail("moderation.not_on_this_person");
};
