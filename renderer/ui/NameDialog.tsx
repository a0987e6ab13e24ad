import { Input, Modal } from "antd";
import { useWords } from "../i18n/words.ts";
import styles from "./NameDialog.module.css";

interface Props {
  /** What is being named; null where nothing is: closed. */
  readonly title: string | null;
  readonly label: string;
  readonly okText: string;
  readonly name: string;
  readonly longest: number;
  /** What would come of this name, said below it. */
  readonly hint?: string | undefined;
  /** This name cannot be taken. */
  readonly refused?: boolean;
  readonly onName: (name: string) => void;
  /** Not for a name of spaces, and not for one that is refused. */
  readonly onDone: () => void;
  readonly onCancel: () => void;
  /** It is gone from the screen: the focus belongs back to where it was. */
  readonly onClosed: () => void;
}

/** Asks for one name. */
export const NameDialog = (props: Props) => {
  const t = useWords();
  const isGood = props.name.trim() !== "" && props.refused !== true;
  return (
    <Modal
      open={props.title !== null}
      title={props.title}
      okText={props.okText}
      cancelText={t("app.cancel")}
      okButtonProps={{ disabled: !isGood }}
      width={400}
      destroyOnHidden
      onOk={props.onDone}
      onCancel={props.onCancel}
      afterOpenChange={(open) => !open && props.onClosed()}
    >
      <Input
        autoFocus
        aria-label={props.label}
        placeholder={props.label}
        maxLength={props.longest}
        value={props.name}
        onChange={(event) => props.onName(event.target.value)}
        onPressEnter={(event) => {
          if (event.nativeEvent.isComposing) return;
          // What opened this gets the focus back, and the key would press it.
          event.preventDefault();
          if (isGood) props.onDone();
        }}
      />
      {props.hint !== undefined && (
        <p className={styles["hint"]} role="status">
          {props.hint}
        </p>
      )}
    </Modal>
  );
};
