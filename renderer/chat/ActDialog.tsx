import { Button, Checkbox, Input, Modal } from "antd";
import { useState } from "react";
import type { Person } from "../../preload/contract/chat.ts";
import { useWords } from "../i18n/words.ts";
import styles from "./ChatWindow.module.css";
import { Paused } from "./Paused.tsx";
import { TimeOutDuration, usualTimeOutSeconds } from "./TimeOutDuration.tsx";
import type { Acts } from "./use-acts.ts";
import { useConnected } from "./use-connected.ts";
import { useFocusReturn } from "./use-focus-return.ts";

export type PersonAct = "timeOut" | "ban" | "warn";

interface Props {
  readonly kind: PersonAct;
  readonly person: Person;
  readonly acts: Acts;
  readonly onClose: () => void;
}

/** For how long, why, and what else goes with it. Enter does it. */
export const ActDialog = ({ kind, person, acts, onClose }: Props) => {
  const t = useWords();
  useFocusReturn();
  const [seconds, setSeconds] = useState<number | null>(usualTimeOutSeconds);
  const [reason, setReason] = useState("");
  const [removeMessages, setRemoveMessages] = useState(kind === "ban");
  const [withAddress, setWithAddress] = useState(false);
  const { viewerId } = person;
  const connected = useConnected();
  const isWhole = kind === "timeOut" ? seconds !== null : kind !== "warn" || reason.trim() !== "";
  const can = connected && isWhole;

  const perform = () => {
    if (!can) return;
    if (kind === "timeOut" && seconds !== null)
      void acts.timeOut({ viewerId, reason, seconds, removeMessages });
    else if (kind === "ban") void acts.ban({ viewerId, reason, removeMessages, withAddress });
    else if (kind === "warn") void acts.act("warn", { viewerId, reason });
    onClose();
  };
  return (
    <Modal
      open
      centered
      destroyOnHidden
      width={380}
      title={t(`chat.do.${kind}`, { name: person.nickname })}
      footer={null}
      onCancel={onClose}
    >
      <form
        className={styles["settings"]}
        onSubmit={(event) => {
          event.preventDefault();
          perform();
        }}
      >
        {kind === "timeOut" && <TimeOutDuration value={seconds} onChange={setSeconds} />}
        <Input
          autoFocus
          value={reason}
          maxLength={200}
          placeholder={t(kind === "warn" ? "chat.do.warning" : "chat.do.reason")}
          aria-label={t(kind === "warn" ? "chat.do.warning" : "chat.do.reason")}
          onChange={(event) => setReason(event.target.value)}
        />
        {kind !== "warn" && (
          <Checkbox
            checked={removeMessages}
            onChange={(event) => setRemoveMessages(event.target.checked)}
          >
            {t("chat.do.removeMessages")}
          </Checkbox>
        )}
        {kind === "ban" && (
          <Checkbox
            checked={withAddress}
            onChange={(event) => setWithAddress(event.target.checked)}
          >
            {t("chat.do.withAddress")}
          </Checkbox>
        )}
        <Paused />
        <div className={styles["footer"]}>
          <Button onClick={onClose}>{t("chat.do.cancel")}</Button>
          <Button type="primary" htmlType="submit" danger={kind === "ban"} disabled={!can}>
            {t(`chat.key.${kind}`)}
          </Button>
        </div>
      </form>
    </Modal>
  );
};
