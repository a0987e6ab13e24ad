import type { Filter } from "../../preload/contract/filter.ts";
import { type BlendMode, SceneDocument } from "../../preload/contract/scene.ts";

type Plain<T> = T extends string ? string : T extends object ? { [K in keyof T]: Plain<T[K]> } : T;
type PlainSource = Plain<SceneDocument["sources"][number]>;

export interface ItemAt {
  readonly source: PlainSource;
  readonly x?: number;
  readonly y?: number;
  readonly scale?: number;
  /** `scale` where it is missing. */
  readonly scaleY?: number;
  readonly visible?: boolean;
  readonly crop?: { left: number; top: number; right: number; bottom: number };
  readonly filters?: readonly Plain<Filter>[];
  readonly rotationDeg?: number;
  readonly flipX?: boolean;
  readonly flipY?: boolean;
  readonly locked?: boolean;
  readonly opacity?: number;
  readonly blend?: BlendMode;
  /** The id of the scene's group that it is in; hidden or locked where its id begins so. */
  readonly group?: string;
}

/**
 * A document of these scenes, the first of them in the programme, each with its items from bottom to top. Item ids go after
 * their sources: `<sourceId>-item-<n>` in the first scene, `<sceneId>-<sourceId>-item-<n>` in others.
 */
export const documentOfScenes = (
  scenes: Readonly<Record<string, readonly ItemAt[]>>,
  canvas: { width?: number; height?: number; fps?: number } = {},
  others: readonly PlainSource[] = [],
): SceneDocument => {
  const placed = Object.values(scenes)
    .flat()
    .map(({ source }) => source);
  const sources = new Map([...placed, ...others].map((source) => [source.id, source]));
  const [first] = Object.keys(scenes);
  return SceneDocument.parse({
    version: 1,
    canvases: [{ id: "main", width: 640, height: 360, fps: 30, ...canvas, sceneId: first }],
    scenes: Object.entries(scenes).map(([sceneId, items]) => ({
      id: sceneId,
      name: sceneId,
      items: items.map(({ source, x = 0, y = 0, scale = 1, scaleY = scale, ...item }, index) => ({
        id: `${sceneId === first ? "" : `${sceneId}-`}${source.id}-item-${index}`,
        sourceId: source.id,
        transform: {
          x,
          y,
          scaleX: scale,
          scaleY,
          rotationDeg: item.rotationDeg,
          flipX: item.flipX,
          flipY: item.flipY,
        },
        crop: item.crop ?? { left: 0, top: 0, right: 0, bottom: 0 },
        visible: item.visible ?? true,
        locked: item.locked,
        opacity: item.opacity,
        blend: item.blend,
        filters: item.filters ?? [],
        groupId: item.group ?? null,
      })),
      groups: [...new Set(items.flatMap(({ group }) => group ?? []))].map((id) => ({
        id,
        name: id,
        visible: !id.startsWith("hidden"),
        locked: id.startsWith("locked"),
        collapsed: false,
      })),
    })),
    sources: [...sources.values()],
  });
};

/** A document of one scene with these items. */
export const documentOf = (
  items: readonly ItemAt[],
  canvas: { width?: number; height?: number; fps?: number } = {},
  others: readonly PlainSource[] = [],
): SceneDocument => documentOfScenes({ scene: items }, canvas, others);

/** Shows the scene `<id>`. */
export const sceneSource = (id: string, width = 640, height = 360) =>
  ({ id: `source-${id}`, name: id, kind: "scene", sceneId: id, width, height }) as const;

export const colourSource = (id: string, colour: string, width: number, height: number) =>
  ({ id, name: id, kind: "colour", colour, width, height }) as const;

export const testPatternSource = (width = 640, height = 360) =>
  ({
    id: "pattern",
    name: "pattern",
    kind: "testPattern",
    width,
    height,
    gainDb: -12,
    muted: false,
  }) as const;

export const alertsSource = (width = 640, height = 360) =>
  ({
    id: "alerts",
    name: "alerts",
    kind: "alerts",
    width,
    height,
    gainDb: -6,
    muted: false,
  }) as const;

export const cameraSource = () =>
  ({
    id: "camera",
    name: "camera",
    kind: "camera",
    deviceId: "",
    label: "",
    width: 640,
    height: 360,
    fps: 30,
  }) as const;

export const microphoneSource = (muted = false) =>
  ({
    id: "microphone",
    name: "microphone",
    kind: "microphone",
    deviceId: "",
    label: "",
    gainDb: 0,
    muted,
  }) as const;
