import { useEffect, useRef } from "react";
import styles from "./EditableName.module.css";

interface Props {
  readonly name: string;
  readonly label: string;
  readonly editing: boolean;
  /** Null where nothing (new) was written. */
  readonly onDone: (name: string | null) => void;
}

/** A name that turns into an input: Enter or leaving it keeps what was written, Escape does not. */
export const EditableName = ({ name, label, editing, onDone }: Props) => {
  const input = useRef<HTMLInputElement>(null);
  const done = useRef(false);
  useEffect(() => {
    done.current = false;
    if (editing) input.current?.select();
  }, [editing]);
  if (!editing)
    return (
      <span className={styles["name"]} title={name}>
        {name}
      </span>
    );
  const finish = (keep: boolean) => {
    if (done.current) return;
    done.current = true;
    const written = input.current?.value.trim() ?? "";
    onDone(keep && written !== "" && written !== name ? written : null);
  };
  return (
    <input
      ref={input}
      className={styles["input"]}
      defaultValue={name}
      maxLength={100}
      aria-label={label}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.nativeEvent.isComposing) return;
        if (event.key === "Enter") finish(true);
        if (event.key === "Escape") finish(false);
      }}
      onBlur={() => finish(true)}
      onClick={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
    />
  );
};
