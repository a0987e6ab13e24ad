import type { Filter } from "../../../preload/contract/filter.ts";
import type { WordKey } from "../../i18n/locales.ts";

/** What is set of a filter: all but who it is. */
export type Settings<F extends Filter> = Omit<F, "id" | "kind" | "enabled">;

type NamesOf<F, Value> = {
  [K in keyof F]-?: F[K] extends Value ? K : never;
}[keyof F] &
  string;

/** Shown only where another setting is one of these. */
interface Condition {
  readonly name: string;
  readonly is: readonly unknown[];
}

/** How a number is shown: the value times `factor`, with a unit. */
export interface NumberField<F> {
  readonly type: "number";
  readonly name: NamesOf<Settings<F & Filter>, number>;
  readonly label: WordKey;
  readonly hint?: WordKey;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly factor: number;
  readonly unit: "%" | "px" | "°";
  readonly when?: Condition;
}

export interface ColourField<F> {
  readonly type: "colour";
  readonly name: NamesOf<Settings<F & Filter>, string>;
  readonly label: WordKey;
  readonly when?: Condition;
  readonly presets: readonly { readonly label: WordKey; readonly colours: readonly string[] }[];
}

export interface ChoiceField<F> {
  readonly type: "choice";
  readonly name: NamesOf<Settings<F & Filter>, string>;
  readonly label: WordKey;
  readonly options: readonly { readonly value: string; readonly label: WordKey }[];
  readonly when?: Condition;
}

/** A picture of the anchor's. */
export interface PictureField<F> {
  readonly type: "picture";
  readonly name: NamesOf<Settings<F & Filter>, string | null>;
  readonly label: WordKey;
  /** What it means that none is chosen; absent: the filter does nothing then. */
  readonly none?: WordKey;
  readonly when?: Condition;
}

/** A `.cube` file or a picture of a LUT, whose name goes into `fileName`. */
export interface LutFileField<F> {
  readonly type: "lutFile";
  readonly name: NamesOf<Settings<F & Filter>, string | null>;
  readonly label: WordKey;
  readonly when?: Condition;
}

export interface SwitchField<F> {
  readonly type: "switch";
  readonly name: NamesOf<Settings<F & Filter>, boolean>;
  readonly label: WordKey;
  readonly when?: Condition;
}

export type FilterField<F> =
  | NumberField<F>
  | ColourField<F>
  | ChoiceField<F>
  | SwitchField<F>
  | PictureField<F>
  | LutFileField<F>;

export interface FilterPreset<F extends Filter> {
  readonly label: WordKey;
  readonly settings: Partial<Settings<F>>;
}

/** How a kind of filter begins, what of it can be set, and what others have found to be good. */
export interface FilterForm<F extends Filter> {
  readonly label: WordKey;
  readonly initial: Settings<F>;
  readonly fields: readonly FilterField<F>[];
  readonly presets: readonly FilterPreset<F>[];
  /** What is seen of the CPU painter doing it with less than each pixel, or not in each picture. */
  readonly cpuNote?: WordKey;
}

/** A share of 1, shown in per cent. */
export const percent = { step: 0.01, factor: 100, unit: "%" } as const;
