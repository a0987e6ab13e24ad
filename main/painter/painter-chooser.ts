import type { Logger } from "pino";
import type { PainterKind, PainterProbe } from "../../preload/contract/painter.ts";
import { EpochMs } from "../../preload/contract/time.ts";
import type { PainterVerdictFile } from "../storage/painter-verdict.ts";

export interface PainterChooserOptions {
  /** By `--painter`: no verdict counts then, and none is made. */
  readonly asked: PainterKind | undefined;
  readonly verdicts: PainterVerdictFile;
  /** Null where it cannot be told. */
  readonly readHardware: () => Promise<string | null>;
  readonly nowMs: () => number;
  readonly log: Pick<Logger, "info" | "warn">;
}

/** Chooses what composes: as asked, as found out on this hardware, or as a probe will say. */
export class PainterChooser {
  readonly #options: PainterChooserOptions;
  /** Whether this run has begun with hardware acceleration, which cannot be changed any more. */
  readonly #accelerated: boolean;
  #offered = false;

  constructor(options: PainterChooserOptions) {
    this.#options = options;
    const { asked, verdicts, log } = options;
    this.#accelerated = (asked ?? verdicts.current?.painter) !== "cpu";
    if (verdicts.problem)
      log.warn({ problem: verdicts.problem }, "the painter's verdict is broken");
  }

  /** For a window that opens. */
  async choose(): Promise<PainterKind | "probe"> {
    const { asked, verdicts, readHardware, log } = this.#options;
    if (asked) return asked;
    const verdict = verdicts.current;
    if (!verdict) return this.#accelerated ? "probe" : "cpu";
    const hardware = await readHardware();
    if (hardware === null || verdict.hardware === null || hardware === verdict.hardware)
      return verdict.painter;
    log.info({ hardware, was: verdict.hardware }, "other graphics hardware: it is tried out");
    await verdicts.forget().catch((error: unknown) => log.warn({ err: error }, "not forgotten"));
    // Without acceleration there is nothing to try out before the next start.
    return this.#accelerated ? "probe" : "cpu";
  }

  /** Keeps what a window found out. The offer is made once a run. */
  async record(probe: PainterProbe): Promise<{ readonly offerRestart: boolean }> {
    const { verdicts, readHardware, nowMs, log } = this.#options;
    const verdict = { ...probe, hardware: await readHardware(), atMs: EpochMs.parse(nowMs()) };
    log.info({ verdict }, "the GPU was tried out");
    try {
      await verdicts.keep(verdict);
    } catch (error) {
      // Opened again, the app would find out the same and offer the same.
      log.warn({ err: error }, "the painter's verdict cannot be kept");
      return { offerRestart: false };
    }
    const offerRestart = this.#accelerated && probe.painter === "cpu" && !this.#offered;
    this.#offered ||= offerRestart;
    return { offerRestart };
  }
}
