import { type ReactNode, useId } from "react";
import styles from "./Panel.module.css";

interface Props {
  readonly title: string;
  readonly actions?: ReactNode;
  readonly grow?: boolean;
  readonly children: ReactNode;
}

/** A titled region of the window; its content scrolls by itself. */
export const Panel = ({ title, actions, grow, children }: Props) => {
  const titleId = useId();
  return (
    <section className={styles["panel"]} data-grow={grow} aria-labelledby={titleId}>
      <header className={styles["header"]}>
        <h2 id={titleId} className={styles["title"]}>
          {title}
        </h2>
        <div className={styles["actions"]}>{actions}</div>
      </header>
      <div className={styles["body"]}>{children}</div>
    </section>
  );
};
