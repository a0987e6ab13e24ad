import type { Page } from "playwright-core";
import type { CompositorReport } from "../../../renderer/compositor/protocol.ts";
import { waitFor } from "../../e2e/studio-app.ts";

type Stats = Extract<CompositorReport, { type: "stats" }>;

/** One second of the programme as the worker reported it to the window. */
export interface ProgrammeSecond extends Omit<Stats, "type" | "sources"> {
  /** Epoch time of the report. */
  readonly atMs: number;
  /** Frames a second of each captured source. */
  readonly sourceFps: Readonly<Record<string, number>>;
}

export interface CompositorWorker {
  /** The programme's clock stops: nothing is planned, painted or sent; captured frames are taken and closed as before. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** What was reported since the last call. */
  takeSeconds(): Promise<ProgrammeSecond[]>;
}

interface Hooks {
  readonly seconds: ProgrammeSecond[];
  pause(): void;
  resume(): void;
}

/**
 * Takes hold of the compositor worker of a running studio through the debugging protocol, without any help of the product:
 * the worker's `postMessage` is listened to, and while it is paused its `setTimeout` (which only the programme's clock
 * uses) keeps the next beat.
 */
export const attachToCompositor = async (page: Page): Promise<CompositorWorker> => {
  const worker = await waitFor("the compositor worker", () =>
    page.workers().find((candidate) => /worker[^/]*\.js/.test(candidate.url())),
  );
  await worker.evaluate(() => {
    const scope = globalThis as unknown as {
      postMessage(report: CompositorReport, options: unknown): void;
      setTimeout: unknown;
      benchHooks?: Hooks;
    };
    const post = scope.postMessage.bind(globalThis);
    const later = globalThis.setTimeout.bind(globalThis);
    const seconds: ProgrammeSecond[] = [];
    scope.postMessage = (report, options) => {
      if (report.type === "stats") {
        const { type: _, sources, ...stats } = report;
        const sourceFps = Object.fromEntries([...sources].map(([id, { fps }]) => [id, fps]));
        seconds.push({ ...stats, sourceFps, atMs: Date.now() });
      }
      post(report, options);
    };
    let held: (() => void)[] = [];
    scope.benchHooks = {
      seconds,
      pause: () => {
        scope.setTimeout = (call: () => void) => held.push(call);
      },
      resume: () => {
        scope.setTimeout = later;
        for (const call of held) later(call, 0);
        held = [];
      },
    };
  });
  return {
    pause: () =>
      worker.evaluate(() => (globalThis as unknown as { benchHooks: Hooks }).benchHooks.pause()),
    resume: () =>
      worker.evaluate(() => (globalThis as unknown as { benchHooks: Hooks }).benchHooks.resume()),
    takeSeconds: () =>
      worker.evaluate(() =>
        (globalThis as unknown as { benchHooks: Hooks }).benchHooks.seconds.splice(0),
      ),
  };
};
