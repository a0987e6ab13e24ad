import {
  FilterId,
  FilterPresetId,
  GroupId,
  ItemId,
  SceneId,
  SourceId,
} from "../../preload/contract/ids.ts";

export const newSceneId = (): SceneId => SceneId.parse(crypto.randomUUID());
export const newFilterId = (): FilterId => FilterId.parse(crypto.randomUUID());
export const newFilterPresetId = (): FilterPresetId => FilterPresetId.parse(crypto.randomUUID());
export const newGroupId = (): GroupId => GroupId.parse(crypto.randomUUID());
export const newItemId = (): ItemId => ItemId.parse(crypto.randomUUID());
export const newSourceId = (): SourceId => SourceId.parse(crypto.randomUUID());
