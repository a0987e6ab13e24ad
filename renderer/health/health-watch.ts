import { createStore, type StoreApi } from "zustand/vanilla";
import type { RoomState } from "../../preload/contract/ipc.ts";
import type { SceneDocument } from "../../preload/contract/scene.ts";
import type { SessionLogEntry } from "../../preload/contract/session-log.ts";
import { EpochMs } from "../../preload/contract/time.ts";
import type { request as askMain } from "../bridge.ts";
import { infoOf } from "../room/room-info.ts";
import type { BroadcastState, StudioEngine } from "../session/state.ts";
import { type Condition, conditionsOf, type Health, healthy, judge } from "./conditions.ts";

const judgeEveryMs = 1_000;
const listenEveryMs = 100;
/** Statistics come each second: older ones are of a compositor that stands still. */
const staleMs = 3_000;
/** Lines that the window keeps of a show; main has them all. */
const keptEntries = 200;

export interface HealthState {
  /** The worst first; none while no show is on air. */
  readonly conditions: readonly Condition[];
  /** Of the show on air, or the last one, oldest first. */
  readonly log: readonly SessionLogEntry[];
}

export interface HealthWatch {
  readonly state: StoreApi<HealthState>;
  close(): void;
}

export interface HealthPorts {
  readonly engine: Pick<StudioEngine, "broadcast" | "stats" | "readLevel">;
  readonly document: StoreApi<SceneDocument>;
  readonly room: StoreApi<RoomState>;
  readonly request: typeof askMain;
  readonly nowMs?: () => number;
}

const sinceOf = (broadcast: BroadcastState): number | null =>
  broadcast.phase === "live" || broadcast.phase === "reconnecting" ? broadcast.sinceMs : null;

const lacking = (list: readonly Condition[], other: readonly Condition[]): readonly Condition[] =>
  list.filter(({ kind }) => !other.some((each) => each.kind === kind));

/** Watches what is sent and what arrives while a show is on air, and writes down what happened. */
export const watchHealth = (ports: HealthPorts): HealthWatch => {
  const { engine, document, room, request } = ports;
  const nowMs = ports.nowMs ?? Date.now;
  const state = createStore<HealthState>(() => ({ conditions: [], log: [] }));
  let health: Health = healthy;
  let statsAtMs = nowMs();
  let peakDb = -100;

  const note = (sinceMs: number, entries: readonly SessionLogEntry[]): void => {
    if (entries.length === 0) return;
    state.setState(({ log }) => ({ log: [...log, ...entries].slice(-keptEntries) }));
    void request("sessionLog.append", { sinceMs: EpochMs.parse(sinceMs), entries: [...entries] });
  };
  const show = (next: readonly Condition[], sinceMs: number): void => {
    const before = state.getState().conditions;
    const [raised, cleared] = [lacking(next, before), lacking(before, next)];
    if (raised.length === 0 && cleared.length === 0) return;
    state.setState({ conditions: next });
    const atMs = EpochMs.parse(nowMs());
    note(sinceMs, [
      ...raised.map(({ kind }) => ({ type: "raised", atMs, kind }) as const),
      ...cleared.map(({ kind }) => ({ type: "cleared", atMs, kind }) as const),
    ]);
  };

  const begin = async (sinceMs: number): Promise<void> => {
    state.setState({ log: [] });
    const known = await request("sessionLog.read", { sinceMs: EpochMs.parse(sinceMs) });
    const entries = known.ok ? known.value.entries : [];
    state.setState(({ log }) => ({ log: [...entries, ...log].slice(-keptEntries) }));
    const type = entries.length > 0 ? "wentOn" : "began";
    note(sinceMs, [{ type, atMs: EpochMs.parse(nowMs()) }]);
  };
  const stopFollowing = engine.broadcast.subscribe((now, before) => {
    const [sinceMs, beforeMs] = [sinceOf(now), sinceOf(before)];
    const atMs = EpochMs.parse(nowMs());
    if (sinceMs !== null && beforeMs === null) void begin(sinceMs);
    if (now.phase === "reconnecting" && before.phase !== "reconnecting")
      note(now.sinceMs, [{ type: "lost", atMs, code: now.error.code }]);
    if (now.phase === "live" && before.phase === "reconnecting")
      note(now.sinceMs, [{ type: "back", atMs }]);
    if (beforeMs !== null && now.phase !== "live") {
      health = healthy;
      show([], beforeMs);
    }
    if (beforeMs !== null && sinceMs === null) note(beforeMs, [{ type: "ended", atMs }]);
  });
  const stopStats = engine.stats.subscribe(({ programme }, before) => {
    if (programme !== before.programme) statsAtMs = nowMs();
  });
  const listening = setInterval(() => {
    peakDb = Math.max(peakDb, engine.readLevel("programme").peakDb);
  }, listenEveryMs);
  const judging = setInterval(() => {
    const broadcast = engine.broadcast.getState();
    const atMs = nowMs();
    const heardDb = peakDb;
    peakDb = -100;
    if (broadcast.phase !== "live") return;
    const { programme, uplink } = engine.stats.getState();
    const { canvases, sources } = document.getState();
    health = judge(health, {
      atMs,
      programme: {
        fps: atMs - statsAtMs > staleMs ? 0 : programme.fps,
        targetFps: canvases[0]?.fps ?? 0,
        brightness: programme.brightness,
        stillSinceMs: programme.stillForMs > 0 ? atMs - programme.stillForMs : null,
      },
      sound: {
        peakDb: heardDb,
        hasMicrophone: sources.some(({ kind }) => kind === "microphone"),
      },
      uplink,
      audience: infoOf(room.getState())?.playback ?? null,
    });
    show(conditionsOf(health), broadcast.sinceMs);
  }, judgeEveryMs);

  return {
    state,
    close: () => {
      clearInterval(listening);
      clearInterval(judging);
      stopFollowing();
      stopStats();
    },
  };
};
