import type { ErrorCode } from "../../preload/contract/result.ts";
import { useWords } from "../i18n/words.ts";
import type { View } from "../scene/transform.ts";
import type { Layer } from "./layers.ts";
import { onStage } from "./on-stage.ts";
import styles from "./Stage.module.css";

/** What a placeholder says; null where the picture says it itself. */
export const placeholderOf = ({
  visible,
  status,
}: Layer): { readonly error: ErrorCode | null; readonly over: boolean } | null => {
  if (!visible || !status) return null;
  if (status.state === "failed") return { error: status.error.code, over: false };
  if (status.state !== "running") return { error: null, over: false };
  return status.fault ? { error: status.fault.code, over: true } : null;
};

interface Props {
  readonly layer: Layer;
  readonly view: View;
  readonly error: ErrorCode | null;
  /** There is a picture below, but it is no good. */
  readonly over: boolean;
}

/** A box where a picture is awaited or could not be had, and over one that is no good. */
export const Placeholder = ({ layer, view, error, over }: Props) => {
  const t = useWords();
  const rect = onStage(view, layer.bounds);
  return (
    <g className={styles["placeholder"]} data-failed={error !== null} data-over={over}>
      <rect {...rect} />
      <foreignObject {...rect}>
        <div className={styles["placeholderText"]}>
          <strong>{layer.source.name}</strong>
          <span>{error ? t(`error.${error}`) : t("source.opening")}</span>
        </div>
      </foreignObject>
    </g>
  );
};
