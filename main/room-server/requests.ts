import { fail, type Result } from "../../preload/contract/result.ts";
import { can, type Action } from "../../preload/contract/rights.ts";
import { roomRequests, type RoomMethod } from "../../preload/contract/room-protocol.ts";
import { blockedWordHandlers } from "./blocked-words.ts";
import { chatHandlers } from "./chat.ts";
import type { Connection, Dispatch } from "./connection.ts";
import { flaggedMessageHandlers } from "./flagged-messages.ts";
import { giftHandlers } from "./gifts.ts";
import type { Handler, Handlers } from "./handlers.ts";
import { heldMessageHandlers } from "./held-messages.ts";
import { identityHandlers } from "./identity.ts";
import { consumerHandlers, producerHandlers, transportHandlers } from "./media.ts";
import { invitationHandlers } from "./invitations.ts";
import { messagePowerHandlers } from "./message-powers.ts";
import { moderationLogHandlers } from "./moderation-log.ts";
import { undoHandlers } from "./moderation-undo.ts";
import { moderatorHandlers } from "./moderators.ts";
import { personPowerHandlers } from "./person-powers.ts";
import { playbackHandlers } from "./playback.ts";
import { programmeHandlers } from "./programme.ts";
import { recordHandlers } from "./record.ts";
import { rehearsalHandlers } from "./rehearsal.ts";
import { ruleHandlers } from "./room-rules.ts";
import type { Room } from "./room.ts";
import { standingHandlers } from "./standing.ts";

/** Two lists that answer the same method do not compile. */
const join = <A extends object, B extends object>(
  one: A,
  other: B & { readonly [K in keyof A & keyof B]: never },
): A & B => ({ ...one, ...other });

/** Every method of the contract, exactly once: a missing or doubled one does not compile. */
const handlers = join(
  join(
    join(join(transportHandlers, producerHandlers), consumerHandlers),
    join(
      join(join(chatHandlers, giftHandlers), identityHandlers),
      join(join(programmeHandlers, recordHandlers), join(rehearsalHandlers, playbackHandlers)),
    ),
  ),
  join(
    join(join(messagePowerHandlers, personPowerHandlers), join(ruleHandlers, blockedWordHandlers)),
    join(
      join(join(moderatorHandlers, invitationHandlers), moderationLogHandlers),
      join(join(undoHandlers, standingHandlers), join(heldMessageHandlers, flaggedMessageHandlers)),
    ),
  ),
) satisfies Handlers<RoomMethod>;

const mediaScope: ReadonlySet<Action> = new Set(["room.read", "media.produce"]);

const isMethod = (method: string): method is RoomMethod => Object.hasOwn(handlers, method);

const isAllowed = ({ scope, session }: Connection, action: Action): boolean =>
  can(session.person.role, action) && (scope === "full" || mediaScope.has(action));

const answer = (
  room: Room,
  connection: Connection,
  method: RoomMethod,
  data: unknown,
): Result<unknown> | Promise<Result<unknown>> => {
  const handler = handlers[method] as unknown as Handler<RoomMethod>;
  if (!isAllowed(connection, handler.action)) return fail("request.forbidden", method);
  const parsed = roomRequests[method].data.safeParse(data ?? {});
  if (!parsed.success) return fail(handler.explain?.(data) ?? "request.invalid", method);
  return handler.handle(room, connection, parsed.data);
};

export const createDispatch =
  (room: Room): Dispatch =>
  async (connection, method, data) => {
    if (!isMethod(method)) return fail("request.unknown");
    try {
      return await answer(room, connection, method, data);
    } catch (error) {
      room.log.error({ err: error, method }, "a request could not be answered");
      return fail("request.failed");
    }
  };
