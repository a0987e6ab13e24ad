import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { useStore } from "zustand";
import { useWords } from "../i18n/words.ts";
import { infoOf } from "../room/room-info.ts";
import { useCopyLink } from "../room/use-copy-link.ts";
import { useRehearsalAudience } from "../room/use-rehearsal-audience.ts";
import { useStudio } from "../studio/studio-context.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { CheckIcon, CloseIcon } from "../ui/icons.tsx";
import styles from "./GuideCard.module.css";

interface StepProps {
  readonly number: number;
  readonly done: boolean;
  readonly title: string;
  readonly action?: ReactNode;
}

const Step = ({ number, done, title, action }: StepProps) => {
  const t = useWords();
  return (
    <li className={styles["step"]} data-done={done}>
      <span className={styles["tick"]} aria-label={done ? t("guide.done") : String(number)}>
        {done ? <CheckIcon size={12} /> : number}
      </span>
      <span className={styles["title"]} title={title}>
        {title}
      </span>
      {!done && action}
    </li>
  );
};

/** Leads a newcomer to the first gift; each step ticks itself. */
export const GuideCard = () => {
  const { settings } = useStudio();
  const done = useStore(settings.state, ({ guideDone }) => guideDone);
  return done ? null : <Guide />;
};

const Guide = () => {
  const t = useWords();
  const { engine, feed, room, settings, view } = useStudio();
  const live = useStore(engine.broadcast, ({ phase }) => phase === "live");
  const linkCopied = useStore(view, (state) => state.linkCopied);
  const giftSeen = useStore(feed.state, ({ gifts }) => gifts > 0);
  const url = useStore(room, (state) => infoOf(state)?.viewerUrl);
  const copy = useCopyLink();
  const audience = useRehearsalAudience();
  const [wasLive, setWasLive] = useState(false);
  if (live && !wasLive) setWasLive(true);
  const allDone = wasLive && linkCopied && giftSeen;
  const finish = () => void settings.update({ guideDone: true });

  return (
    <aside className={styles["card"]} aria-label={t("guide.title")}>
      <strong className={styles["heading"]}>
        {allDone ? t("guide.finished") : t("guide.title")}
      </strong>
      <ol className={styles["steps"]}>
        <Step number={1} done={wasLive} title={t("guide.goLive")} />
        <Step
          number={2}
          done={linkCopied}
          title={t("guide.watch")}
          action={
            url && (
              <Button size="small" onClick={() => void copy(url)}>
                {t("room.copy")}
              </Button>
            )
          }
        />
        <Step
          number={3}
          done={giftSeen}
          title={t("guide.gift")}
          action={
            audience && (
              <Button size="small" onClick={() => void audience.setRunning(!audience.running)}>
                {audience.running ? t("guide.audienceStop") : t("guide.audienceStart")}
              </Button>
            )
          }
        />
      </ol>
      <IconButton label={t("guide.dismiss")} icon={<CloseIcon size={14} />} onClick={finish} />
    </aside>
  );
};
