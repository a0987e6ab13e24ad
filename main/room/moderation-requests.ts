import {
  type ModerationMethod,
  moderationRequests as methods,
} from "../../preload/contract/moderation.ts";
import type { Result } from "../../preload/contract/result.ts";
import type { RequestHandlers } from "../ipc/router.ts";

type ModerationHandlers = Pick<RequestHandlers, `room.${ModerationMethod}`>;

/** Every moderation request of a window goes to the room as it is: the room decides. */
export const moderationRequests = (room: {
  ask(method: ModerationMethod, input: never): Promise<Result<unknown>>;
}): ModerationHandlers =>
  Object.fromEntries(
    (Object.keys(methods) as ModerationMethod[]).map((method) => [
      `room.${method}`,
      (input: never) => room.ask(method, input),
    ]),
  ) as unknown as ModerationHandlers;
