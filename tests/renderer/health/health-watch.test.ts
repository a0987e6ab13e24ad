import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createStore } from "zustand/vanilla";
import type { RoomState } from "../../../preload/contract/ipc.ts";
import { fail, succeed } from "../../../preload/contract/result.ts";
import type { SceneDocument } from "../../../preload/contract/scene.ts";
import { SessionLogEntry } from "../../../preload/contract/session-log.ts";
import type { request } from "../../../renderer/bridge.ts";
import { watchHealth } from "../../../renderer/health/health-watch.ts";
import type { BroadcastState, StudioStats } from "../../../renderer/session/state.ts";
import { documentOf } from "../../fakes/documents.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: 1_800_000_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

const fine: StudioStats = {
  programme: { fps: 30, repeatedFrames: 0, composeMsMedian: 2, brightness: 150, stillForMs: 0 },
  painter: null,
  segmenter: { state: "off" },
  uplink: null,
};

const setUp = (known: readonly SessionLogEntry[] = []) => {
  const broadcast = createStore<BroadcastState>(() => ({ phase: "idle" }));
  const stats = createStore<StudioStats>(() => fine);
  const written: SessionLogEntry[] = [];
  const ask = (name: string, input: unknown) => {
    if (name === "sessionLog.read") return Promise.resolve(succeed({ entries: known }));
    written.push(...(input as { entries: SessionLogEntry[] }).entries);
    return Promise.resolve(succeed({}));
  };
  const watch = watchHealth({
    engine: { broadcast, stats, readLevel: () => ({ peakDb: -20, rmsDb: -30 }) },
    document: createStore<SceneDocument>(() => documentOf([])),
    room: createStore<RoomState>(() => ({ status: "connecting", link: null, attempt: 0 })),
    request: ask as unknown as typeof request,
  });
  /** Statistics come each second, as from the compositor. */
  const pass = async (seconds: number, now: StudioStats | null = fine) => {
    for (let second = 0; second < seconds; second += 1) {
      if (now) stats.setState({ ...now, programme: { ...now.programme } }, true);
      await vi.advanceTimersByTimeAsync(1_000);
    }
  };
  return { broadcast, watch, written, pass };
};
const black: StudioStats = { ...fine, programme: { ...fine.programme, brightness: 0 } };
const said = (entries: readonly SessionLogEntry[]) =>
  entries.map((entry) => ("kind" in entry ? `${entry.type} ${entry.kind}` : entry.type));

test("a show's conditions come and go, and all of it is written down", async () => {
  const { broadcast, watch, written, pass } = setUp();
  await pass(10, black);
  expect(watch.state.getState().conditions).toEqual([]);
  const sinceMs = Date.now();
  broadcast.setState({ phase: "live", sinceMs }, true);
  await pass(8, black);
  expect(watch.state.getState().conditions.map(({ kind }) => kind)).toEqual(["programmeBlack"]);
  await pass(6);
  expect(watch.state.getState().conditions).toEqual([]);
  broadcast.setState(
    {
      phase: "reconnecting",
      sinceMs,
      downSinceMs: Date.now(),
      error: { code: "uplink.ice_failed" },
    },
    true,
  );
  await pass(2);
  broadcast.setState({ phase: "live", sinceMs }, true);
  await pass(1);
  broadcast.setState({ phase: "idle" }, true);
  await pass(1);
  const expected = [
    "began",
    "raised programmeBlack",
    "cleared programmeBlack",
    "lost",
    "back",
    "ended",
  ];
  expect(said(written)).toEqual(expected);
  expect(said(watch.state.getState().log)).toEqual(expected);
  for (const entry of written) expect(SessionLogEntry.safeParse(entry).success).toBe(true);
  watch.close();
});

test("a compositor that says nothing any more has stopped", async () => {
  const { broadcast, watch, pass } = setUp();
  broadcast.setState({ phase: "live", sinceMs: Date.now() }, true);
  await pass(5);
  await pass(8, null);
  expect(watch.state.getState().conditions.map(({ kind }) => kind)).toEqual(["programmeStopped"]);
  watch.close();
});

test("a show that goes on goes on in its log", async () => {
  const before = SessionLogEntry.parse({ type: "began", atMs: 1_799_999_000_000 });
  const { broadcast, watch, written, pass } = setUp([before]);
  broadcast.setState({ phase: "live", sinceMs: 1_799_999_000_000 }, true);
  await pass(1);
  expect(said(watch.state.getState().log)).toEqual(["began", "wentOn"]);
  expect(said(written)).toEqual(["wentOn"]);
  watch.close();
});

test("what is wrong when a show ends is over", async () => {
  const { broadcast, watch, written, pass } = setUp();
  broadcast.setState({ phase: "live", sinceMs: Date.now() }, true);
  await pass(8, black);
  broadcast.setState({ phase: "failed", error: fail("uplink.failed").error }, true);
  expect(watch.state.getState().conditions).toEqual([]);
  expect(said(written).slice(-2)).toEqual(["cleared programmeBlack", "ended"]);
  watch.close();
});
