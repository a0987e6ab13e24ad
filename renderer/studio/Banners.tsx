import { App } from "antd";
import { type ReactNode, useState } from "react";
import { useStore } from "zustand";
import { useWords } from "../i18n/words.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { CloseIcon, DownloadIcon, WarningIcon } from "../ui/icons.tsx";
import styles from "./StudioWindow.module.css";
import { useOnAir, useStudio } from "./studio-context.ts";

interface BannerProps {
  readonly tone: "bad" | "warn" | "news";
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

const Banner = ({ tone, children, action }: BannerProps) => (
  <div className={styles["banner"]} data-tone={tone} role={tone === "news" ? "status" : "alert"}>
    {tone === "news" ? <DownloadIcon size={14} /> : <WarningIcon size={14} />}
    <span>{children}</span>
    {action}
  </div>
);

/** Offers the restart into a new version, never while live. */
const UpdateBanner = () => {
  const t = useWords();
  const { message } = App.useApp();
  const { document, notices, request } = useStudio();
  const update = useStore(notices, (state) => state.update);
  const mayGoOn = useStore(notices, (state) => state.offeredSinceMs !== null);
  const onAir = useOnAir();
  const [putOff, setPutOff] = useState<string | null>(null);
  if (update.status !== "ready" || update.version === putOff || onAir || mayGoOn) return null;
  const restart = async () => {
    await document.flush();
    const answer = await request("update.install", {});
    if (!answer.ok) void message.error(t(`error.${answer.error.code}`));
  };
  return (
    <Banner
      tone="news"
      action={
        <>
          <button type="button" onClick={() => void restart()}>
            {t("app.update.restart")}
          </button>
          <button type="button" onClick={() => setPutOff(update.version)}>
            {t("app.update.later")}
          </button>
        </>
      }
    >
      {t("app.update.banner", { version: update.version })}
    </Banner>
  );
};

/** A restart is offered once, and never on air. */
const LighterOffer = () => {
  const t = useWords();
  const { document, notices, request } = useStudio();
  const offered = useStore(
    notices,
    ({ restartOffered, offeredSinceMs }) => restartOffered && offeredSinceMs === null,
  );
  const onAir = useOnAir();
  if (!offered || onAir) return null;
  const restart = async (): Promise<void> => {
    await document.flush();
    await request("app.restart", {});
  };
  return (
    <Banner
      tone="warn"
      action={
        <>
          <button type="button" onClick={() => void restart()}>
            {t("app.restartNow")}
          </button>
          <button type="button" onClick={() => notices.setState({ restartOffered: false })}>
            {t("app.later")}
          </button>
        </>
      }
    >
      {t("app.lighterOffer")}
    </Banner>
  );
};

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
      <LighterOffer />
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
      <UpdateBanner />
    </>
  );
};
