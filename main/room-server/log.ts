import { pino } from "pino";

export const logLevels = ["debug", "info", "warn", "error", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

/** JSON lines on stderr. URLs are never logged with their query, since tokens travel there; this is the second line. */
export const createLog = (level: LogLevel) =>
  pino(
    {
      level,
      base: { part: "room" },
      redact: { paths: ["token", "*.token", "cookie", "*.cookie", "anchorUrl", "*.anchorUrl"] },
    },
    pino.destination({ dest: 2, sync: true }),
  );
export type Log = ReturnType<typeof createLog>;
