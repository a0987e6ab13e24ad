import { Alert, Button, ConfigProvider, Input, Modal } from "antd";
import { type ReactNode, useCallback, useState } from "react";
import { useStore } from "zustand";
import type { Person } from "../../preload/contract/chat.ts";
import { ModerationNote } from "../../preload/contract/moderation.ts";
import { type Action, canActOn } from "../../preload/contract/rights.ts";
import { useLocale, useWords } from "../i18n/words.ts";
import { infoOf } from "../room/room-info.ts";
import { useChat } from "./chat-context.ts";
import styles from "./ChatWindow.module.css";
import { EntryList } from "./EntryList.tsx";
import { Paused } from "./Paused.tsx";
import type { Acts } from "./use-acts.ts";
import { useConnected } from "./use-connected.ts";
import { useFocusReturn } from "./use-focus-return.ts";
import { useLoaded } from "./use-loaded.ts";

const fact = (label: string, value: ReactNode) => (
  <div>
    <dt>{label}</dt>
    <dd>{value}</dd>
  </div>
);

interface Props {
  readonly person: Person;
  readonly acts: Acts;
  readonly onClose: () => void;
}

/** What this room knows of a person, and what can be done about it. */
export const ViewerCardDialog = ({ person, acts: { act }, onClose }: Props) => {
  const t = useWords();
  useFocusReturn();
  const locale = useLocale();
  const { ask, room } = useChat();
  const self = useStore(room, (state) => infoOf(state)?.self);
  const connected = useConnected();
  const [note, setNote] = useState("");
  const { viewerId } = person;
  const {
    value: card,
    problem,
    reload,
  } = useLoaded(useCallback(() => ask("getViewerCard", { viewerId }), [ask, viewerId]));

  const time = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
  const now = card?.person ?? person;
  const may = (action: Action): boolean =>
    self !== undefined &&
    canActOn(self.role, action, { role: now.role, self: self.viewerId === viewerId });
  const then = async (acted: Promise<unknown>) => {
    await acted;
    await reload();
  };
  const addNote = () => {
    const parsed = ModerationNote.safeParse(note);
    if (!parsed.success) return;
    setNote("");
    void then(act("addNote", { viewerId, note: parsed.data }));
  };
  return (
    <Modal
      open
      centered
      destroyOnHidden
      width={440}
      title={now.nickname}
      footer={null}
      onCancel={onClose}
    >
      <ConfigProvider componentDisabled={!connected}>
        <div className={styles["settings"]}>
          <Paused />
          {problem && <Alert type="error" showIcon title={t(`error.${problem}`)} />}
          {card && (
            <>
              <dl className={styles["facts"]}>
                {fact(
                  t("chat.card.role"),
                  now.role === "viewer" ? t("chat.card.viewer") : t(`chat.role.${now.role}`),
                )}
                {fact(t("chat.card.now"), t(card.online ? "chat.card.online" : "chat.card.away"))}
                {fact(t("chat.card.firstSeen"), time.format(card.firstSeenMs))}
                {fact(
                  t("chat.card.following"),
                  card.followedAtMs === null
                    ? t(card.following ? "chat.card.yes" : "chat.card.no")
                    : time.format(card.followedAtMs),
                )}
                {fact(
                  t("chat.card.gifts"),
                  t("chat.card.giftSum", {
                    count: card.giftCount,
                    coins: card.giftCoins.toLocaleString(locale),
                  }),
                )}
                {fact(t("chat.card.messages"), card.messageCount.toLocaleString(locale))}
              </dl>
              {card.timedOut && (
                <div className={styles["line"]}>
                  <Alert
                    type="warning"
                    title={t("chat.card.timedOut", {
                      until: time.format(card.timedOut.untilMs ?? card.timedOut.atMs),
                    })}
                  />
                  {may("person.timeOut") && (
                    <Button onClick={() => void then(act("liftTimeOut", { viewerId }))}>
                      {t("chat.do.liftTimeOut")}
                    </Button>
                  )}
                </div>
              )}
              {card.banned && (
                <div className={styles["line"]}>
                  <Alert
                    type="error"
                    title={t("chat.card.banned", { by: card.banned.by.nickname })}
                  />
                  {may("person.ban") && (
                    <Button onClick={() => void then(act("unban", { viewerId }))}>
                      {t("chat.do.unban")}
                    </Button>
                  )}
                </div>
              )}
              {may("moderator.appoint") && (
                <div className={styles["line"]}>
                  {now.role === "moderator" ? (
                    <Button danger onClick={() => void then(act("removeModerator", { viewerId }))}>
                      {t("chat.moderators.remove")}
                    </Button>
                  ) : (
                    <Button onClick={() => void then(act("appointModerator", { viewerId }))}>
                      {t("chat.moderators.appoint")}
                    </Button>
                  )}
                </div>
              )}
              {may("person.note") && (
                <div className={styles["line"]}>
                  <Input
                    value={note}
                    maxLength={500}
                    placeholder={t("chat.card.note")}
                    aria-label={t("chat.card.note")}
                    onChange={(event) => setNote(event.target.value)}
                    onPressEnter={(event) => {
                      if (!event.nativeEvent.isComposing) addNote();
                    }}
                  />
                  <Button disabled={note.trim() === ""} onClick={addNote}>
                    {t("chat.card.addNote")}
                  </Button>
                </div>
              )}
              {card.entries.length > 0 && (
                <>
                  <h3>{t("chat.card.entries")}</h3>
                  <EntryList
                    entries={card.entries}
                    onUndo={({ eventId }) => void then(act("undoModeration", { eventId }))}
                  />
                </>
              )}
              {card.gifts.length > 0 && (
                <>
                  <h3>{t("chat.card.sent")}</h3>
                  <ol className={styles["entries"]}>
                    {card.gifts.map(({ giftId, giftName, atMs, count, coins }) => (
                      <li key={`${giftId} ${atMs}`}>
                        <time>{time.format(atMs)}</time>
                        <span>
                          {t("chat.card.sentGift", {
                            gift: giftName[locale],
                            count,
                            coins: coins.toLocaleString(locale),
                          })}
                        </span>
                      </li>
                    ))}
                  </ol>
                </>
              )}
              {card.messages.length > 0 && (
                <>
                  <h3>{t("chat.card.said")}</h3>
                  <ol className={styles["entries"]}>
                    {card.messages.map(({ messageId, atMs, text, deleted }) => (
                      <li key={messageId} data-undone={deleted}>
                        <time>{time.format(atMs)}</time>
                        <span>{text}</span>
                      </li>
                    ))}
                  </ol>
                </>
              )}
            </>
          )}
        </div>
      </ConfigProvider>
    </Modal>
  );
};
