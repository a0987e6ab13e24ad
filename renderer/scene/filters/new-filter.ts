import type { FilterKind, FilterOf } from "../../../preload/contract/filter.ts";
import { newFilterId } from "../new-id.ts";
import { filterForms } from "./filter-forms.ts";

/** A filter as it begins. */
export const newFilter = <K extends FilterKind>(kind: K): FilterOf<K> =>
  ({
    id: newFilterId(),
    kind,
    enabled: true,
    ...filterForms[kind].initial,
  }) as unknown as FilterOf<K>;
