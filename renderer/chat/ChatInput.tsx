import { Input } from "antd";
import { useState } from "react";
import { useStore } from "zustand";
import { ChatText } from "../../preload/contract/chat.ts";
import type { ErrorCode } from "../../preload/contract/result.ts";
import { useWords } from "../i18n/words.ts";
import { useStudio } from "../studio/studio-context.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { SendIcon } from "../ui/icons.tsx";
import styles from "./ChatPanel.module.css";

const longestText = 200;

/** The anchor's own words. What could not be sent stays in the input. */
export const ChatInput = () => {
  const t = useWords();
  const { request, room } = useStudio();
  const status = useStore(room, (state) => state.status);
  const [text, setText] = useState("");
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<ErrorCode | null>(null);

  const send = async () => {
    const parsed = ChatText.safeParse(text);
    if (!parsed.success || sending) return;
    setSending(true);
    const answer = await request("room.sendChat", { text: parsed.data });
    setSending(false);
    setProblem(answer.ok ? null : answer.error.code);
    if (answer.ok) setText("");
  };
  const offered = status !== "uplinkOnly";
  return (
    <div className={styles["compose"]}>
      {problem && (
        <p className={styles["problem"]} role="alert">
          {t(`error.${problem}`)}
        </p>
      )}
      <div className={styles["inputRow"]}>
        <Input
          value={text}
          maxLength={longestText}
          disabled={!offered || status !== "connected"}
          placeholder={offered ? t("chat.placeholder") : t("chat.notOffered")}
          aria-label={t("chat.placeholder")}
          onChange={(event) => setText(event.target.value)}
          onPressEnter={(event) => {
            if (!event.nativeEvent.isComposing) void send();
          }}
        />
        <IconButton
          label={t("chat.send")}
          shortcut="Enter"
          icon={<SendIcon />}
          disabled={sending || status !== "connected" || text.trim() === ""}
          onClick={() => void send()}
        />
      </div>
    </div>
  );
};
