import { z } from "zod";

export const Role = z.enum(["anchor", "moderator", "guest", "viewer"]);
export type Role = z.infer<typeof Role>;

const everyone = Role.options;
const governing = ["anchor", "moderator"] as const;

/** Who may do what in a room. Used by the server to decide and by windows to show only what will be allowed. */
const rights = {
  "room.read": everyone,
  "chat.send": everyone,
  /** In spite of slow mode, followers only and mute all. */
  "chat.sendUnbound": governing,
  "gift.send": ["viewer", "moderator", "guest"],
  "room.follow": ["viewer", "moderator", "guest"],
  "nickname.change": everyone,
  "media.consume": everyone,
  "media.produce": ["anchor", "guest"],
  "record.resume": governing,
  "programme.set": ["anchor"],
  "mediaToken.create": ["anchor"],
  "rehearsal.control": ["anchor"],
  "warning.acknowledge": everyone,
  "message.delete": governing,
  "person.timeOut": governing,
  "person.ban": governing,
  "person.warn": governing,
  "person.note": governing,
  "rules.set": governing,
  "words.change": governing,
  "message.judge": governing,
  "message.pin": governing,
  "message.flag": governing,
  "chat.announce": governing,
  "moderation.read": governing,
  "moderation.undo": governing,
  "moderator.appoint": ["anchor"],
} as const satisfies Record<string, readonly Role[]>;

export type Action = keyof typeof rights;
export const actions = Object.keys(rights) as readonly Action[];

export const can = (role: Role, action: Action): boolean =>
  (rights[action] as readonly Role[]).includes(role);

const ranks: Readonly<Record<Role, number>> = { anchor: 2, moderator: 1, guest: 0, viewer: 0 };

/**
 * Whether `role` may do `action` to somebody of role `on` (`self`: to oneself), or take back what somebody of that role
 * has done. Nobody acts on the anchor and moderators not on each other; everybody who may delete deletes own messages.
 */
export const canActOn = (
  role: Role,
  action: Action,
  on: { readonly role: Role; readonly self: boolean },
): boolean =>
  can(role, action) && (on.self ? action === "message.delete" : ranks[role] > ranks[on.role]);

/** Whether `role` may take back what somebody of role `by` has done: anything but an anchor's act, which is the anchor's. */
export const canUndo = (role: Role, by: Role): boolean =>
  can(role, "moderation.undo") && ranks[role] >= ranks[by];
