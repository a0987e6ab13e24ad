import type { AudiencePlayback } from "../../preload/contract/playback.ts";
import type { ConditionKind } from "../../preload/contract/session-log.ts";
import type { UplinkStats } from "../session/state.ts";

/** What is known of one second of a show. */
export interface HealthSample {
  readonly atMs: number;
  readonly programme: {
    readonly fps: number;
    readonly targetFps: number;
    /** Of the bright parts, 0 to 255; null before the first picture. */
    readonly brightness: number | null;
    /** Since when the picture is the same; null while it changes. */
    readonly stillSinceMs: number | null;
  };
  /** The loudest peak of the bus; `hasMicrophone`: something could be heard. */
  readonly sound: { readonly peakDb: number; readonly hasMicrophone: boolean };
  /** Null while nothing is sent. */
  readonly uplink: UplinkStats | null;
  /** Null where the room tells nothing. */
  readonly audience: AudiencePlayback | null;
}

/** Rates below this part of what they should be are falling. */
const slowShare = 0.9;
const stoppedFps = 1;
const blackLuma = 20;
const stillMs = 30_000;
const silentDb = -60;
const lossPercent = 5;
/** So many of those who tell have to see it, before it is not their own line's fault. */
const audienceShare = 1 / 3;
/** ITU-R BT.1359-1: from here on an offset is no longer acceptable. */
const mostLeadMs = 185;
const leastLeadMs = -90;

const manyOf = (count: number, audience: AudiencePlayback): boolean =>
  count > 0 && count >= audience.reporters * audienceShare;

/** For how long it has to hold before it is said, and what it is; the worst first. */
const rules: readonly {
  readonly kind: ConditionKind;
  readonly afterMs: number;
  readonly holds: (sample: HealthSample) => boolean;
}[] = [
  {
    kind: "programmeStopped",
    afterMs: 3_000,
    holds: ({ programme }) => programme.fps < stoppedFps,
  },
  {
    kind: "sendingStopped",
    afterMs: 3_000,
    holds: ({ programme, uplink }) =>
      uplink !== null && uplink.fps < stoppedFps && programme.fps >= stoppedFps,
  },
  {
    kind: "programmeBlack",
    afterMs: 5_000,
    holds: ({ programme }) => programme.brightness !== null && programme.brightness < blackLuma,
  },
  {
    kind: "soundSilent",
    afterMs: 15_000,
    holds: ({ sound }) => sound.hasMicrophone && sound.peakDb < silentDb,
  },
  {
    kind: "soundMissing",
    afterMs: 15_000,
    holds: ({ sound }) => !sound.hasMicrophone && sound.peakDb < silentDb,
  },
  {
    kind: "audienceFrozen",
    afterMs: 4_000,
    holds: ({ audience }) => audience !== null && manyOf(audience.frozen, audience),
  },
  {
    kind: "audienceBlack",
    afterMs: 4_000,
    holds: ({ audience, programme }) =>
      audience !== null &&
      manyOf(audience.black, audience) &&
      (programme.brightness ?? 0) >= blackLuma,
  },
  {
    kind: "audienceSilent",
    afterMs: 10_000,
    holds: ({ audience, sound }) =>
      audience !== null && manyOf(audience.silent, audience) && sound.peakDb >= silentDb,
  },
  {
    kind: "audienceUnplayable",
    afterMs: 0,
    holds: ({ audience }) => audience !== null && audience.unplayable > 0,
  },
  {
    kind: "pictureEarly",
    afterMs: 10_000,
    holds: ({ audience }) => (audience?.pictureLeadMs ?? 0) > mostLeadMs,
  },
  {
    kind: "pictureLate",
    afterMs: 10_000,
    holds: ({ audience }) => (audience?.pictureLeadMs ?? 0) < leastLeadMs,
  },
  {
    kind: "programmeSlow",
    afterMs: 5_000,
    holds: ({ programme: { fps, targetFps } }) => fps >= stoppedFps && fps < targetFps * slowShare,
  },
  {
    kind: "encoderSlow",
    afterMs: 5_000,
    holds: ({ programme, uplink }) =>
      uplink !== null &&
      uplink.limitation !== "bandwidth" &&
      uplink.fps >= stoppedFps &&
      uplink.fps < programme.fps * slowShare,
  },
  {
    kind: "networkSlow",
    afterMs: 5_000,
    holds: ({ programme, uplink }) =>
      uplink !== null &&
      uplink.limitation === "bandwidth" &&
      uplink.fps >= stoppedFps &&
      uplink.fps < programme.fps * slowShare,
  },
  {
    kind: "networkLossy",
    afterMs: 5_000,
    holds: ({ uplink }) => (uplink?.lossPercent ?? 0) >= lossPercent,
  },
  {
    kind: "programmeStill",
    afterMs: 0,
    holds: ({ programme, atMs }) =>
      programme.stillSinceMs !== null &&
      atMs - programme.stillSinceMs >= stillMs &&
      programme.fps >= stoppedFps &&
      (programme.brightness ?? 0) >= blackLuma,
  },
];

/** Gone for so long before it is said to be over. */
const clearAfterMs = 3_000;

interface Tracked {
  /** Since when it holds, or last held. */
  readonly sinceMs: number;
  readonly heldAtMs: number;
  readonly raised: boolean;
}

/** What is wrong, and what may be on its way to be. */
export type Health = ReadonlyMap<ConditionKind, Tracked>;
export const healthy: Health = new Map();

export interface Condition {
  readonly kind: ConditionKind;
  readonly sinceMs: number;
}

/** What is wrong now, the worst first. */
export const conditionsOf = (health: Health): readonly Condition[] =>
  rules.flatMap(({ kind }) => {
    const tracked = health.get(kind);
    return tracked?.raised ? [{ kind, sinceMs: tracked.sinceMs }] : [];
  });

/** One more second of a show. Samples come in the order of their times. */
export const judge = (before: Health, sample: HealthSample): Health => {
  const next = new Map<ConditionKind, Tracked>();
  for (const { kind, afterMs, holds } of rules) {
    const tracked = before.get(kind);
    if (holds(sample)) {
      const sinceMs = tracked?.sinceMs ?? sample.atMs;
      const raised = tracked?.raised === true || sample.atMs - sinceMs >= afterMs;
      next.set(kind, { sinceMs, heldAtMs: sample.atMs, raised });
    } else if (tracked?.raised && sample.atMs - tracked.heldAtMs < clearAfterMs)
      next.set(kind, tracked);
  }
  return next;
};
