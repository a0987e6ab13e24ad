import { expect, it } from "vitest";
import { actions, can, Role } from "../../../preload/contract/rights.ts";

/** Written out once more by hand, so that a change of the table is a change here too. */
const expected: Record<string, string> = {
  "room.read": "anchor moderator guest viewer",
  "chat.send": "anchor moderator guest viewer",
  "gift.send": "moderator guest viewer",
  "room.follow": "moderator guest viewer",
  "nickname.change": "anchor moderator guest viewer",
  "media.consume": "anchor moderator guest viewer",
  "media.produce": "anchor guest",
  "record.resume": "anchor moderator",
  "programme.set": "anchor",
  "mediaToken.create": "anchor",
  "rehearsal.control": "anchor",
};

it("gives each role exactly its rights", () => {
  const table = Object.fromEntries(
    actions.map((action) => [action, Role.options.filter((role) => can(role, action)).join(" ")]),
  );
  expect(table).toEqual(expected);
});
