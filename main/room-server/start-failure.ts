import type { StartFailureCode } from "./process-messages.ts";

/** The room cannot open; `message` is one sentence for the person who started it. */
export class StartFailure extends Error {
  readonly code: StartFailureCode;

  constructor(code: StartFailureCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** The code of a Node system error (`EADDRINUSE`), else the empty string. */
export const systemCodeOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";

export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
