import { useMemo } from "react";
import { useStore } from "zustand";
import { useWords } from "../i18n/words.ts";
import { useStudio } from "../studio/studio-context.ts";
import { commandContext } from "./commands/command-context.ts";
import { type CommandId, commandOf, commandsOfCombo, runCommand } from "./commands/commands.ts";
import { comboOf, type KeyPress } from "./commands/keys.ts";

/** What keys, menus and buttons do, on what is selected when they are used. */
export const useCommands = () => {
  const studio = useStudio();
  const words = useWords();
  return useMemo(
    () => ({
      context: () => commandContext(studio),
      run: (id: CommandId): boolean => runCommand(id, commandContext(studio), words),
      /** Answers whether the key was a command that could be run; `except` are keys that mean something else there. */
      press: (press: KeyPress, except?: ReadonlySet<string>): boolean => {
        const combo = comboOf(press);
        if (except?.has(combo)) return false;
        return commandsOfCombo(combo).some((id) => runCommand(id, commandContext(studio), words));
      },
    }),
    [studio, words],
  );
};

/** How a command's button looks now. */
export const useCommandState = (
  id: CommandId,
): { readonly enabled: boolean; readonly checked: boolean } => {
  const studio = useStudio();
  const select = (): number => {
    const context = commandContext(studio);
    const { enabled, checked } = commandOf(id);
    return (enabled(context) ? 1 : 0) + (checked?.(context) ? 2 : 0);
  };
  useStore(studio.document.state, select);
  useStore(studio.engine.sources, select);
  const state = useStore(studio.view, select);
  return { enabled: (state & 1) !== 0, checked: (state & 2) !== 0 };
};
