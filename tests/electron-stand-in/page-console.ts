import type { CdpSession } from "./cdp.ts";

export interface ConsoleMessage {
  level: "debug" | "info" | "warning" | "error";
  message: string;
  lineNumber: number;
  sourceId: string;
}

const levels: Record<string, ConsoleMessage["level"]> = {
  debug: "debug",
  verbose: "debug",
  warning: "warning",
  error: "error",
  assert: "error",
};

/** Asks Chromium for all that a page's console shows: its calls, what it did not catch, what the browser reports. */
export async function followConsole(
  session: CdpSession,
  tell: (message: ConsoleMessage) => void,
): Promise<void> {
  session.on("Runtime.consoleAPICalled", ({ type, args, stackTrace }) => {
    const values = args as { value?: unknown; description?: string }[];
    const trace = stackTrace as { callFrames: { url: string; lineNumber: number }[] } | undefined;
    tell({
      level: levels[String(type)] ?? "info",
      message: values.map(({ value, description }) => description ?? String(value)).join(" "),
      lineNumber: (trace?.callFrames[0]?.lineNumber ?? -1) + 1,
      sourceId: trace?.callFrames[0]?.url ?? "",
    });
  });
  session.on("Runtime.exceptionThrown", ({ exceptionDetails }) => {
    const { text, exception, lineNumber, url } = exceptionDetails as {
      text: string;
      exception?: { description?: string };
      lineNumber: number;
      url?: string;
    };
    tell({
      level: "error",
      message: `${text} ${exception?.description ?? ""}`,
      lineNumber: lineNumber + 1,
      sourceId: url ?? "",
    });
  });
  session.on("Log.entryAdded", ({ entry }) => {
    const { level, text, lineNumber, url } = entry as {
      level: string;
      text: string;
      lineNumber?: number;
      url?: string;
    };
    tell({
      level: levels[level] ?? "info",
      message: text,
      lineNumber: lineNumber ?? 0,
      sourceId: url ?? "",
    });
  });
  await Promise.all([session.send("Runtime.enable"), session.send("Log.enable")]);
}
