import { type Result, fail, succeed } from "../../preload/contract/result.ts";
import { type GetDesktopSources, listCaptureSources } from "./sources.ts";

export interface DisplayChoice {
  readonly id: string;
  readonly name: string;
}

export const choiceValidMs = 10_000;

/** What was chosen in our own picker is granted to the next getDisplayMedia of the window: once, and not for long. */
export class DisplayMediaGrants {
  readonly #getSources: GetDesktopSources;
  readonly #nowMs: () => number;
  #choice: (DisplayChoice & { readonly untilMs: number }) | null = null;

  constructor(getSources: GetDesktopSources, nowMs: () => number) {
    this.#getSources = getSources;
    this.#nowMs = nowMs;
  }

  /** `capture.unknown_source` where the screen or window is not there (any more). */
  async choose(captureId: string): Promise<Result<Record<string, never>>> {
    this.#choice = null;
    const sources = await listCaptureSources(this.#getSources, false);
    const found = sources.find((source) => source.captureId === captureId);
    if (!found) return fail("capture.unknown_source");
    this.#choice = {
      id: found.captureId,
      name: found.name,
      untilMs: this.#nowMs() + choiceValidMs,
    };
    return succeed({});
  }

  /** Null: deny. Called by the session for each getDisplayMedia. */
  take(request: {
    readonly fromOurPage: boolean;
    readonly videoRequested: boolean;
  }): DisplayChoice | null {
    const choice = this.#choice;
    if (!request.fromOurPage || !request.videoRequested || !choice) return null;
    this.#choice = null;
    return this.#nowMs() < choice.untilMs ? { id: choice.id, name: choice.name } : null;
  }
}
