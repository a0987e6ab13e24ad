import styles from "./Spinner.module.css";

/** Something is under way; the words beside it say what. */
export const Spinner = ({ size = 14 }: { readonly size?: number }) => (
  <span className={styles["spinner"]} style={{ width: size, height: size }} aria-hidden="true" />
);
