const two = (value: number): string => String(Math.floor(value)).padStart(2, "0");

/** `hh:mm:ss` of a stretch of time; hours go on beyond 99. */
export const formatDuration = (ms: number): string => {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  return [seconds / 3_600, (seconds / 60) % 60, seconds % 60].map(two).join(":");
};
