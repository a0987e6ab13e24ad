import { Tooltip } from "antd";
import { useStore } from "zustand";
import type { SourceId } from "../../preload/contract/ids.ts";
import { useWords } from "../i18n/words.ts";
import type { SourceStatus } from "../session/state.ts";
import { useStudio } from "../studio/studio-context.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { RetryIcon, WarningIcon } from "../ui/icons.tsx";
import { Spinner } from "../ui/Spinner.tsx";
import styles from "./SourcesPanel.module.css";

/** Says that a source is being opened, or what is wrong with it, with a retry. */
export const StatusMark = (props: { sourceId: SourceId; status: SourceStatus | undefined }) => {
  const t = useWords();
  const { engine } = useStudio();
  const { status } = props;
  if (!status || (status.state === "running" && !status.fault)) return null;
  if (status.state === "opening")
    return (
      <span className={styles["mark"]} role="status" aria-label={t("source.opening")}>
        <Spinner size={13} />
      </span>
    );
  const error = status.state === "failed" ? status.error : status.fault;
  const reason = error ? t(`error.${error.code}`) : "";
  return (
    <>
      <Tooltip title={reason}>
        <span className={styles["failed"]} role="img" aria-label={reason}>
          <WarningIcon size={14} />
        </span>
      </Tooltip>
      <IconButton
        label={t("source.retry")}
        icon={<RetryIcon size={14} />}
        onClick={() => engine.reopenSource(props.sourceId)}
      />
    </>
  );
};

/** Says that all of an item's picture is hidden, since nothing tells people from their background. */
export const HiddenMark = () => {
  const t = useWords();
  const { engine } = useStudio();
  const isFailed = useStore(engine.stats, ({ segmenter }) => segmenter.state === "failed");
  if (!isFailed) return null;
  const reason = t("filter.background.failed");
  return (
    <Tooltip title={reason}>
      <span className={styles["failed"]} role="img" aria-label={reason}>
        <WarningIcon size={14} />
      </span>
    </Tooltip>
  );
};
