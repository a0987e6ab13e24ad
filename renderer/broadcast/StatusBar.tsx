import { Segmented } from "antd";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import type { ErrorCode } from "../../preload/contract/result.ts";
import type { Locale } from "../../preload/contract/settings.ts";
import { HealthFact } from "../health/HealthFact.tsx";
import { useLocale, useWords } from "../i18n/words.ts";
import { infoOf } from "../room/room-info.ts";
import { roomStatus } from "../room/room-status.ts";
import { useStudio } from "../studio/studio-context.ts";
import { formatDuration } from "../ui/duration.ts";
import { ViewersIcon } from "../ui/icons.tsx";
import { gpuName } from "./gpu-name.ts";
import styles from "./StatusBar.module.css";
import { useElapsedMs } from "./use-elapsed.ts";
import { useLiveSinceMs } from "./use-live-since.ts";
import { useRecentRise } from "./use-recent-rise.ts";

interface FactProps {
  readonly label: string;
  /** The value says by itself what it is: the label is in its tooltip only. */
  readonly plain?: boolean;
  readonly tone?: "warn" | "bad" | undefined;
  readonly children: ReactNode;
}

const Fact = ({ label, plain, tone, children }: FactProps) => (
  <span className={styles["fact"]} data-tone={tone} title={label}>
    {!plain && <span className={styles["label"]}>{label}</span>}
    {children}
  </span>
);

const bitrate = (bps: number): string =>
  bps >= 1_000_000 ? `${(bps / 1_000_000).toFixed(1)} Mbps` : `${Math.round(bps / 1_000)} kbps`;

const UplinkFacts = () => {
  const t = useWords();
  const { engine } = useStudio();
  const uplink = useStore(engine.stats, (stats) => stats.uplink);
  const live = useStore(engine.broadcast, ({ phase }) => phase === "live");
  // What is sent into a broken path reaches nobody.
  if (!uplink || !live) return null;
  const { rttMs, lossPercent, limitation } = uplink;
  const encoder = `${uplink.codec} ${uplink.encoder}`;
  return (
    <>
      <Fact label={t("broadcast.bitrate")} plain>
        {bitrate(uplink.bitrateBps)}
      </Fact>
      <Fact label={t("broadcast.sent")} plain>
        {uplink.width}×{uplink.height} {Math.round(uplink.fps)} fps
      </Fact>
      {rttMs !== null && (
        <Fact label={t("broadcast.rtt")} tone={rttMs > 300 ? "warn" : undefined}>
          {Math.round(rttMs)} ms
        </Fact>
      )}
      {lossPercent !== null && (
        <Fact
          label={t("broadcast.loss")}
          tone={lossPercent >= 5 ? "bad" : lossPercent >= 1 ? "warn" : undefined}
        >
          {lossPercent.toFixed(1)}%
        </Fact>
      )}
      <span className={styles["encoder"]} title={`${t("broadcast.encoder")}: ${encoder}`}>
        {encoder}
      </span>
      {limitation !== "none" && (
        <span className={styles["limitation"]} title={t(`broadcast.limitation.${limitation}`)}>
          {t(`broadcast.limitation.${limitation}`)}
        </span>
      )}
    </>
  );
};

/** Where the fault lies, as far as it can be told; what to do follows from it. */
const placeOf = (code: ErrorCode): "network" | "room" | "window" => {
  if (code === "uplink.window_lost") return "window";
  return code === "room.closed" || code.startsWith("media.") ? "room" : "network";
};

const DownFact = () => {
  const t = useWords();
  const broadcast = useStore(useStudio().engine.broadcast);
  const down = broadcast.phase === "reconnecting" ? broadcast : null;
  const elapsedMs = useElapsedMs(down?.downSinceMs ?? null);
  if (!down) return null;
  const text = t(`broadcast.down.${placeOf(down.error.code)}`);
  return (
    <span className={styles["down"]} role="status" title={text}>
      <b>{t("broadcast.down", { seconds: Math.floor(elapsedMs / 1_000) })}</b>
      {text}
    </span>
  );
};

const PainterFact = () => {
  const t = useWords();
  const painter = useStore(useStudio().engine.stats, (stats) => stats.painter);
  if (!painter) return null;
  const { kind, renderer, gaveUpGpu } = painter;
  if (gaveUpGpu)
    return (
      <Fact label={t("broadcast.gpuGivenUpHint")} plain tone="warn">
        {t("broadcast.gpuGivenUp")}
      </Fact>
    );
  const hint = t(`broadcast.painterHint.${kind}`, { name: gpuName(renderer ?? "") });
  return (
    <Fact label={hint} plain>
      {t(`broadcast.painter.${kind}`)}
    </Fact>
  );
};

const RoomFact = () => {
  const t = useWords();
  const state = useStore(useStudio().room);
  return (
    <span className={styles["room"]} data-status={state.status} role="status">
      <i />
      {roomStatus(state, t)}
    </span>
  );
};

const locales: readonly { readonly value: Locale; readonly label: string }[] = [
  { value: "zh-CN", label: "中" },
  { value: "en", label: "EN" },
];

/** Frames that were repeated longer ago are no warning any more. */
const repeatingShownMs = 10_000;

export const StatusBar = () => {
  const t = useWords();
  const locale = useLocale();
  const { app, engine, room, settings } = useStudio();
  const viewers = useStore(room, (state) => infoOf(state)?.viewers);
  const programme = useStore(engine.stats, (stats) => stats.programme);
  const repeating = useRecentRise(programme.repeatedFrames, repeatingShownMs);
  const sinceMs = useLiveSinceMs();
  const elapsedMs = useElapsedMs(sinceMs);
  return (
    <footer className={styles["bar"]} aria-label={t("broadcast.status")}>
      <RoomFact />
      {sinceMs !== null && <time className={styles["time"]}>{formatDuration(elapsedMs)}</time>}
      {viewers !== undefined && (
        <span className={styles["fact"]} title={t("broadcast.viewersNow")}>
          <ViewersIcon size={13} />
          {viewers}
        </span>
      )}
      <DownFact />
      <HealthFact />
      <UplinkFacts />
      <span className={styles["spacer"]} />
      <PainterFact />
      <Fact label={t("broadcast.programme")}>{programme.fps.toFixed(1)} fps</Fact>
      <Fact label={t("broadcast.repeated")} tone={repeating ? "warn" : undefined}>
        {programme.repeatedFrames}
      </Fact>
      {app.runtime === "development" && (
        <span className={styles["badge"]} title={t("app.developmentHint")}>
          {t("app.development")}
        </span>
      )}
      <Segmented
        size="small"
        aria-label={t("settings.language")}
        value={locale}
        options={[...locales]}
        onChange={(value) => void settings.update({ locale: value })}
      />
    </footer>
  );
};
