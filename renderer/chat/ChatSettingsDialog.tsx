import { Alert, Button, Input, Modal, Segmented, Slider, Switch } from "antd";
import { useState } from "react";
import { useStore } from "zustand";
import { type ChatSettings, longestQuickReplies } from "../../preload/contract/chat-settings.ts";
import { ChatText } from "../../preload/contract/chat.ts";
import type { ErrorCode } from "../../preload/contract/result.ts";
import { useWords } from "../i18n/words.ts";
import { Field } from "../ui/Field.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import { PlusIcon, TrashIcon } from "../ui/icons.tsx";
import { useChat } from "./chat-context.ts";
import type { ChatSettingsStore } from "./chat-settings-store.ts";
import styles from "./ChatWindow.module.css";

interface Props {
  readonly settings: ChatSettingsStore;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** How the window looks and sounds, and the quick replies. */
export const ChatSettingsDialog = ({ settings, open, onClose }: Props) => {
  const t = useWords();
  const { inBrowser } = useChat();
  const current = useStore(settings.state);
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const [fresh, setFresh] = useState("");
  const update = async (patch: Partial<ChatSettings>) => {
    const answer = await settings.update(patch);
    setProblem(answer.ok ? null : answer.error.code);
  };
  const { quickReplies } = current;
  const setReply = (index: number, text: string) => {
    const parsed = ChatText.safeParse(text);
    if (parsed.success && parsed.data !== quickReplies[index])
      void update({ quickReplies: quickReplies.with(index, parsed.data) });
  };
  const add = () => {
    const parsed = ChatText.safeParse(fresh);
    if (!parsed.success) return;
    setFresh("");
    void update({ quickReplies: [...quickReplies, parsed.data] });
  };
  return (
    <Modal
      open={open}
      centered
      destroyOnHidden
      width={400}
      title={t("chat.key.settings")}
      footer={null}
      onCancel={onClose}
    >
      <div className={styles["settings"]}>
        {problem && <Alert type="error" showIcon title={t(`error.${problem}`)} />}
        <Field label={t("chat.density")}>
          <Segmented<ChatSettings["density"]>
            aria-label={t("chat.density")}
            value={current.density}
            options={[
              { value: "compact", label: t("chat.density.compact") },
              { value: "comfortable", label: t("chat.density.comfortable") },
            ]}
            onChange={(density) => void update({ density })}
          />
        </Field>
        <Field label={t("chat.fontSize")}>
          <Slider
            min={12}
            max={28}
            value={current.fontPx}
            ariaLabelForHandle={t("chat.fontSize")}
            // A tooltip would take Escape from the dialog.
            tooltip={{ open: false }}
            onChange={(fontPx) => void update({ fontPx })}
          />
          <span className={styles["hint"]}>{current.fontPx} px</span>
        </Field>
        <Field label={t("chat.mentionSound")}>
          <Switch
            size="small"
            aria-label={t("chat.mentionSound")}
            checked={current.mentionSound}
            onChange={(mentionSound) => void update({ mentionSound })}
          />
        </Field>
        {!inBrowser && (
          <Field label={t("chat.key.onTop")}>
            <Switch
              size="small"
              aria-label={t("chat.key.onTop")}
              checked={current.onTop}
              onChange={(onTop) => void update({ onTop })}
            />
          </Field>
        )}
        <h3>{t("chat.quickReplies")}</h3>
        <ul>
          {quickReplies.map((text, index) => (
            <li key={`${index} ${text}`}>
              <Input
                size="small"
                defaultValue={text}
                maxLength={200}
                aria-label={t("chat.quickReplies.nth", { number: index + 1 })}
                onBlur={(event) => setReply(index, event.target.value)}
                onPressEnter={(event) => setReply(index, event.currentTarget.value)}
              />
              <IconButton
                label={t("chat.quickReplies.remove", { number: index + 1 })}
                icon={<TrashIcon size={14} />}
                onClick={() => void update({ quickReplies: quickReplies.toSpliced(index, 1) })}
              />
            </li>
          ))}
          {quickReplies.length < longestQuickReplies && (
            <li>
              <Input
                size="small"
                value={fresh}
                maxLength={200}
                placeholder={t("chat.quickReplies.new")}
                aria-label={t("chat.quickReplies.new")}
                onChange={(event) => setFresh(event.target.value)}
                onPressEnter={(event) => {
                  if (!event.nativeEvent.isComposing) add();
                }}
              />
              <Button
                size="small"
                icon={<PlusIcon size={13} />}
                aria-label={t("chat.quickReplies.add")}
                disabled={fresh.trim() === ""}
                onClick={add}
              />
            </li>
          )}
        </ul>
      </div>
    </Modal>
  );
};
