import { z } from "zod";
import { MessageId, RoomId, ViewerId } from "./ids.ts";
import { Role } from "./rights.ts";
import { EpochMs } from "./time.ts";

/** 2 to 20 characters, trimmed, without control or invisible characters. */
export const Nickname = z
  .string()
  .transform((text) => text.normalize("NFC").trim())
  .pipe(
    z
      .string()
      .min(2)
      .max(20)
      .regex(/^[^\p{C}\p{Zl}\p{Zp}]+$/u),
  );
export type Nickname = z.infer<typeof Nickname>;

export const ChatText = z
  .string()
  .max(2_000)
  .transform((text) =>
    text
      .normalize("NFC")
      .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
      .trim(),
  )
  .pipe(z.string().min(1).max(200));

/** A person as others see it. */
export const Person = z.object({ viewerId: ViewerId, nickname: z.string().max(40), role: Role });
export type Person = z.infer<typeof Person>;

/** `chatSeq` rises by one a message in the room; a gap means that messages were skipped, not lost money. */
export const ChatMessage = z.object({
  messageId: MessageId,
  roomId: RoomId,
  chatSeq: z.int().positive(),
  atMs: EpochMs,
  sender: Person,
  text: z.string().max(200),
  /** Said to the whole room by its anchor or a moderator. */
  announcement: z.literal(true).optional(),
});
export type ChatMessage = z.infer<typeof ChatMessage>;
