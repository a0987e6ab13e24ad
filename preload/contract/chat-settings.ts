import { z } from "zod";
import { ChatText } from "./chat.ts";
import { ModerationReason } from "./moderation.ts";

export const longestQuickReplies = 30;
/** Of the reader's own and the usual ones together, at hand when a message is denied. */
export const mostDenialReasons = 6;

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
  /** By which messages were denied, the latest first. */
  denialReasons: z.array(ModerationReason.pipe(z.string().min(1))).max(mostDenialReasons),
});
export type ChatSettings = z.infer<typeof ChatSettings>;

export const usualChatSettings: ChatSettings = {
  density: "compact",
  fontPx: 14,
  mentionSound: true,
  onTop: false,
  quickReplies: [],
  denialReasons: [],
};

const { shape } = ChatSettings;
const usual = usualChatSettings;

/** As they were kept: what another version did not have, or had otherwise, is as usual. */
export const KeptChatSettings = z
  .object({
    density: shape.density.catch(usual.density),
    fontPx: shape.fontPx.catch(usual.fontPx),
    mentionSound: shape.mentionSound.catch(usual.mentionSound),
    onTop: shape.onTop.catch(usual.onTop),
    quickReplies: shape.quickReplies.catch(usual.quickReplies),
    denialReasons: shape.denialReasons.catch(usual.denialReasons),
  })
  .catch(usual);
