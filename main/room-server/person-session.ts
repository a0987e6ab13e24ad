import type { Person } from "../../preload/contract/chat.ts";
import type { Connection } from "./connection.ts";
import { limits } from "./limits.ts";
import { createTokenBucket, type TokenBucket } from "./token-bucket.ts";

/** A person while connected, and shortly after: rates belong to the person, not to the connection. */
export interface PersonSession {
  /** As the identity table has it. */
  person: Person;
  readonly connections: Set<Connection>;
  readonly chatRate: TokenBucket;
  readonly giftRate: TokenBucket;
  readonly moderationRate: TokenBucket;
  /** Of the network addresses this person came from lately, for a ban. */
  readonly addressKeys: Set<string>;
  lastSeenMs: number;
}

export const createPersonSession = (person: Person, nowMs: number): PersonSession => ({
  person,
  connections: new Set(),
  chatRate: createTokenBucket(limits.chat),
  giftRate: createTokenBucket(limits.gifts),
  moderationRate: createTokenBucket(limits.moderation),
  addressKeys: new Set(),
  lastSeenMs: nowMs,
});
