import type { Filter, FilterKind } from "../../../preload/contract/scene.ts";
import { newFilterId } from "../new-id.ts";

/** A filter as it begins: right for an evenly lit green screen. */
export const newFilter = (kind: FilterKind): Filter => {
  switch (kind) {
    case "chromaKey":
      return {
        id: newFilterId(),
        kind,
        enabled: true,
        colour: "#00b140",
        similarity: 0.2,
        smoothness: 0.08,
        spill: 0.1,
      };
    default:
      return kind satisfies never;
  }
};
