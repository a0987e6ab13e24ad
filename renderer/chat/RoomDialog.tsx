import { Alert, Button, ConfigProvider, Input, Modal, Segmented, Select, Switch } from "antd";
import { useCallback, useState } from "react";
import { useStore } from "zustand";
import { ChatText } from "../../preload/contract/chat.ts";
import { type ModerationEntry, noRules } from "../../preload/contract/moderation.ts";
import { can } from "../../preload/contract/rights.ts";
import { useWords } from "../i18n/words.ts";
import { infoOf } from "../room/room-info.ts";
import { Field } from "../ui/Field.tsx";
import { durationWords } from "./act-words.ts";
import { useChat } from "./chat-context.ts";
import styles from "./ChatWindow.module.css";
import { EntryList } from "./EntryList.tsx";
import { Paused } from "./Paused.tsx";
import type { Acts } from "./use-acts.ts";
import { useConnected } from "./use-connected.ts";
import { useLoaded } from "./use-loaded.ts";
import { rulesWith } from "./wishes.ts";
import { WordList } from "./WordList.tsx";

const slowModes = [3, 5, 10, 30, 60, 120, 300] as const;
/** In minutes. */
const followings = [0, 10, 60, 1_440, 10_080] as const;
/** In minutes. */
const newcomers = [10, 60, 1_440, 10_080] as const;
const entriesAtOnce = 50;

type Part = "rules" | "words" | "log" | "moderators";

interface PartProps {
  readonly acts: Acts;
}

const Rules = ({ acts: { act, wishes } }: PartProps) => {
  const t = useWords();
  const told = useStore(useChat().room, (state) => infoOf(state)?.rules ?? noRules);
  const rules = rulesWith(told, wishes);
  const [text, setText] = useState("");
  const announce = async () => {
    const parsed = ChatText.safeParse(text);
    if (parsed.success && (await act("announce", { text: parsed.data })).ok) setText("");
  };
  return (
    <>
      <Field label={t("chat.room.shield")} hint={t("chat.room.shieldHint")}>
        <Switch
          size="small"
          aria-label={t("chat.room.shield")}
          checked={rules.shield}
          onChange={(on) =>
            void act("setShield", { on }, { kind: "rules", change: { shield: on } })
          }
        />
      </Field>
      <Field label={t("chat.room.muteAll")}>
        <Switch
          size="small"
          aria-label={t("chat.room.muteAll")}
          checked={rules.muteAll}
          onChange={(on) => void act("muteAll", { on }, { kind: "rules", change: { muteAll: on } })}
        />
      </Field>
      <Field label={t("chat.room.slowMode")}>
        <Select<number>
          aria-label={t("chat.room.slowMode")}
          value={rules.slowModeSeconds ?? 0}
          options={[
            { value: 0, label: t("chat.room.off") },
            ...slowModes.map((value) => ({ value, label: durationWords(value, t) })),
          ]}
          onChange={(value) => {
            const seconds = value || null;
            void act(
              "setSlowMode",
              { seconds },
              { kind: "rules", change: { slowModeSeconds: seconds } },
            );
          }}
        />
      </Field>
      <Field label={t("chat.room.followersOnly")}>
        <Select<number>
          aria-label={t("chat.room.followersOnly")}
          value={rules.followersOnlyMinutes ?? -1}
          options={[
            { value: -1, label: t("chat.room.off") },
            ...followings.map((value) => ({
              value,
              label:
                value === 0
                  ? t("chat.room.anyFollower")
                  : t("chat.room.followedFor", { duration: durationWords(value * 60, t) }),
            })),
          ]}
          onChange={(value) => {
            const minutes = value < 0 ? null : value;
            void act(
              "setFollowersOnly",
              { minutes },
              { kind: "rules", change: { followersOnlyMinutes: minutes } },
            );
          }}
        />
      </Field>
      <Field label={t("chat.room.holdNewcomers")}>
        <Select<number>
          aria-label={t("chat.room.holdNewcomers")}
          value={rules.holdNewcomersMinutes ?? 0}
          options={[
            { value: 0, label: t("chat.room.off") },
            ...newcomers.map((value) => ({
              value,
              label: t("chat.room.newerThan", { duration: durationWords(value * 60, t) }),
            })),
          ]}
          onChange={(value) => {
            const minutes = value || null;
            void act(
              "setHoldNewcomers",
              { minutes },
              { kind: "rules", change: { holdNewcomersMinutes: minutes } },
            );
          }}
        />
      </Field>
      <h3>{t("chat.room.announcement")}</h3>
      <div className={styles["line"]}>
        <Input
          value={text}
          maxLength={200}
          placeholder={t("chat.room.announcementHint")}
          aria-label={t("chat.room.announcementHint")}
          onChange={(event) => setText(event.target.value)}
          onPressEnter={(event) => {
            if (!event.nativeEvent.isComposing) void announce();
          }}
        />
        <Button disabled={text.trim() === ""} onClick={() => void announce()}>
          {t("chat.room.announce")}
        </Button>
      </div>
    </>
  );
};

const Log = ({ acts: { act } }: PartProps) => {
  const t = useWords();
  const { ask } = useChat();
  const { value, problem, reload } = useLoaded(
    useCallback(() => ask("getModerationLog", { beforeSeq: null, limit: entriesAtOnce }), [ask]),
  );
  const [older, setOlder] = useState<readonly ModerationEntry[]>([]);
  const [isAll, setIsAll] = useState(false);
  const entries = value && [...value.entries, ...older];
  const more = async () => {
    const last = entries?.at(-1);
    if (!last) return;
    const answer = await ask("getModerationLog", { beforeSeq: last.seq, limit: entriesAtOnce });
    if (!answer.ok) return;
    setOlder([...older, ...answer.value.entries]);
    setIsAll(answer.value.entries.length < entriesAtOnce);
  };
  const undo = async ({ eventId }: ModerationEntry) => {
    await act("undoModeration", { eventId });
    setOlder([]);
    setIsAll(false);
    await reload();
  };
  const hasMore = !isAll && (value?.entries.length ?? 0) === entriesAtOnce;
  return (
    <>
      {problem && <Alert type="error" showIcon title={t(`error.${problem}`)} />}
      {entries?.length === 0 && <p className={styles["hint"]}>{t("chat.log.none")}</p>}
      {entries && <EntryList entries={entries} onUndo={(entry) => void undo(entry)} />}
      {entries && hasMore && (
        <Button size="small" onClick={() => void more()}>
          {t("chat.log.more")}
        </Button>
      )}
    </>
  );
};

const Moderators = ({ acts: { act } }: PartProps) => {
  const t = useWords();
  const info = useStore(useChat().room, infoOf);
  const mayAppoint = info !== null && can(info.self.role, "moderator.appoint");
  return (
    <>
      <ul className={styles["people"]}>
        {info?.moderators?.map(({ person, online }) => (
          <li key={person.viewerId}>
            <span className={styles["dot"]} data-status={online ? "connected" : "away"} />
            <span className={styles["rowPerson"]}>{person.nickname}</span>
            <span className={styles["hint"]}>
              {t(person.role === "anchor" ? "chat.role.anchor" : "chat.role.moderator")}
            </span>
            {mayAppoint && person.role === "moderator" && (
              <Button
                size="small"
                danger
                onClick={() => void act("removeModerator", { viewerId: person.viewerId })}
              >
                {t("chat.moderators.remove")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {mayAppoint && <p className={styles["hint"]}>{t("chat.moderators.hint")}</p>}
    </>
  );
};

const parts = { rules: Rules, words: WordList, log: Log, moderators: Moderators } as const;

interface Props extends PartProps {
  readonly open: boolean;
  readonly onClose: () => void;
}

/** All about the room as a whole: its rules, its words, who governs it, and what was done. */
export const RoomDialog = ({ acts, open, onClose }: Props) => {
  const t = useWords();
  const [part, setPart] = useState<Part>("rules");
  const connected = useConnected();
  const Shown = parts[part];
  return (
    <Modal
      open={open}
      centered
      destroyOnHidden
      width={440}
      title={t("chat.key.room")}
      footer={null}
      onCancel={onClose}
    >
      <div className={styles["settings"]}>
        <Segmented<Part>
          block
          aria-label={t("chat.key.room")}
          value={part}
          options={(["rules", "words", "moderators", "log"] as const).map((value) => ({
            value,
            label: t(`chat.room.${value}`),
          }))}
          onChange={setPart}
        />
        <Paused />
        <ConfigProvider componentDisabled={!connected}>
          <Shown acts={acts} />
        </ConfigProvider>
      </div>
    </Modal>
  );
};
