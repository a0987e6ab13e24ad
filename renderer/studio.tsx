import "./zod-without-eval.ts";
import { createRoot } from "react-dom/client";
import { createStore } from "zustand/vanilla";
import type { Bootstrap, RoomState } from "../preload/contract/ipc.ts";
import { listen, request } from "./bridge.ts";
import { createFeed } from "./chat/feed.ts";
import { createCalmSchedule } from "./chat/schedule-calmly.ts";
import { watchHealth } from "./health/health-watch.ts";
import { createWords, wordsOf } from "./i18n/words.ts";
import { makeDemoDocument } from "./scene/demo-document.ts";
import { demoWords } from "./scene/demo-words.ts";
import { createCollectionStore } from "./scene/collections/collection-store.ts";
import { readPicture } from "./scene/collections/read-picture.ts";
import { createDocumentStore } from "./scene/document-store.ts";
import { createPresetStore } from "./scene/filters/presets/preset-store.ts";
import { watchFieldVisits } from "./scene/history/field-visits.ts";
import { createSceneVisits } from "./scene/scene-visits.ts";
import { createViewStore } from "./scene/view-store.ts";
import { createStudioEngine } from "./session/studio-engine.ts";
import { createSettingsStore } from "./settings/settings-store.ts";
import { followPushes } from "./studio/follow-pushes.ts";
import { StartFailed } from "./ui/StartFailed.tsx";
import type { NoticeState, Studio } from "./studio/studio-context.ts";
import { createTemplateStore } from "./gifts/templates/template-store.ts";
import { StudioApp } from "./studio/StudioApp.tsx";
import "./ui/tokens.css";

/** Nobody reads faster, and a storm of gifts costs no more than that. */
const drawnEveryMs = 100;

const open = async (bootstrap: Bootstrap): Promise<void> => {
  const { cutOffShow } = bootstrap;
  const fieldVisits = watchFieldVisits(globalThis.document);
  const words = createWords(bootstrap.settings.locale);
  const collectionList = createStore(() => bootstrap.collections);
  const document = createDocumentStore(
    bootstrap.document ?? makeDemoDocument(demoWords(wordsOf(words))),
    (saved) =>
      request("document.save", {
        collectionId: collectionList.getState().current,
        document: saved,
      }),
    {
      key: bootstrap.collections.current,
      saveAtOnce: bootstrap.document === null,
      mergeOf: fieldVisits.mergeOf,
    },
  );
  const settings = createSettingsStore(bootstrap.settings, (patch) =>
    request("settings.update", patch),
  );
  const templates = createTemplateStore(bootstrap.alertTemplates, (wanted) =>
    request("alertTemplates.save", wanted),
  );
  const notices = createStore<NoticeState>(() => ({
    ledgerFailure: null,
    notices: bootstrap.notices,
    quitRequested: false,
    offeredSinceMs: cutOffShow?.next === "offer" ? cutOffShow.sinceMs : null,
    roomOffer: bootstrap.roomOffer,
    update: bootstrap.update,
    restartOffered: false,
  }));
  const view = createViewStore();
  const collections = createCollectionStore({
    state: collectionList,
    document,
    request,
    readPicture,
    onOpened: (said) => {
      view.setState({ selection: null });
      notices.setState((state) => ({ notices: [...new Set([...state.notices, ...said])] }));
    },
  });
  const sceneVisits = createSceneVisits(document, () => {
    if (view.getState().selection?.type === "item") view.setState({ selection: null });
  });
  const engine = createStudioEngine({
    document: document.state,
    settings: () => settings.state.getState(),
    alertTemplates: templates.state,
    painter: bootstrap.painter,
    onProbed: (probe) => {
      void request("painter.record", probe).then((kept) => {
        if (kept.ok) notices.setState({ restartOffered: kept.value.offerRestart });
        else console.warn("the probe's verdict was not kept", kept.error);
      });
    },
    request,
    onAlertScene: (scene) => sceneVisits.visit(scene),
  });
  const room = createStore<RoomState>(() => bootstrap.room);
  const health = watchHealth({ engine, document: document.state, room, request });
  const studio: Studio = {
    app: bootstrap,
    engine,
    health,
    document,
    collections,
    filterPresets: createPresetStore(bootstrap.filterPresets, (presets) =>
      request("filterPresets.save", { presets }),
    ),
    view,
    feed: createFeed(createCalmSchedule(drawnEveryMs), () => Date.now()),
    room,
    settings,
    templates,
    notices,
    request,
  };
  window.addEventListener("pagehide", () => {
    sceneVisits.close();
    fieldVisits.close();
    void document.flush();
    document.close();
    studio.feed.close();
    health.close();
    engine.close();
  });
  if (cutOffShow?.next === "goOn") engine.goOn(cutOffShow.sinceMs);
  const pushes = followPushes(studio, listen);
  render(<StudioApp studio={studio} words={words} nonce={nonce} />);
  await pushes.begin();
};

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";
const rootElement = document.querySelector("#root");
if (!rootElement) throw new Error("the page has no #root");
const root = createRoot(rootElement);
const render = (content: React.ReactNode): void => root.render(content);

const start = async (): Promise<void> => {
  const bootstrap = await request("app.getBootstrap", {});
  if (bootstrap.ok) await open(bootstrap.value);
  else render(<StartFailed code={bootstrap.error.code} />);
};

start().catch((error: unknown) => {
  console.error("the studio window could not start", error);
  render(<StartFailed code="request.failed" />);
});
