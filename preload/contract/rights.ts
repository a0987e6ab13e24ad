import { z } from "zod";

export const Role = z.enum(["anchor", "moderator", "guest", "viewer"]);
export type Role = z.infer<typeof Role>;

const everyone = Role.options;

/** Who may do what in a room. Used by the server to decide and by windows to show only what will be allowed. */
const rights = {
  "room.read": everyone,
  "chat.send": everyone,
  "gift.send": ["viewer", "moderator", "guest"],
  "room.follow": ["viewer", "moderator", "guest"],
  "nickname.change": everyone,
  "media.consume": everyone,
  "media.produce": ["anchor", "guest"],
  "record.resume": ["anchor", "moderator"],
  "programme.set": ["anchor"],
  "mediaToken.create": ["anchor"],
  "rehearsal.control": ["anchor"],
} as const satisfies Record<string, readonly Role[]>;

export type Action = keyof typeof rights;
export const actions = Object.keys(rights) as readonly Action[];

export const can = (role: Role, action: Action): boolean =>
  (rights[action] as readonly Role[]).includes(role);
