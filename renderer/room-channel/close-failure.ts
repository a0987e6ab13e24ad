import type { Failure } from "../../preload/contract/result.ts";
import { roomCloseCodes } from "../../preload/contract/room-protocol.ts";

/** What the end of a connection means. `code`: RFC 6455 section 7.4; 1006 where the network or the server is gone. */
export const closeFailure = (code: number): Failure => {
  switch (code) {
    case roomCloseCodes.tokenInvalid:
      return { code: "room.token_invalid" };
    case roomCloseCodes.replaced:
      return { code: "room.replaced" };
    case roomCloseCodes.roleChanged:
      return { code: "room.not_moderator" };
    case roomCloseCodes.invitationInvalid:
      return { code: "invitation.invalid" };
    case roomCloseCodes.banned:
      return { code: "room.banned" };
    case roomCloseCodes.tooSlow:
      return { code: "room.unreachable", detail: "this side read too slowly" };
    case roomCloseCodes.tooManyErrors:
      return { code: "request.too_many", detail: "the room refused too many requests" };
    case roomCloseCodes.roomClosing:
      return { code: "room.closed" };
    case roomCloseCodes.serviceRestart:
      return { code: "media.worker_unavailable" };
    default:
      return { code: "room.unreachable", detail: `close code ${code}` };
  }
};
