import { Alert, App, Button, Input, Popconfirm, Select } from "antd";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { Nickname } from "../../preload/contract/chat.ts";
import { RequestId, type ViewerId } from "../../preload/contract/ids.ts";
import type { Invitation } from "../../preload/contract/invitation.ts";
import type { Moderator } from "../../preload/contract/moderation.ts";
import type { ErrorCode } from "../../preload/contract/result.ts";
import { useNowMs } from "../chat/use-now.ts";
import { useLocale, useWords } from "../i18n/words.ts";
import { infoOf } from "../room/room-info.ts";
import { useStudio } from "../studio/studio-context.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { CopyIcon, TrashIcon } from "../ui/icons.tsx";
import styles from "./ModeratorsForm.module.css";

/** So many of the invitations that are good no more are shown. */
const mostEnded = 3;
const hoursOffered = [1, 24, 168] as const;
const newRequestId = () => RequestId.parse(crypto.randomUUID());

/** Who governs the room besides the anchor, and who has been invited to. Nothing where the room has no such thing. */
export const ModeratorsForm = () => {
  const moderators = infoOf(useStore(useStudio().room))?.moderators?.filter(
    ({ person }) => person.role === "moderator",
  );
  // A new moderator has used an invitation up: what is open is asked for anew.
  return moderators ? <Moderators key={moderators.length} moderators={moderators} /> : null;
};

const Moderators = ({ moderators }: { readonly moderators: readonly Moderator[] }) => {
  const t = useWords();
  const locale = useLocale();
  const { message } = App.useApp();
  const { request, room } = useStudio();
  const state = useStore(room);
  const connected = state.status === "connected";
  const isOwnCertificate = typeof infoOf(state)?.fingerprint === "string";
  const [invitations, setInvitations] = useState<readonly Invitation[]>([]);
  const [name, setName] = useState("");
  const [hours, setHours] = useState<number>(24);
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const nickname = Nickname.safeParse(name);

  useEffect(() => {
    if (!connected) return undefined;
    let wanted = true;
    void request("room.getInvitations", {}).then((answer) => {
      if (wanted && answer.ok) setInvitations(answer.value.invitations);
    });
    return () => {
      wanted = false;
    };
  }, [connected, request]);
  const load = async () => {
    const answer = await request("room.getInvitations", {});
    if (answer.ok) setInvitations(answer.value.invitations);
  };

  const copy = async (link: string) => {
    try {
      await navigator.clipboard.writeText(link);
      void message.success(t("moderators.copied"));
    } catch {
      void message.error(t("room.copyFailed"));
    }
  };
  const invite = async () => {
    if (!nickname.success) return;
    const requestId = newRequestId();
    const answer = await request("room.createInvitation", {
      requestId,
      name: nickname.data,
      hours,
    });
    setProblem(answer.ok ? null : answer.error.code);
    if (!answer.ok) return;
    setName("");
    await load();
    await copy(answer.value.link);
  };
  const revoke = async (invitationId: Invitation["invitationId"]) => {
    const answer = await request("room.revokeInvitation", {
      requestId: newRequestId(),
      invitationId,
    });
    setProblem(answer.ok ? null : answer.error.code);
    await load();
  };
  const remove = async (viewerId: ViewerId) => {
    const answer = await request("room.removeModerator", { requestId: newRequestId(), viewerId });
    setProblem(answer.ok ? null : answer.error.code);
  };
  const until = new Intl.DateTimeFormat(locale, {
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "2-digit",
  });
  const nowMs = useNowMs(5_000);
  const isOpen = ({ state: told, expiresAtMs }: Invitation) =>
    told === "open" && expiresAtMs > nowMs;
  const open = invitations.filter(isOpen);
  const ended = invitations.filter((each) => !isOpen(each)).slice(0, mostEnded);
  return (
    <section data-testid="moderators">
      <h3>{t("moderators.title")}</h3>
      <p className={styles["hint"]}>{t("moderators.hint")}</p>
      {isOwnCertificate && <p className={styles["hint"]}>{t("moderators.certificate")}</p>}
      {problem && <Alert type="error" showIcon title={t(`error.${problem}`)} />}
      {moderators.length > 0 && (
        <ul className={styles["list"]} aria-label={t("moderators.title")}>
          {moderators.map(({ person, online }) => (
            <li key={person.viewerId} className={styles["row"]}>
              <i
                className={styles["dot"]}
                role="img"
                data-online={online}
                aria-label={t(online ? "moderators.online" : "moderators.offline")}
                title={t(online ? "moderators.online" : "moderators.offline")}
              />
              <span title={person.nickname}>{person.nickname}</span>
              <Popconfirm
                title={t("moderators.removeAsk", { name: person.nickname })}
                okText={t("moderators.remove")}
                cancelText={t("moderators.keep")}
                onConfirm={() => void remove(person.viewerId)}
              >
                <Button size="small" danger type="text" disabled={!connected}>
                  {t("moderators.remove")}
                </Button>
              </Popconfirm>
            </li>
          ))}
        </ul>
      )}
      {open.length > 0 && (
        <ul className={styles["list"]} aria-label={t("moderators.invitations")}>
          {open.map(({ invitationId, name: invited, expiresAtMs, link }) => (
            <li key={invitationId} className={styles["row"]}>
              <span title={invited}>
                {invited}
                <small>{t("moderators.until", { time: until.format(expiresAtMs) })}</small>
              </span>
              <IconButton
                label={t("moderators.copy", { name: invited })}
                icon={<CopyIcon size={14} />}
                disabled={link === null}
                onClick={() => link !== null && void copy(link)}
              />
              <IconButton
                label={t("moderators.revoke", { name: invited })}
                icon={<TrashIcon size={14} />}
                disabled={!connected}
                onClick={() => void revoke(invitationId)}
              />
            </li>
          ))}
        </ul>
      )}
      {ended.length > 0 && (
        <ul className={styles["list"]} aria-label={t("moderators.ended")}>
          {ended.map(({ invitationId, name: invited, state: told }) => (
            <li key={invitationId} className={styles["row"]} data-ended="true">
              <span title={invited}>
                {invited}
                <small>{t(`moderators.${told === "open" ? "expired" : told}`)}</small>
              </span>
            </li>
          ))}
        </ul>
      )}
      <div className={styles["invite"]}>
        <Input
          value={name}
          maxLength={20}
          placeholder={t("moderators.name")}
          aria-label={t("moderators.name")}
          onChange={(event) => setName(event.target.value)}
          onPressEnter={() => void invite()}
        />
        <Select
          aria-label={t("moderators.hours")}
          value={hours}
          options={hoursOffered.map((value) => ({
            value,
            label: t(`moderators.hours.${value}`),
          }))}
          onChange={setHours}
        />
        <Button
          type="primary"
          disabled={!connected || !nickname.success}
          onClick={() => void invite()}
        >
          {t("moderators.invite")}
        </Button>
      </div>
    </section>
  );
};
