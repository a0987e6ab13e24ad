import { createContext, use, useRef } from "react";
import { useStore } from "zustand";
import type { StoreApi } from "zustand/vanilla";
import type { Bootstrap, RoomOffer, RoomState } from "../../preload/contract/ipc.ts";
import type { ErrorCode, Failure } from "../../preload/contract/result.ts";
import type { Canvas, Scene, SceneDocument } from "../../preload/contract/scene.ts";
import type { UpdateState } from "../../preload/contract/update.ts";
import type { request } from "../bridge.ts";
import type { Feed } from "../chat/feed.ts";
import type { TemplateStore } from "../gifts/templates/template-store.ts";
import type { HealthWatch } from "../health/health-watch.ts";
import type { CollectionStore } from "../scene/collections/collection-store.ts";
import type { DocumentStore } from "../scene/document-store.ts";
import type { PresetStore } from "../scene/filters/presets/preset-store.ts";
import type { ViewStore } from "../scene/view-store.ts";
import type { StudioEngine } from "../session/state.ts";
import type { SettingsStore } from "../settings/settings-store.ts";

/** What main said that stays true until it says otherwise. */
export interface NoticeState {
  readonly ledgerFailure: Failure | null;
  /** Said once at the start; dismissed by the anchor. */
  readonly notices: readonly ErrorCode[];
  readonly quitRequested: boolean;
  /** When a show began that was cut off with the app; until the anchor goes on with it or ends it. */
  readonly offeredSinceMs: number | null;
  /** A room that a link offers, not answered yet. */
  readonly roomOffer: RoomOffer | null;
  readonly update: UpdateState;
  /** Opened again the app would need less of the CPU; dismissed by the anchor. */
  readonly restartOffered: boolean;
}

/** Everything the window's components share. Made once by the entry. */
export interface Studio {
  readonly app: Pick<Bootstrap, "version" | "runtime" | "platform">;
  readonly engine: StudioEngine;
  readonly health: Pick<HealthWatch, "state">;
  readonly document: DocumentStore;
  readonly collections: CollectionStore;
  readonly filterPresets: PresetStore;
  readonly view: ViewStore;
  readonly feed: Feed;
  readonly room: StoreApi<RoomState>;
  readonly settings: SettingsStore;
  readonly templates: TemplateStore;
  readonly notices: StoreApi<NoticeState>;
  readonly request: typeof request;
}

const StudioContext = createContext<Studio | null>(null);
export const StudioProvider = StudioContext.Provider;

export const useStudio = (): Studio => {
  const studio = use(StudioContext);
  if (!studio) throw new Error("rendered outside the studio");
  return studio;
};

/** The one canvas of this round. */
export const canvasOf = (document: SceneDocument): Canvas => {
  const [canvas] = document.canvases;
  if (!canvas) throw new Error("a document without a canvas");
  return canvas;
};

/** The scene in the programme. */
export const sceneOf = (document: SceneDocument): Scene => {
  const { sceneId } = canvasOf(document);
  const scene = document.scenes.find(({ id }) => id === sceneId);
  if (!scene) throw new Error("a canvas without a scene");
  return scene;
};

export const useDocument = <T>(select: (document: SceneDocument) => T): T =>
  useStore(useStudio().document.state, select);

const sameFields = <T extends object>(a: T, b: T | undefined): boolean =>
  Object.is(a, b) ||
  (b !== undefined &&
    (Object.keys(a) as (keyof T)[]).every((field) => Object.is(a[field], b[field])));

/**
 * A list that is made of the document, and stays the same one while its entries' fields do: a drag on the stage changes the
 * document with every step, but little of what is shown of it elsewhere.
 */
export const useDocumentList = <T extends object>(
  select: (document: SceneDocument) => readonly T[],
): readonly T[] => {
  const last = useRef<readonly T[]>([]);
  return useDocument((document) => {
    const next = select(document);
    const isSame =
      next.length === last.current.length &&
      next.every((entry, index) => sameFields(entry, last.current[index]));
    if (!isSame) last.current = next;
    return last.current;
  });
};

/** Live, or on the way in or out: what must not change meanwhile is disabled. */
export const useOnAir = (): boolean =>
  useStore(useStudio().engine.broadcast, ({ phase }) => phase !== "idle" && phase !== "failed");
