import type { HealthState } from "../../renderer/health/health-watch.ts";
import { settingsOf } from "./settings.ts";
import { createStore } from "zustand/vanilla";
import { ChatMessage } from "../../preload/contract/chat.ts";
import { CollectionList } from "../../preload/contract/collection.ts";
import { CollectionId } from "../../preload/contract/ids.ts";
import { type IpcInput, type IpcName, RoomState } from "../../preload/contract/ipc.ts";
import { type Result, succeed } from "../../preload/contract/result.ts";
import { type Locale, Settings } from "../../preload/contract/settings.ts";
import type { request as askMain } from "../../renderer/bridge.ts";
import { createFeed } from "../../renderer/chat/feed.ts";
import { usualTemplates } from "../../renderer/gifts/templates/built-in-templates.ts";
import { createTemplateStore } from "../../renderer/gifts/templates/template-store.ts";
import { makeDemoDocument } from "../../renderer/scene/demo-document.ts";
import { createCollectionStore } from "../../renderer/scene/collections/collection-store.ts";
import { createDocumentStore } from "../../renderer/scene/document-store.ts";
import { createPresetStore } from "../../renderer/scene/filters/presets/preset-store.ts";
import { watchFieldVisits } from "../../renderer/scene/history/field-visits.ts";
import { createViewStore } from "../../renderer/scene/view-store.ts";
import { createSettingsStore } from "../../renderer/settings/settings-store.ts";
import type { NoticeState, Studio } from "../../renderer/studio/studio-context.ts";
import { createFakeStudioEngine, type FakeStudioEngine } from "./fake-studio-engine.ts";
import { plainDemoWords } from "./plain-demo-words.ts";

export interface FakeStudio extends Studio {
  readonly engine: FakeStudioEngine;
  /** What main was asked, in order. */
  readonly asked: { readonly name: IpcName; readonly input: unknown }[];
  /** What main answers instead of success. */
  readonly answers: Map<IpcName, Result<unknown>>;
}

export const rehearsalRoom = RoomState.parse({
  status: "connected",
  link: null,
  info: {
    roomId: "main",
    kind: "rehearsal",
    self: { viewerId: "anchor", nickname: "Anchor", role: "anchor" },
    following: false,
    programme: "idle",
    viewers: 12,
    latestSeq: 0,
    latestChatSeq: 0,
    viewerUrl: "http://127.0.0.1:40100/",
    rehearsalAudience: false,
  },
});

/** A studio over the demo document, with a main that says yes to everything unless told otherwise. */
export const createFakeStudio = (programmeTrack: MediaStreamTrack, locale: Locale): FakeStudio => {
  const asked: FakeStudio["asked"] = [];
  const answers: FakeStudio["answers"] = new Map();
  let kept = settingsOf({ locale, guideDone: false });
  const made = new Map<string, unknown>([["first", makeDemoDocument(plainDemoWords)]]);
  const answer = (name: IpcName, input: unknown): Result<unknown> => {
    const told = answers.get(name);
    if (told) return told;
    const { collectionId, document } = input as { collectionId?: string; document?: unknown };
    if (name === "collection.create") {
      const id = CollectionId.parse(`made-${made.size}`);
      made.set(id, document);
      return succeed({ collectionId: id });
    }
    if (name === "document.save") made.set(String(collectionId), document);
    if (name === "collection.open")
      return succeed({ document: made.get(String(collectionId)), notices: [] });
    if (name !== "settings.update") return succeed(name === "capture.list" ? [] : {});
    kept = Settings.parse({ ...kept, ...Settings.partial().parse(input) });
    return succeed(kept);
  };
  const request = ((name: IpcName, input: IpcInput<IpcName>) => {
    asked.push({ name, input });
    return Promise.resolve(answer(name, input));
  }) as typeof askMain;
  const collectionList = createStore(() =>
    CollectionList.parse({ current: "first", collections: [{ id: "first", name: "" }] }),
  );
  const sceneDocument = createDocumentStore(
    makeDemoDocument(plainDemoWords),
    (saved) =>
      request("document.save", {
        collectionId: collectionList.getState().current,
        document: saved,
      }),
    { key: "first", mergeOf: watchFieldVisits(document).mergeOf },
  );
  const view = createViewStore();
  return {
    app: { version: "0.0.0", runtime: "development", platform: "linux" },
    engine: createFakeStudioEngine(programmeTrack),
    health: { state: createStore<HealthState>(() => ({ conditions: [], log: [] })) },
    document: sceneDocument,
    collections: createCollectionStore({
      state: collectionList,
      document: sceneDocument,
      request,
      readPicture: () => Promise.resolve(undefined),
      onOpened: () => view.setState({ selection: null }),
    }),
    filterPresets: createPresetStore([], (presets) => request("filterPresets.save", { presets })),
    view,
    feed: createFeed(
      (run) => {
        const handle = requestAnimationFrame(run);
        return () => cancelAnimationFrame(handle);
      },
      () => Date.now(),
    ),
    room: createStore<RoomState>(() => rehearsalRoom),
    settings: createSettingsStore(kept, (patch) => request("settings.update", patch)),
    templates: createTemplateStore(usualTemplates, (wanted) =>
      request("alertTemplates.save", wanted),
    ),
    notices: createStore<NoticeState>(() => ({
      ledgerFailure: null,
      notices: [],
      quitRequested: false,
      offeredSinceMs: null,
      roomOffer: null,
      update: { status: "notOffered" },
      restartOffered: false,
    })),
    request,
    asked,
    answers,
  };
};

/** Chat messages `from` to `to`, both included. */
export const chatMessages = (from: number, to: number): ChatMessage[] =>
  Array.from({ length: to - from + 1 }, (_, index) => {
    const n = from + index;
    return ChatMessage.parse({
      messageId: `m${n}`,
      roomId: "main",
      chatSeq: n,
      atMs: n,
      sender: { viewerId: "v", nickname: `viewer ${n}`, role: "viewer" },
      text: "hello ".repeat((n % 20) + 1),
    });
  });
