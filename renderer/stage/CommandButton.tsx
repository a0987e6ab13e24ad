import type { ReactNode } from "react";
import { useWords } from "../i18n/words.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { type CommandId, commandOf, shortcutOf } from "./commands/commands.ts";
import { useCommands, useCommandState } from "./use-commands.ts";

interface Props {
  readonly id: CommandId;
  readonly icon: ReactNode;
  /** Of its tooltip, as an IconButton's. */
  readonly placement?: "topLeft";
}

/** A command as a button whose tooltip teaches its key. */
export const CommandButton = ({ id, icon, placement }: Props) => {
  const t = useWords();
  const commands = useCommands();
  const { enabled, checked } = useCommandState(id);
  const shortcut = shortcutOf(id);
  return (
    <IconButton
      label={t(`command.${id}`)}
      {...(shortcut !== undefined && { shortcut })}
      {...(commandOf(id).checked && { pressed: checked })}
      icon={icon}
      {...(placement && { placement })}
      disabled={!enabled}
      onClick={() => commands.run(id)}
    />
  );
};
