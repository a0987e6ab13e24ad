import { Input, type InputRef } from "antd";
import { type Ref, useImperativeHandle, useRef, useState } from "react";
import { useStore } from "zustand";
import { RequestId } from "../../preload/contract/ids.ts";
import { ChatText } from "../../preload/contract/chat.ts";
import type { ErrorCode } from "../../preload/contract/result.ts";
import { useWords } from "../i18n/words.ts";
import { infoOf } from "../room/room-info.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { SendIcon } from "../ui/icons.tsx";
import { useChat } from "./chat-context.ts";
import styles from "./ChatInput.module.css";

const longestText = 200;

/** What keys and rows do with the input. */
export interface ChatInputControl {
  /** Begins what is written with a call to that person. */
  replyTo(nickname: string): void;
  focus(): void;
  /** Sends words without the input; what is written stays. */
  say(text: string): void;
}

/** One's own words. What could not be sent stays in the input. */
export const ChatInput = ({ control }: { readonly control?: Ref<ChatInputControl> }) => {
  const t = useWords();
  const { ask, createId, room } = useChat();
  const input = useRef<InputRef>(null);
  const status = useStore(room, (state) => state.status);
  const role = useStore(room, (state) => infoOf(state)?.self.role);
  const [text, setText] = useState("");
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<ErrorCode | null>(null);

  /** Whether it is said. */
  const say = async (words: string): Promise<boolean> => {
    const parsed = ChatText.safeParse(words);
    if (!parsed.success || sending) return false;
    setSending(true);
    const requestId = RequestId.parse(createId());
    const answer = await ask("sendChat", { requestId, text: parsed.data });
    setSending(false);
    setProblem(answer.ok ? null : answer.error.code);
    return answer.ok;
  };
  const send = async () => {
    if (await say(text)) setText("");
  };
  useImperativeHandle(control, () => ({
    replyTo(nickname) {
      const call = `@${nickname} `;
      setText((written) => (written.startsWith(call) ? written : `${call}${written}`));
      input.current?.focus({ cursor: "end" });
    },
    focus: () => input.current?.focus({ cursor: "end" }),
    say: (words) => void say(words),
  }));
  const offered = status !== "uplinkOnly";
  const known = role === "moderator" ? "chat.placeholderModerator" : "chat.placeholder";
  const placeholder = t(role === undefined ? "chat.placeholderAway" : known);
  return (
    <div className={styles["compose"]}>
      {problem && (
        <p className={styles["problem"]} role="alert">
          {t(`error.${problem}`)}
        </p>
      )}
      <div className={styles["inputRow"]}>
        <Input
          ref={input}
          value={text}
          maxLength={longestText}
          disabled={!offered || status !== "connected"}
          placeholder={offered ? placeholder : t("chat.notOffered")}
          aria-label={placeholder}
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
