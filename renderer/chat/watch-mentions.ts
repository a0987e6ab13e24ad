import { infoOf } from "../room/room-info.ts";
import type { ChatPort } from "./chat-port.ts";
import { isMentioned } from "./text-runs.ts";

/** Older messages are the past of a feed that has just been loaded. */
const freshMs = 10_000;

/** Calls `tell` when somebody has said the reader's nickname, once a frame. The answer ends it. */
export const watchMentions = (
  { feed, room }: Pick<ChatPort, "feed" | "room">,
  nowMs: () => number,
  tell: () => void,
): (() => void) => {
  let seen = feed.end;
  return feed.state.subscribe(() => {
    const self = infoOf(room.getState())?.self;
    let mentioned = false;
    for (seen = Math.max(seen, feed.first); seen < feed.end; seen += 1) {
      const line = feed.at(seen);
      if (line?.type !== "chat" || !self || line.message.sender.viewerId === self.viewerId)
        continue;
      mentioned ||= nowMs() - line.atMs < freshMs && isMentioned(line.message.text, self.nickname);
    }
    if (mentioned) tell();
  });
};
