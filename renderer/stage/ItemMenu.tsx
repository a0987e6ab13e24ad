import { Dropdown, type MenuProps } from "antd";
import { type ReactElement, useState } from "react";
import { BlendMode } from "../../preload/contract/scene.ts";
import type { WordKey } from "../i18n/locales.ts";
import { useWords, type Words } from "../i18n/words.ts";
import { CheckIcon } from "../ui/icons.tsx";
import { MenuArrow } from "../ui/MenuArrow.tsx";
import type { CommandContext } from "./commands/command-context.ts";
import {
  blendCommands,
  type CommandId,
  commandOf,
  runCommand,
  shortcutOf,
} from "./commands/commands.ts";
import styles from "./Stage.module.css";
import { useCommands } from "./use-commands.ts";

type Part =
  | CommandId
  | "-"
  | { readonly group: "placement" | "align" | "order" | "blend"; readonly of: readonly Part[] };

const onItems: readonly Part[] = [
  "properties",
  "rename",
  "-",
  "cut",
  "copy",
  "paste",
  "duplicate",
  "remove",
  "-",
  "group",
  "ungroup",
  "-",
  {
    group: "placement",
    of: [
      "fit",
      "fill",
      "stretch",
      "-",
      "centre",
      "centreAcross",
      "centreDown",
      "-",
      "turnRight",
      "turnLeft",
      "turnHalf",
      "flipAcross",
      "flipDown",
      "-",
      "copyPlacement",
      "pastePlacement",
      "resetPlacement",
    ],
  },
  {
    group: "align",
    of: [
      "alignLeft",
      "alignCentre",
      "alignRight",
      "-",
      "alignTop",
      "alignMiddle",
      "alignBottom",
      "-",
      "distributeAcross",
      "distributeDown",
    ],
  },
  {
    group: "order",
    of: ["toTop", "raise", "lower", "toBottom", "-", "intoGroup", "outOfGroup"],
  },
  { group: "blend", of: BlendMode.options.map((mode) => blendCommands[mode]) },
  "-",
  "hide",
  "lock",
];

const onNothing: readonly Part[] = [
  "paste",
  "selectAll",
  "-",
  "zoomFit",
  "zoomActual",
  "safeAreas",
  "keyList",
];

/** What a switch is called while it is on. */
const contraries: Partial<Record<CommandId, WordKey>> = {
  hide: "source.show",
  lock: "source.unlock",
};
const ticked: ReadonlySet<CommandId> = new Set<CommandId>([
  ...Object.values(blendCommands),
  "safeAreas",
]);

const itemsOf = (
  parts: readonly Part[],
  context: CommandContext,
  t: Words,
): NonNullable<MenuProps["items"]> =>
  parts.map((part, index) => {
    if (part === "-") return { key: `divider ${index}`, type: "divider" };
    if (typeof part === "object")
      return {
        key: part.group,
        label: t(`command.group.${part.group}`),
        children: itemsOf(part.of, context, t),
        disabled: context.selected.length === 0,
      };
    const command = commandOf(part);
    const checked = command.checked?.(context) ?? false;
    const contrary = checked ? contraries[part] : undefined;
    const name = t(contrary ?? `command.${part}`);
    const disabled = !command.enabled(context);
    const obstacle = disabled ? command.obstacle?.(context) : null;
    return {
      key: part,
      label: obstacle ? t("command.not", { command: name, why: t(obstacle) }) : name,
      disabled,
      extra: shortcutOf(part) ?? "",
      ...(ticked.has(part) && {
        icon: <span className={styles["check"]}>{checked && <CheckIcon size={12} />}</span>,
        "aria-checked": checked,
      }),
      onClick: () => void runCommand(part, context, t),
    };
  });

interface Props {
  /** Called before the menu opens; `at` in the window's CSS pixels, null where a key opened it. */
  readonly onOpen: (at: { readonly x: number; readonly y: number } | null) => void;
  readonly children: ReactElement;
}

/** What can be done with what is selected, by the right mouse button or the menu key. */
export const ItemMenu = ({ onOpen, children }: Props) => {
  const t = useWords();
  const commands = useCommands();
  const [context, setContext] = useState<CommandContext | null>(null);
  return (
    <div
      className={styles["menuTarget"]}
      onContextMenuCapture={(event) => {
        // The menu key says button 0 in a pointer event of no pointer.
        onOpen(event.button === 2 ? { x: event.clientX, y: event.clientY } : null);
      }}
    >
      <Dropdown
        trigger={["contextMenu"]}
        // Where it fits neither below nor above the pointer, beside it.
        align={{ offset: [0, 0], overflow: { adjustX: true, adjustY: true, shiftY: true } }}
        autoFocus
        onOpenChange={(open) => setContext(open ? commands.context() : null)}
        menu={{
          items: context
            ? itemsOf(context.selected.length > 0 ? onItems : onNothing, context, t)
            : [{ key: "none", label: "" }],
          className: styles["menu"] ?? "",
          expandIcon: <MenuArrow />,
        }}
      >
        {children}
      </Dropdown>
    </div>
  );
};
