import type { z } from "zod";
import type { ModerationMethod, moderationRequests } from "../../preload/contract/moderation.ts";

const person = { viewerId: "somebody", reason: "刷屏" };

/** One valid example of every moderation request; ids are of the right shape and name nothing. */
export const validModeration: {
  readonly [M in ModerationMethod]: z.input<(typeof moderationRequests)[M]["data"]>;
} = {
  deleteMessage: { requestId: "request-4", messageId: "message-1" },
  timeOut: { requestId: "request-5", ...person, seconds: 600 },
  liftTimeOut: { requestId: "request-6", ...person },
  ban: { requestId: "request-7", ...person },
  unban: { requestId: "request-8", ...person },
  warn: { requestId: "request-9", ...person },
  addNote: { requestId: "request-10", viewerId: "somebody", note: "第一次来" },
  muteAll: { requestId: "request-11", on: false },
  setSlowMode: { requestId: "request-12", seconds: null },
  setFollowersOnly: { requestId: "request-13", minutes: null },
  changeBlockedWords: { requestId: "request-14", add: [], remove: ["没有这个词"] },
  getBlockedWords: { after: null, limit: 10 },
  importBlockedWords: { requestId: "request-20", severity: "hold", words: ["没有人说的词"] },
  clearBlockedWords: { requestId: "request-21", severity: "allow" },
  setHoldNewcomers: { requestId: "request-22", minutes: null },
  setShield: { requestId: "request-23", on: false },
  getHeldMessages: {},
  allowMessage: { requestId: "request-24", messageId: "message-1" },
  denyMessage: { requestId: "request-25", messageId: "message-1" },
  flagMessage: { requestId: "request-26", messageId: "message-1" },
  unflagMessage: { requestId: "request-27", messageId: "message-1" },
  pinMessage: { requestId: "request-15", messageId: null },
  announce: { requestId: "request-16", text: "大家好" },
  appointModerator: { requestId: "request-17", ...person },
  removeModerator: { requestId: "request-18", ...person },
  undoModeration: { requestId: "request-19", eventId: "event-1" },
  getModerationLog: { beforeSeq: null, limit: 50 },
  getViewerCard: { viewerId: "somebody" },
  getModerators: {},
  createInvitation: { requestId: "request-20", name: "小李", hours: 24 },
  revokeInvitation: { requestId: "request-21", invitationId: "invitation-1" },
  getInvitations: {},
};
