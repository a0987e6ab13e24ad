import { Tooltip } from "antd";
import type { ReactNode } from "react";
import styles from "./IconButton.module.css";

interface Props {
  /** Says what it does; also its tooltip. */
  readonly label: string;
  /** Shown behind the label in the tooltip. */
  readonly shortcut?: string;
  readonly icon: ReactNode;
  readonly onClick: () => void;
  readonly disabled?: boolean;
  readonly pressed?: boolean;
  readonly tone?: "danger";
  /** Where the tooltip is; above the middle unless the button is at the window's edge. */
  readonly placement?: "topLeft" | "topRight";
  /** Reached by arrow keys of the list around it instead of Tab. */
  readonly outOfTabOrder?: boolean;
}

/** A finger does not hover: a tooltip would come by a tap and stay. */
const hovers = (): boolean => matchMedia("(hover: hover)").matches;

export const IconButton = (props: Props) => (
  <Tooltip
    title={props.shortcut ? `${props.label}  ${props.shortcut}` : props.label}
    mouseEnterDelay={0.5}
    placement={props.placement ?? "top"}
    {...(!hovers() && { open: false })}
  >
    <button
      type="button"
      className={styles["button"]}
      aria-label={props.label}
      aria-pressed={props.pressed}
      disabled={props.disabled}
      data-tone={props.tone}
      tabIndex={props.outOfTabOrder ? -1 : 0}
      onClick={(event) => {
        event.stopPropagation();
        props.onClick();
      }}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      {props.icon}
    </button>
  </Tooltip>
);
