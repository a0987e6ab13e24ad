import { Button, Input, Modal } from "antd";
import { useEffect, useEffectEvent, useState } from "react";
import { useStore } from "zustand";
import { mostDenialReasons } from "../../preload/contract/chat-settings.ts";
import { type HeldMessage, ModerationReason } from "../../preload/contract/moderation.ts";
import { useWords } from "../i18n/words.ts";
import type { ChatSettingsStore } from "./chat-settings-store.ts";
import styles from "./ChatWindow.module.css";
import { Paused } from "./Paused.tsx";
import { useConnected } from "./use-connected.ts";
import { useFocusReturn } from "./use-focus-return.ts";

const usual = ["advertising", "spam", "rude", "offTopic"] as const;

interface Props {
  readonly message: HeldMessage;
  readonly settings: ChatSettingsStore;
  readonly onDeny: (reason: string) => void;
  readonly onClose: () => void;
}

/** Why a message that waits is kept back, which its sender is told: a reason at hand, own words, or none. */
export const DenyDialog = ({ message, settings, onDeny, onClose }: Props) => {
  const t = useWords();
  useFocusReturn();
  const own = useStore(settings.state, ({ denialReasons }) => denialReasons);
  const [reason, setReason] = useState("");
  const atHand = [...new Set([...own, ...usual.map((each) => t(`chat.deny.${each}`))])].slice(
    0,
    mostDenialReasons,
  );
  const connected = useConnected();
  const deny = (why: string) => {
    if (!connected) return;
    const { data = "" } = ModerationReason.safeParse(why);
    // The latest first, so that the next of its kind takes one key.
    if (data !== "")
      void settings.update({
        denialReasons: [...new Set([data, ...own])].slice(0, mostDenialReasons),
      });
    onDeny(data);
    onClose();
  };
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const digit = event.altKey && /^Digit([1-9])$/.exec(event.code)?.[1];
    const chosen = digit ? atHand[Number(digit) - 1] : undefined;
    if (chosen === undefined) return;
    event.preventDefault();
    deny(chosen);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKeyDown(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, []);
  return (
    <Modal
      open
      centered
      destroyOnHidden
      width={400}
      title={t("chat.do.deny", { name: message.sender.nickname })}
      footer={null}
      onCancel={onClose}
    >
      <form
        className={styles["settings"]}
        onSubmit={(event) => {
          event.preventDefault();
          deny(reason);
        }}
      >
        <blockquote className={styles["quote"]}>{message.text}</blockquote>
        <div className={styles["reasons"]} role="group" aria-label={t("chat.deny.atHand")}>
          {atHand.map((each, index) => (
            <button
              key={each}
              type="button"
              className={styles["chip"]}
              disabled={!connected}
              title={`${each}  Alt+${index + 1}`}
              onClick={() => deny(each)}
            >
              <span>{each}</span>
              <kbd>{index + 1}</kbd>
            </button>
          ))}
        </div>
        <Input
          autoFocus
          value={reason}
          maxLength={200}
          placeholder={t("chat.deny.own")}
          aria-label={t("chat.deny.own")}
          onChange={(event) => setReason(event.target.value)}
        />
        <Paused />
        <div className={styles["footer"]}>
          <Button onClick={onClose}>{t("chat.do.cancel")}</Button>
          <Button type="primary" htmlType="submit" danger disabled={!connected}>
            {t(reason.trim() === "" ? "chat.deny.without" : "chat.deny.do")}
          </Button>
        </div>
      </form>
    </Modal>
  );
};
