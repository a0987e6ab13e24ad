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

const cells = Object.entries(expected).flatMap(([action, roles]) =>
  Role.options.map((role) => [role, action, roles.split(" ").includes(role)] as const),
);

it("has every action and every role in the table, and no other", () => {
  expect(actions.toSorted()).toEqual(Object.keys(expected).toSorted());
  expect(Role.options).toEqual(["anchor", "moderator", "guest", "viewer"]);
});

it.each(cells)("%s %s: %s", (role, action, allowed) => {
  const known = actions.find((name) => name === action);
  expect(known !== undefined && can(role, known)).toBe(allowed);
});
