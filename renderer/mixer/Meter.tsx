import { useEffect, useRef } from "react";
import type { SourceId } from "../../preload/contract/ids.ts";
import { useStudio } from "../studio/studio-context.ts";
import { heldDb, holdPeak, hotDb, meterPosition, type PeakHold, warnDb } from "./meter-scale.ts";
import styles from "./MixerStrip.module.css";

/** Twenty a second look alive and cost a third of a frame-rate meter. */
const periodMs = 50;
const bands = [
  { fromDb: -60, colour: "#2fb67c" },
  { fromDb: warnDb, colour: "#f2a93b" },
  { fromDb: hotDb, colour: "#f23d5c" },
] as const;
const railColour = "#262b35";

const draw = (
  context: CanvasRenderingContext2D,
  { rmsDb, peakDb, markDb }: { rmsDb: number; peakDb: number; markDb: number },
) => {
  const { width, height } = context.canvas;
  context.fillStyle = railColour;
  context.fillRect(0, 0, width, height);
  bands.forEach(({ fromDb, colour }, index) => {
    const left = meterPosition(fromDb) * width;
    const right = meterPosition(bands[index + 1]?.fromDb ?? 0) * width;
    context.fillStyle = colour;
    context.globalAlpha = 0.45;
    const peakEnd = Math.min(right, meterPosition(peakDb) * width);
    if (peakEnd > left) context.fillRect(left, 0, peakEnd - left, height);
    context.globalAlpha = 1;
    const rmsEnd = Math.min(right, meterPosition(rmsDb) * width);
    if (rmsEnd > left) context.fillRect(left, 0, rmsEnd - left, height);
  });
  const mark = meterPosition(markDb);
  if (mark <= 0) return;
  context.fillStyle = bands.findLast(({ fromDb }) => markDb >= fromDb)?.colour ?? railColour;
  context.fillRect(Math.min(width - 2, mark * width), 0, 2, height);
};

/** Level of one channel: RMS solid, peak pale, the highest peak held. Drawn past React. */
export const Meter = ({ channel, label }: { channel: SourceId | "programme"; label: string }) => {
  const { engine } = useStudio();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return undefined;
    let held: PeakHold = { db: -100, atMs: 0 };
    let idle = false;
    const tick = () => {
      if (document.hidden) return;
      const { peakDb, rmsDb } = engine.readLevel(channel);
      const nowMs = performance.now();
      held = holdPeak(held, peakDb, nowMs);
      const markDb = heldDb(held, nowMs);
      const silent = Math.max(peakDb, markDb) <= -60;
      if (silent && idle) return;
      idle = silent;
      draw(context, { rmsDb, peakDb, markDb });
    };
    tick();
    const timer = setInterval(tick, periodMs);
    return () => clearInterval(timer);
  }, [engine, channel]);
  return (
    <canvas
      ref={canvas}
      className={styles["meter"]}
      width={240}
      height={6}
      role="img"
      aria-label={label}
    />
  );
};
