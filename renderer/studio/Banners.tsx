import type { ReactNode } from "react";
import { useStore } from "zustand";
import { useWords } from "../i18n/words.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { CloseIcon, WarningIcon } from "../ui/icons.tsx";
import styles from "./StudioWindow.module.css";
import { useStudio } from "./studio-context.ts";

const Banner = (props: { tone: "bad" | "warn"; children: ReactNode; action?: ReactNode }) => (
  <div className={styles["banner"]} data-tone={props.tone} role="alert">
    <WarningIcon size={14} />
    <span>{props.children}</span>
    {props.action}
  </div>
);

/** Problems that last: each stays until it is over, or has been read where it is said only once. */
export const Banners = () => {
  const t = useWords();
  const { document, notices, room, view } = useStudio();
  const { ledgerFailure, notices: said } = useStore(notices);
  const saveFailure = useStore(document.saveFailure);
  const roomFailure = useStore(room, (state) => (state.status === "failed" ? state.error : null));
  return (
    <>
      {ledgerFailure && <Banner tone="bad">{t("app.ledgerFailure")}</Banner>}
      {saveFailure && (
        <Banner
          tone="bad"
          action={
            <button type="button" onClick={() => void document.flush()}>
              {t("app.tryAgain")}
            </button>
          }
        >
          {t(`error.${saveFailure.code}`)}
        </Banner>
      )}
      {roomFailure && (
        <Banner
          tone="bad"
          action={
            <button type="button" onClick={() => view.setState({ settingsOpen: true })}>
              {t("room.chooseAnother")}
            </button>
          }
        >
          {t(`error.${roomFailure.code}`)}
        </Banner>
      )}
      {said.map((code) => (
        <Banner
          key={code}
          tone="warn"
          action={
            <IconButton
              label={t("app.close")}
              icon={<CloseIcon size={13} />}
              onClick={() => notices.setState({ notices: said.filter((other) => other !== code) })}
            />
          }
        >
          {t(`error.${code}`)}
        </Banner>
      ))}
    </>
  );
};
