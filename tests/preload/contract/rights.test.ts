import { expect, it } from "vitest";
import {
  type Action,
  actions,
  can,
  canActOn,
  canUndo,
  Role,
} from "../../../preload/contract/rights.ts";

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
  "chat.sendUnbound": "anchor moderator",
  "warning.acknowledge": "anchor moderator guest viewer",
  "message.delete": "anchor moderator",
  "person.timeOut": "anchor moderator",
  "person.ban": "anchor moderator",
  "person.warn": "anchor moderator",
  "person.note": "anchor moderator",
  "rules.set": "anchor moderator",
  "words.change": "anchor moderator",
  "message.judge": "anchor moderator",
  "message.pin": "anchor moderator",
  "message.flag": "anchor moderator",
  "chat.announce": "anchor moderator",
  "moderation.read": "anchor moderator",
  "moderation.undo": "anchor moderator",
  "moderator.appoint": "anchor",
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

const onPersons: readonly Action[] = [
  "message.delete",
  "person.timeOut",
  "person.ban",
  "person.warn",
  "person.note",
];
/** On whom each role may act. */
const beneath: Record<Role, string> = {
  anchor: "moderator guest viewer",
  moderator: "guest viewer",
  guest: "",
  viewer: "",
};

it.each(
  onPersons.flatMap((action) =>
    Role.options.flatMap((by) => Role.options.map((on) => [by, action, on] as const)),
  ),
)("%s %s %s", (by, action, on) => {
  expect(canActOn(by, action, { role: on, self: false })).toBe(beneath[by].split(" ").includes(on));
  const governs = by === "anchor" || by === "moderator";
  expect(canActOn(by, action, { role: by, self: true })).toBe(
    governs && action === "message.delete",
  );
});

it("lets moderators undo each other, and the anchor all", () => {
  const pairs = Role.options.flatMap((by) =>
    Role.options.filter((of) => canUndo(by, of)).map((of) => `${by} ${of}`),
  );
  expect(pairs).toEqual([
    "anchor anchor",
    "anchor moderator",
    "anchor guest",
    "anchor viewer",
    "moderator moderator",
    "moderator guest",
    "moderator viewer",
  ]);
});
