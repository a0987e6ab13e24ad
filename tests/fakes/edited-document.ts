import { FilterId, GroupId, ItemId, SceneId, SourceId } from "../../preload/contract/ids.ts";
import { type Group, SceneDocument, type Source } from "../../preload/contract/scene.ts";
import { newFilter } from "../../renderer/scene/filters/new-filter.ts";
import { noCrop, plainTransform } from "../../renderer/scene/transform.ts";

export const sceneId = (name: string) => SceneId.parse(name);
export const sourceId = (name: string) => SourceId.parse(name);
export const itemId = (name: string) => ItemId.parse(name);
export const at = (x: number) => ({ transform: { ...plainTransform, x }, crop: noCrop });
export const item = (name: string, source: string) => ({
  ...at(0),
  visible: true,
  locked: false,
  opacity: 1,
  blend: "normal" as const,
  filters: [],
  groupId: null,
  id: itemId(name),
  sourceId: sourceId(source),
});
export const colour = (name: string): Source => ({
  id: sourceId(name),
  name,
  kind: "colour",
  colour: "#112233",
  width: 10,
  height: 10,
});
export const sceneSource = (name: string, shown: string): Source => ({
  id: sourceId(name),
  name: shown,
  kind: "scene",
  sceneId: sceneId(shown),
  width: 1280,
  height: 720,
});
export const microphone: Source = {
  id: sourceId("mic"),
  name: "mic",
  kind: "microphone",
  deviceId: "d",
  label: "l",
  gainDb: 0,
  muted: true,
};
export const groupId = (name: string) => GroupId.parse(name);
export const key = (id: string) => ({ ...newFilter("chromaKey"), id: FilterId.parse(id) });

/** Scene a (in the programme): red, blue, red again; scene b: blue. */
export const document = SceneDocument.parse({
  version: 1,
  canvases: [{ id: "main", width: 1280, height: 720, fps: 30, sceneId: "a" }],
  scenes: [
    { id: "a", name: "a", items: [item("a1", "red"), item("a2", "blue"), item("a3", "red")] },
    { id: "b", name: "b", items: [{ ...item("b1", "blue"), filters: [key("k1"), key("k2")] }] },
  ],
  sources: [colour("red"), colour("blue"), microphone],
});
const [canvas] = document.canvases;
if (!canvas) throw new Error("no canvas");
export const canvasId = canvas.id;

export const group = (name: string, fields: Partial<Group> = {}): Group => ({
  id: groupId(name),
  name,
  visible: true,
  locked: false,
  collapsed: false,
  ...fields,
});

/** The same with a2 and a3 in a group. */
export const groupedDocument = SceneDocument.parse({
  ...document,
  scenes: document.scenes.map((scene) =>
    scene.id === "a"
      ? {
          ...scene,
          items: scene.items.map((each) =>
            each.id === "a1" ? each : { ...each, groupId: groupId("ga") },
          ),
          groups: [group("ga")],
        }
      : scene,
  ),
});
