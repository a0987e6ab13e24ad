import type { WordKey } from "../../i18n/locales.ts";
import type { Words } from "../../i18n/words.ts";
import { selectionOf } from "../../scene/selection.ts";
import type { Layer } from "../layers.ts";
import type { CommandContext } from "./command-context.ts";

/** Something that the anchor can ask for by key, menu or button. */
export interface Command {
  /**
   * The first one is shown; `comboOf` says how they are written. Of commands that share a key the first that is enabled has
   * it.
   */
  readonly keys: readonly string[];
  readonly enabled: (context: CommandContext) => boolean;
  /** Called only while it is enabled. */
  readonly run: (context: CommandContext, words: Words) => void;
  /** Of what is switched on and off. */
  readonly checked?: (context: CommandContext) => boolean;
  /** Why it is not enabled, where that is not plain to see. Called only then. */
  readonly obstacle?: (context: CommandContext) => WordKey | null;
}

export const idsOf = (layers: readonly Layer[]) => layers.map(({ item }) => item.id);

/** Something is selected in the scene. */
export const some = ({ selected }: CommandContext): boolean => selected.length > 0;

export const select = (
  { studio, inside }: CommandContext,
  layers: readonly Layer[],
  within = inside,
): void => studio.view.setState({ selection: selectionOf(idsOf(layers), within) });
