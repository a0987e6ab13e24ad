import { expect, test } from "vitest";
import { roomCloseCodes } from "../../../preload/contract/room-protocol.ts";
import { closeFailure } from "../../../renderer/room-channel/close-failure.ts";

test("each way the room ends a connection has its own failure", () => {
  const codes = Object.entries(roomCloseCodes).map(([name, code]) => [
    name,
    closeFailure(code).code,
  ]);
  expect(Object.fromEntries(codes)).toEqual({
    tokenInvalid: "room.token_invalid",
    replaced: "room.replaced",
    tooSlow: "room.unreachable",
    tooManyErrors: "request.too_many",
    roomClosing: "room.closed",
    banned: "room.banned",
    roleChanged: "room.not_moderator",
    invitationInvalid: "invitation.invalid",
    serviceRestart: "media.worker_unavailable",
  });
});

test("any other end is that of the network", () => {
  expect(closeFailure(1006)).toEqual({ code: "room.unreachable", detail: "close code 1006" });
});
