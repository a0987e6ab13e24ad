import { z } from "zod";
import { Nickname } from "./chat.ts";
import { EventId, InvitationId, RequestId } from "./ids.ts";
import { EpochMs } from "./time.ts";

/** An invitation's id and its secret. Whoever has it first is the moderator. */
export const InvitationCode = z
  .string()
  .regex(/^[A-Za-z0-9_-]{16}\.[A-Za-z0-9_-]{43}$/)
  .brand<"InvitationCode">();
export type InvitationCode = z.infer<typeof InvitationCode>;

export const longestInvitationHours = 7 * 24;

/** `link` while it is open: `http(s)://host:port/moderate#invite=CODE`, with `fp` where the certificate is the room's own. */
export const Invitation = z.object({
  invitationId: InvitationId,
  /** For whom it is: the moderator's first nickname. */
  name: z.string().max(40),
  createdAtMs: EpochMs,
  expiresAtMs: EpochMs,
  state: z.enum(["open", "redeemed", "revoked", "expired"]),
  link: z.url().nullable(),
});
export type Invitation = z.infer<typeof Invitation>;

/** From the anchor. */
export const invitationRequests = {
  /** Good for one moderator, once. */
  createInvitation: {
    data: z.object({
      requestId: RequestId,
      name: Nickname,
      hours: z.int().min(1).max(longestInvitationHours),
    }),
    answer: z.object({
      eventId: EventId,
      seq: z.int().positive(),
      invitationId: InvitationId,
      link: z.url(),
      expiresAtMs: EpochMs,
    }),
  },
  revokeInvitation: {
    data: z.object({ requestId: RequestId, invitationId: InvitationId }),
    answer: z.object({ eventId: EventId, seq: z.int().positive() }),
  },
  /** Newest first. */
  getInvitations: {
    data: z.object({}),
    answer: z.object({ invitations: z.array(Invitation).max(200) }),
  },
} as const satisfies Record<string, { data: z.ZodType; answer: z.ZodType }>;
