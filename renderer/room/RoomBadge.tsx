import { useStore } from "zustand";
import { useWords } from "../i18n/words.ts";
import { useStudio } from "../studio/studio-context.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { CopyIcon, LinkIcon } from "../ui/icons.tsx";
import { CertificateNote } from "./CertificateNote.tsx";
import styles from "./Room.module.css";
import { infoOf } from "./room-info.ts";
import { useCopyLink } from "./use-copy-link.ts";

/** Which room the programme goes to, and the link to pass on. */
export const RoomBadge = () => {
  const t = useWords();
  const state = useStore(useStudio().room);
  const info = infoOf(state);
  const copy = useCopyLink();
  const name = info
    ? info.kind === "rehearsal"
      ? t("room.rehearsal")
      : info.roomId
    : t(`room.status.${state.status === "reconnecting" ? "connecting" : state.status}`);
  return (
    <div className={styles["badge"]}>
      <span className={styles["name"]} title={name} data-kind={info?.kind}>
        {name}
      </span>
      {info && (
        <span className={styles["link"]}>
          <LinkIcon size={13} />
          <span className={styles["url"]} title={info.viewerUrl}>
            {info.viewerUrl.replace(/^http:\/\//, "")}
          </span>
          <IconButton
            label={t("room.copyLong")}
            icon={<CopyIcon size={14} />}
            onClick={() => void copy(info.viewerUrl)}
          />
          {info.fingerprint !== null && <CertificateNote fingerprint={info.fingerprint} />}
        </span>
      )}
      {state.status === "uplinkOnly" && (
        <span className={styles["hint"]} title={t("room.uplinkOnlyHint")}>
          {t("room.uplinkOnlyHint")}
        </span>
      )}
    </div>
  );
};
