import { Button, Checkbox, Input, InputNumber, Modal, Segmented } from "antd";
import { useState } from "react";
import type { Person } from "../../preload/contract/chat.ts";
import { longestTimeOutSeconds } from "../../preload/contract/moderation.ts";
import { useWords } from "../i18n/words.ts";
import { Field } from "../ui/Field.tsx";
import { durationWords } from "./act-words.ts";
import styles from "./ChatWindow.module.css";
import type { Acts } from "./use-acts.ts";

/** In seconds. */
const presets = [60, 600, 3_600, 86_400] as const;
const longestMinutes = longestTimeOutSeconds / 60;

export type PersonAct = "timeOut" | "ban" | "warn";

interface Props {
  readonly kind: PersonAct;
  readonly person: Person;
  readonly acts: Acts;
  readonly onClose: () => void;
}

/** For how long, why, and what else goes with it. Enter does it. */
export const ActDialog = ({ kind, person, acts: { act }, onClose }: Props) => {
  const t = useWords();
  const [seconds, setSeconds] = useState<number>(600);
  const [own, setOwn] = useState(false);
  const [reason, setReason] = useState("");
  const [removeMessages, setRemoveMessages] = useState(kind === "ban");
  const [withAddress, setWithAddress] = useState(false);
  const { viewerId } = person;
  const can = kind !== "warn" || reason.trim() !== "";

  const perform = () => {
    if (!can) return;
    if (kind === "timeOut") void act("timeOut", { viewerId, reason, seconds, removeMessages });
    else if (kind === "ban") void act("ban", { viewerId, reason, removeMessages, withAddress });
    else void act("warn", { viewerId, reason });
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
        {kind === "timeOut" && (
          <>
            <Segmented<number>
              block
              aria-label={t("chat.do.duration")}
              value={own ? 0 : seconds}
              options={[
                ...presets.map((each) => ({ value: each, label: durationWords(each, t) })),
                { value: 0, label: t("chat.do.own") },
              ]}
              onChange={(value) => {
                setOwn(value === 0);
                if (value !== 0) setSeconds(value);
              }}
            />
            {own && (
              <Field label={t("chat.do.minutes")}>
                <InputNumber
                  min={1}
                  max={longestMinutes}
                  precision={0}
                  aria-label={t("chat.do.minutes")}
                  value={Math.max(1, Math.round(seconds / 60))}
                  onChange={(minutes) => setSeconds((minutes ?? 1) * 60)}
                />
              </Field>
            )}
          </>
        )}
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
        <div className={styles["footer"]}>
          <Button onClick={onClose}>{t("chat.do.cancel")}</Button>
          <Button type="primary" htmlType="submit" danger={kind === "ban"} disabled={!can}>
            {t(`chat.actName.${kind}`)}
          </Button>
        </div>
      </form>
    </Modal>
  );
};
