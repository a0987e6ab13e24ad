import type { ItemId, SourceId } from "../../preload/contract/ids.ts";
import type { Item } from "../../preload/contract/scene.ts";
import { noCrop, type Placement, plainTransform } from "./transform.ts";

/** An item that shows all of its source as it is. */
export const newItem = (
  id: ItemId,
  sourceId: SourceId,
  placement: Placement = { transform: plainTransform, crop: noCrop },
): Item => ({
  id,
  sourceId,
  ...placement,
  visible: true,
  locked: false,
  opacity: 1,
  blend: "normal",
  filters: [],
  groupId: null,
});
