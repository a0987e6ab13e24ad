import { z } from "zod";
import { ChatText } from "./chat.ts";

export const longestQuickReplies = 30;

/** How a chat window looks and what it has at hand; each person's own. */
export const ChatSettings = z.object({
  density: z.enum(["compact", "comfortable"]),
  fontPx: z.int().min(12).max(28),
  /** A sound where the person's nickname is said. */
  mentionSound: z.boolean(),
  /** Above all other windows. */
  onTop: z.boolean(),
  /** In the order of their keys, Alt+1 to Alt+9. */
  quickReplies: z.array(ChatText).max(longestQuickReplies),
});
export type ChatSettings = z.infer<typeof ChatSettings>;

export const usualChatSettings: ChatSettings = {
  density: "compact",
  fontPx: 14,
  mentionSound: true,
  onTop: false,
  quickReplies: [],
};
