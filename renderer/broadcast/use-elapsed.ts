import { useEffect, useState } from "react";

/** Milliseconds since a moment, once a second; 0 where there is none. */
export const useElapsedMs = (sinceMs: number | null): number => {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    if (sinceMs === null) return undefined;
    const timer = setInterval(() => setNowMs(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [sinceMs]);
  return sinceMs === null ? 0 : Math.max(0, nowMs - sinceMs);
};
