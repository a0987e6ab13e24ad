import type { ReactNode } from "react";
import styles from "./Field.module.css";

interface Props {
  readonly label: string;
  /** Below the control, weaker. */
  readonly hint?: string | undefined;
  /** Label above the control instead of beside it. */
  readonly stacked?: boolean;
  readonly children: ReactNode;
}

/** One labelled control of a form. */
export const Field = ({ label, hint, stacked, children }: Props) => (
  <div className={styles["field"]} data-stacked={stacked}>
    <label className={styles["label"]}>
      <span className={styles["text"]} title={label}>
        {label}
      </span>
      <span className={styles["control"]}>{children}</span>
    </label>
    {hint && <p className={styles["hint"]}>{hint}</p>}
  </div>
);
