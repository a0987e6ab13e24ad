import { Device } from "mediasoup-client";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { AlertTemplates } from "../../preload/contract/alert-template.ts";
import type { SourceId } from "../../preload/contract/ids.ts";
import type { PainterProbe } from "../../preload/contract/painter.ts";
import { fail } from "../../preload/contract/result.ts";
import type { SceneDocument } from "../../preload/contract/scene.ts";
import type { AlertRule, Settings } from "../../preload/contract/settings.ts";
import { AudioGraph } from "../audio/audio-graph.ts";
import type { request as askMain } from "../bridge.ts";
import { DeviceWatch } from "../capture/devices.ts";
import { SourceManager } from "../capture/source-manager.ts";
import { Compositor } from "../compositor/compositor.ts";
import { sizeOfSource } from "../compositor/plan.ts";
import type { PainterChoice } from "../compositor/protocol.ts";
import type { GiftTrouble } from "../gifts/gift-media.ts";
import { Uplink } from "../uplink/uplink.ts";
import { readUplinkStats, type StatsSnapshot } from "../uplink/uplink-stats.ts";
import { type ContentHint, contentHintOf } from "../uplink/video-profile.ts";
import type { AlertsState, StudioEngine, StudioStats } from "./state.ts";

const uplinkStatsEveryMs = 1_000;

export interface StudioEngineOptions {
  /** Followed from now on; the document's first canvas is the programme. */
  readonly document: StoreApi<SceneDocument>;
  /** The settings of now: asked for when a show starts, and for the language. */
  readonly settings: () => Settings;
  /** Followed from now on. */
  readonly alertTemplates: StoreApi<AlertTemplates>;
  readonly painter: PainterChoice;
  readonly onProbed: (probe: PainterProbe) => void;
  readonly request: typeof askMain;
  /** A rule for alerts wants this scene for some seconds. */
  readonly onAlertScene: (scene: NonNullable<AlertRule["scene"]>) => void;
}

const firstCanvasOf = (document: SceneDocument) => {
  const [canvas] = document.canvases;
  if (!canvas) throw new Error("a document without a canvas");
  return canvas;
};

/** Starts to compose at once. @throws where the engine's window has no frame tracks or no sound */
export const createStudioEngine = (options: StudioEngineOptions): StudioEngine => {
  const { document: documents, settings, request } = options;
  const audio = new AudioGraph(({ giftId, name }, error) =>
    followTrouble({ giftId, file: name, error }),
  );
  const devices = new DeviceWatch();
  const stats = createStore<StudioStats>(() => ({
    programme: { fps: 0, repeatedFrames: 0, composeMsMedian: 0, brightness: null, stillForMs: 0 },
    painter: null,
    segmenter: { state: "off" },
    uplink: null,
  }));
  const alerts = createStore<AlertsState>(() => ({
    paused: false,
    shown: 0,
    waiting: 0,
    troubles: new Map(),
  }));
  const followTrouble = ({ giftId, file, error }: GiftTrouble): void => {
    const troubles = new Map(alerts.getState().troubles);
    if (error) {
      console.warn(`${file} of the gift ${giftId}: ${error.code} ${error.detail ?? ""}`);
      troubles.set(file, { giftId, error });
    } else troubles.delete(file);
    alerts.setState({ troubles });
  };
  let { locale, alertRules } = settings();
  let hint: ContentHint = "motion";
  let repeatedBeforeRebuild = 0;
  let closed = false;

  const sources = new SourceManager({
    request,
    onOpened: (source, output) => {
      if (output.type === "sound") audio.addMicrophone(source.id, output.track);
      if (output.type === "picture") compositor.attach(source.id, output.feed);
      // Labels are told once a device was allowed.
      if (source.kind === "camera" || source.kind === "microphone") void devices.refresh();
    },
    onClosed: (sourceId) => {
      audio.removeMicrophone(sourceId);
      compositor.detach(sourceId);
    },
  });

  const compositor = new Compositor({
    canvasId: firstCanvasOf(documents.getState()).id,
    document: documents.getState(),
    locale,
    alertRules,
    alertTemplates: options.alertTemplates.getState(),
    onSize: (sourceId, width, height) => {
      sources.setSize(sourceId, width, height);
      followHint();
    },
    onStats: ({ repeatedFrames, sources: flows, alerts: counts, ...programme }) => {
      sources.followFlows(flows);
      const known = alerts.getState();
      if (known.shown !== counts.shown || known.waiting !== counts.waiting) alerts.setState(counts);
      stats.setState({
        programme: {
          ...programme,
          repeatedFrames: repeatedBeforeRebuild + repeatedFrames,
        },
      });
    },
    painter: options.painter,
    onPainter: (painter) => stats.setState({ painter }),
    onSegmenter: (segmenter) => stats.setState({ segmenter }),
    onProbed: options.onProbed,
    onAlertCue: (cue) => audio.playAlert(cue),
    onGiftTrouble: followTrouble,
    onAlertScene: options.onAlertScene,
    onTrackReplaced: (track) => {
      repeatedBeforeRebuild = stats.getState().programme.repeatedFrames;
      programme.setState(track, true);
      void uplink.connection
        ?.replaceVideo(track)
        .then(() => uplink.connection?.setContentHint(hint));
    },
  });
  const programme = createStore<MediaStreamTrack>(() => compositor.programmeTrack);

  const uplink = new Uplink({
    request,
    createDevice: () => new Device({ handlerName: "Chrome111" }),
    settings,
    video: () => compositor.programmeTrack,
    audio: () => audio.programmeTrack,
    size: () => firstCanvasOf(documents.getState()),
    contentHint: () => hint,
  });

  const sizeOf = (sourceId: SourceId) => {
    const status = sources.statuses.getState().get(sourceId);
    return status?.state === "running" ? status.size : null;
  };
  const followHint = (): void => {
    const document = documents.getState();
    const sizes = new Map(
      document.sources.flatMap((source) => {
        const size = sizeOf(source.id);
        return size ? [[source.id, size] as const] : [];
      }),
    );
    const known = new Map(
      document.sources.map((source) => [source.id, sizeOfSource(source, sizes)]),
    );
    const next = contentHintOf(document, (sourceId) => known.get(sourceId));
    if (next === hint) return;
    hint = next;
    uplink.connection
      ?.setContentHint(hint)
      .catch((error: unknown) => console.warn("the content hint was refused", error));
  };
  const follow = (document: SceneDocument): void => {
    sources.follow(document);
    compositor.setDocument(document);
    audio.follow(document);
    followHint();
  };
  follow(documents.getState());
  const stopFollowing = documents.subscribe(follow);
  const stopTemplates = options.alertTemplates.subscribe((templates) =>
    compositor.setAlertTemplates(templates),
  );
  const stopDevices = devices.store.subscribe((state) => sources.followDevices(state));

  let snapshot: StatsSnapshot | null = null;
  const followSettings = (): void => {
    const now = settings();
    if (now.locale !== locale) {
      ({ locale } = now);
      compositor.setLocale(locale);
    }
    if (now.alertRules !== alertRules) {
      ({ alertRules } = now);
      compositor.setAlertRules(alertRules);
    }
  };
  const readStats = async (): Promise<void> => {
    followSettings();
    const report = await uplink.connection?.videoReport();
    if (closed) return;
    if (!report) {
      snapshot = null;
      if (stats.getState().uplink) stats.setState({ uplink: null });
      return;
    }
    const read = readUplinkStats(report.values(), snapshot);
    ({ snapshot } = read);
    stats.setState({ uplink: read.stats });
  };
  const statsTimer = setInterval(() => {
    readStats().catch((error: unknown) => console.warn("no uplink statistics", error));
  }, uplinkStatsEveryMs);

  const hurry = (): void => uplink.hurry();
  window.addEventListener("online", hurry);

  return {
    get programmeTrack() {
      return compositor.programmeTrack;
    },
    programme,
    compare: (itemId) => compositor.compare(itemId),
    endCompare: () => compositor.endCompare(),
    sources: sources.statuses,
    devices: devices.store,
    broadcast: uplink.state,
    stats,
    alerts,
    mutedSpeech: audio.mutedSpeech,
    readLevel: (channel) => audio.readLevel(channel),
    goLive: () => {
      audio.resume();
      return closed ? Promise.resolve(fail("uplink.failed", "closed")) : uplink.start();
    },
    goOn: (sinceMs) => {
      audio.resume();
      if (!closed) uplink.goOn(sinceMs);
    },
    endShow: () => uplink.end(),
    reopenSource: (sourceId) => sources.reopen(sourceId),
    showAlerts: (events, templateId) => {
      followSettings();
      compositor.showAlerts(events, templateId);
    },
    controlAlerts: (control) => {
      if (control.action === "pause" || control.action === "resume")
        alerts.setState({ paused: control.action === "pause" });
      compositor.controlAlerts(control);
    },
    close: () => {
      if (closed) return;
      closed = true;
      clearInterval(statsTimer);
      stopFollowing();
      stopTemplates();
      stopDevices();
      window.removeEventListener("online", hurry);
      uplink.close();
      sources.close();
      devices.close();
      compositor.close();
      audio.close();
    },
  };
};
