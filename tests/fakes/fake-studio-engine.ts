import { createStore, type StoreApi } from "zustand/vanilla";
import type { RecordEvent } from "../../preload/contract/gift.ts";
import type { SourceId, TemplateId } from "../../preload/contract/ids.ts";
import { type Result, succeed } from "../../preload/contract/result.ts";
import type { AlertControl } from "../../renderer/gifts/queue.ts";
import type {
  AlertsState,
  AudioLevel,
  BroadcastState,
  Devices,
  SourceStatus,
  StudioEngine,
  StudioStats,
} from "../../renderer/session/state.ts";

/** A StudioEngine whose stores the test sets, and that remembers what it was asked. */
export interface FakeStudioEngine extends StudioEngine {
  readonly reopened: SourceId[];
  readonly shownAlerts: RecordEvent[];
  /** Of the tests among them that named one. */
  readonly testedTemplates: TemplateId[];
  readonly alertControls: AlertControl[];
  readonly levels: Map<SourceId | "programme", AudioLevel>;
  /** What `goLive` answers; live at once where it is a success. */
  goLiveAnswer: Result<null>;
}

const silence: AudioLevel = { peakDb: -100, rmsDb: -100 };

export const createFakeStudioEngine = (programmeTrack: MediaStreamTrack): FakeStudioEngine => {
  const broadcast: StoreApi<BroadcastState> = createStore<BroadcastState>(() => ({
    phase: "idle",
  }));
  const engine: FakeStudioEngine = {
    programmeTrack,
    compare: () => programmeTrack.clone(),
    endCompare: () => undefined,
    programme: createStore<MediaStreamTrack>(() => programmeTrack),
    sources: createStore<ReadonlyMap<SourceId, SourceStatus>>(() => new Map()),
    devices: createStore<Devices>(() => ({ cameras: [], microphones: [] })),
    broadcast,
    stats: createStore<StudioStats>(() => ({
      programme: { fps: 30, repeatedFrames: 0, composeMsMedian: 4, brightness: 200, stillForMs: 0 },
      painter: { kind: "cpu", renderer: null, gaveUpGpu: false },
      segmenter: { state: "off" },
      uplink: null,
    })),
    mutedSpeech: createStore<ReadonlySet<SourceId>>(() => new Set()),
    reopened: [],
    alerts: createStore<AlertsState>(() => ({
      paused: false,
      shown: 0,
      waiting: 0,
      troubles: new Map(),
    })),
    shownAlerts: [],
    testedTemplates: [],
    alertControls: [],
    levels: new Map(),
    goLiveAnswer: succeed(null),
    readLevel: (channel) => engine.levels.get(channel) ?? silence,
    goLive: () => {
      const answer = engine.goLiveAnswer;
      broadcast.setState(
        answer.ok
          ? { phase: "live", sinceMs: Date.now() }
          : { phase: "failed", error: answer.error },
        true,
      );
      return Promise.resolve(answer);
    },
    goOn: (sinceMs) => broadcast.setState({ phase: "live", sinceMs }, true),
    endShow: () => {
      broadcast.setState({ phase: "idle" }, true);
      return Promise.resolve(succeed(null));
    },
    reopenSource: (sourceId) => void engine.reopened.push(sourceId),
    showAlerts: (events, templateId) => {
      engine.shownAlerts.push(...events);
      if (templateId !== undefined) engine.testedTemplates.push(templateId);
    },
    controlAlerts: (control) => {
      engine.alertControls.push(control);
      if (control.action === "pause" || control.action === "resume")
        engine.alerts.setState({ paused: control.action === "pause" });
    },
    close: () => undefined,
  };
  return engine;
};
