import { FilterId } from "../../preload/contract/ids.ts";
import type { FilterOf } from "../../preload/contract/filter.ts";

/** Takes pure green out up to near grey. */
export const greenKey: FilterOf<"chromaKey"> = {
  id: FilterId.parse("key"),
  kind: "chromaKey",
  enabled: true,
  colour: "#00ff00",
  similarity: 0.36,
  smoothness: 0.07,
  spill: 0.09,
};
