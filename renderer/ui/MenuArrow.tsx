import { ChevronRightIcon } from "./icons.tsx";
import styles from "./MenuArrow.module.css";

/** Of an entry with a menu of its own. antd's own arrow says "right" to screen readers. */
export const MenuArrow = () => (
  <span className={styles["arrow"]}>
    <ChevronRightIcon size={12} />
  </span>
);
