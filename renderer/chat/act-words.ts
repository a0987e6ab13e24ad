import type { ModerationAct, RoomRules } from "../../preload/contract/moderation.ts";
import type { Words } from "../i18n/words.ts";

/** In the largest unit that it is a whole number of. */
export const durationWords = (seconds: number, t: Words): string => {
  for (const [unit, length] of [
    ["days", 86_400],
    ["hours", 3_600],
    ["minutes", 60],
  ] as const)
    if (seconds >= length && seconds % length === 0)
      return t(`chat.duration.${unit}`, { count: seconds / length });
  return t("chat.duration.seconds", { count: seconds });
};

const followersOnlyWords = (minutes: number, t: Words): string =>
  minutes === 0
    ? t("chat.rule.followersOnlyOn")
    : t("chat.rule.followersOnlyFor", { duration: durationWords(minutes * 60, t) });

const rulesWords = (before: RoomRules, after: RoomRules, t: Words): string => {
  const changes: string[] = [];
  if (after.shield !== before.shield)
    changes.push(t(after.shield ? "chat.rule.shieldOn" : "chat.rule.shieldOff"));
  if (after.muteAll !== before.muteAll)
    changes.push(t(after.muteAll ? "chat.rule.muteAllOn" : "chat.rule.muteAllOff"));
  if (after.slowModeSeconds !== before.slowModeSeconds)
    changes.push(
      after.slowModeSeconds === null
        ? t("chat.rule.slowModeOff")
        : t("chat.rule.slowModeOn", { duration: durationWords(after.slowModeSeconds, t) }),
    );
  if (after.followersOnlyMinutes !== before.followersOnlyMinutes)
    changes.push(
      after.followersOnlyMinutes === null
        ? t("chat.rule.followersOnlyOff")
        : followersOnlyWords(after.followersOnlyMinutes, t),
    );
  if (after.holdNewcomersMinutes !== before.holdNewcomersMinutes)
    changes.push(
      after.holdNewcomersMinutes === null
        ? t("chat.rule.holdNewcomersOff")
        : t("chat.rule.holdNewcomersOn", {
            duration: durationWords(after.holdNewcomersMinutes * 60, t),
          }),
    );
  return changes.join(t("chat.rule.and"));
};

const kinds = [
  "deleteMessage",
  "timeOut",
  "liftTimeOut",
  "ban",
  "unban",
  "warn",
  "addNote",
  "setRules",
  "changeBlockedWords",
  "pinMessage",
  "flagMessage",
  "unflagMessage",
  "appointModerator",
  "removeModerator",
] as const;
const isKind = (kind: string): kind is (typeof kinds)[number] =>
  (kinds as readonly string[]).includes(kind);

/** What somebody called `by` did, as one sentence without its reason. */
export const actWords = (act: ModerationAct, by: string, t: Words): string => {
  switch (act.kind) {
    case "deleteMessage":
      return t("chat.act.deleteMessage", {
        by,
        name: act.message.sender.nickname,
        text: act.message.text,
      });
    case "timeOut":
      return t("chat.act.timeOut", {
        by,
        name: act.target.nickname,
        duration: durationWords(act.seconds, t),
      });
    case "addNote":
      return t("chat.act.addNote", { by, name: act.target.nickname, text: act.note });
    case "liftTimeOut":
    case "ban":
    case "unban":
    case "warn":
    case "appointModerator":
    case "removeModerator":
      return t(`chat.act.${act.kind}`, { by, name: act.target.nickname });
    case "setRules":
      return t("chat.act.setRules", { by, change: rulesWords(act.before, act.after, t) });
    case "changeBlockedWords":
      return t("chat.act.changeBlockedWords", {
        by,
        added: act.added.length,
        removed: act.removed.length,
      });
    case "pinMessage":
      return act.after
        ? t("chat.act.pinMessage", { by, text: act.after.text })
        : t("chat.act.unpinMessage", { by });
    case "importBlockedWords":
      return t("chat.act.changeBlockedWords", {
        by,
        added: act.added + act.changed,
        removed: 0,
      });
    case "clearBlockedWords":
      return t("chat.act.changeBlockedWords", { by, added: 0, removed: act.removed });
    case "allowMessage":
    case "denyMessage":
    case "flagMessage":
    case "unflagMessage":
      return t(`chat.act.${act.kind}`, {
        by,
        name: act.message.sender.nickname,
        text: act.message.text,
      });
    case "inviteModerator":
    case "revokeInvitation":
    case "redeemInvitation":
      return t(`chat.act.${act.kind}`, { by, name: act.name });
    case "announce":
      return t("chat.act.announce", { by, text: act.text });
    case "undo": {
      const kind = act.undoneKind;
      const undone = t(isKind(kind) ? `chat.actName.${kind}` : "chat.actName.other");
      return act.target
        ? t("chat.act.undoOn", { by, act: undone, name: act.target.nickname })
        : t("chat.act.undo", { by, act: undone });
    }
    default:
      return act satisfies never;
  }
};
