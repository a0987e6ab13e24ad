import { Modal } from "antd";
import { useWords } from "../i18n/words.ts";
import { useChat } from "./chat-context.ts";
import { chatKeys } from "./chat-keys.ts";
import styles from "./ChatWindow.module.css";

const names: Readonly<Record<string, string>> = {
  ArrowDown: "↓",
  ArrowUp: "↑",
  Escape: "Esc",
};
const nameOf = (key: string): string => names[key] ?? (key.length === 1 ? key.toUpperCase() : key);

export const KeyList = (props: { readonly open: boolean; readonly onClose: () => void }) => {
  const t = useWords();
  const { inBrowser } = useChat();
  return (
    <Modal
      open={props.open}
      centered
      destroyOnHidden
      width={360}
      title={t("chat.key.keys")}
      footer={null}
      onCancel={props.onClose}
    >
      <dl className={styles["keys"]}>
        {chatKeys
          .filter(({ action }) => !inBrowser || action !== "onTop")
          .map(({ action, key, also }) => (
            <div key={action}>
              <dt>
                <kbd>{nameOf(key)}</kbd>
                {also && <kbd>{nameOf(also)}</kbd>}
              </dt>
              <dd>{t(`chat.key.${action}`)}</dd>
            </div>
          ))}
        <div>
          <dt>
            <kbd>Alt</kbd>
            <kbd>1–9</kbd>
          </dt>
          <dd>{t("chat.quickReplies")}</dd>
        </div>
      </dl>
    </Modal>
  );
};
