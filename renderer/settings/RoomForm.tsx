import { Button, Input, Segmented } from "antd";
import { useState } from "react";
import { useStore } from "zustand";
import type { RoomState } from "../../preload/contract/ipc.ts";
import type { ErrorCode } from "../../preload/contract/result.ts";
import { useWords } from "../i18n/words.ts";
import { roomStatus } from "../room/room-status.ts";
import { useStudio } from "../studio/studio-context.ts";
import { Field } from "../ui/Field.tsx";
import styles from "./SettingsDialog.module.css";

const RoomOutcome = ({ state }: { readonly state: RoomState }) => {
  const t = useWords();
  const words =
    state.status === "failed"
      ? t(`error.${state.error.code}`)
      : state.status === "uplinkOnly"
        ? t("room.uplinkOnlyHint")
        : roomStatus(state, t);
  return (
    <p className={styles["outcome"]} data-status={state.status} role="status">
      <i />
      {words}
    </p>
  );
};

/** An invitation opens the chat of another one's room beside, and changes nothing here. */
const isInvitation = (link: string | null): link is string => link?.includes("#invite=") ?? false;

/** Chooses the room: the rehearsal room of this computer, or one by its link. */
export const RoomForm = ({ disabled }: { readonly disabled: boolean }) => {
  const t = useWords();
  const { request, room } = useStudio();
  const state = useStore(room);
  const current = state.link;
  const [byLink, setByLink] = useState(current !== null);
  const [link, setLink] = useState(current ?? "");
  const [problem, setProblem] = useState<ErrorCode | null>(null);

  const choose = async (wanted: string | null) => {
    const answer = isInvitation(wanted)
      ? await request("moderating.open", { link: wanted })
      : await request("room.choose", { link: wanted });
    if (answer.ok && isInvitation(wanted)) setLink(current ?? "");
    setProblem(answer.ok ? null : answer.error.code);
  };
  return (
    <section>
      <h3>{t("settings.room")}</h3>
      <Field label={t("settings.roomChoice")}>
        <Segmented
          aria-label={t("settings.roomChoice")}
          disabled={disabled}
          value={byLink ? "link" : "rehearsal"}
          options={[
            { value: "rehearsal", label: t("settings.room.rehearsal") },
            { value: "link", label: t("settings.room.link") },
          ]}
          onChange={(value) => {
            setByLink(value === "link");
            setProblem(null);
            if (value === "rehearsal" && current !== null) void choose(null);
          }}
        />
      </Field>
      {byLink && (
        <Field label={t("settings.link")} hint={t("settings.linkHint")}>
          <Input
            aria-label={t("settings.link")}
            value={link}
            maxLength={4_000}
            disabled={disabled}
            placeholder="https://…/#anchor=…"
            spellCheck={false}
            onChange={(event) => setLink(event.target.value)}
            onPressEnter={() => link.trim() && void choose(link.trim())}
          />
          <Button
            type="primary"
            disabled={disabled || link.trim() === ""}
            onClick={() => void choose(link.trim())}
          >
            {t("settings.connect")}
          </Button>
        </Field>
      )}
      {problem ? (
        <p className={styles["outcome"]} data-status="failed" role="alert">
          <i />
          {t(`error.${problem}`)}
        </p>
      ) : (
        (!byLink || current !== null) && <RoomOutcome state={state} />
      )}
    </section>
  );
};
