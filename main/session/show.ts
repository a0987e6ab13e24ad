import type { CutOffShow } from "../../preload/contract/ipc.ts";
import { type Result, succeed } from "../../preload/contract/result.ts";
import type { EpochMs } from "../../preload/contract/time.ts";
import type { KeepAwake } from "../capture/keep-awake.ts";
import type { Room } from "../room/room.ts";
import type { ShowFacts } from "./show-facts.ts";

/** More windows than this, lost within `crashesWithinMs`, are a crash loop: the anchor is asked before it goes on. */
const windowsLost = 3;
const crashesWithinMs = 120_000;
const noteEveryMs = 30_000;

type State =
  | { readonly is: "off" }
  | { readonly is: "live"; readonly sinceMs: EpochMs }
  | { readonly is: "cutOff"; readonly show: CutOffShow };

export interface ShowPorts {
  readonly keepAwake: Pick<KeepAwake, "set">;
  readonly room: Pick<Room, "setProgramme">;
  readonly facts: ShowFacts;
  readonly nowMs: () => EpochMs;
}

/**
 * Whether the programme is on air, as the window says: while it is, nothing ends by accident. A show ends when the
 * anchor says so; where its window or the app was lost, the same show can go on.
 */
export class Show {
  readonly #ports: ShowPorts;
  #state: State;
  #lostAtMs: EpochMs[] = [];
  #notes: NodeJS.Timeout | undefined;

  /** @param before of an app that ended without ending its show */
  constructor(ports: ShowPorts, before: EpochMs | null) {
    this.#ports = ports;
    this.#state =
      before === null ? { is: "off" } : { is: "cutOff", show: { next: "offer", sinceMs: before } };
  }

  get live(): boolean {
    return this.#state.is === "live";
  }

  get cutOff(): CutOffShow | null {
    return this.#state.is === "cutOff" ? this.#state.show : null;
  }

  async setLive(live: boolean): Promise<Result<{ sinceMs: EpochMs | null }>> {
    const { room } = this.#ports;
    if (!live) {
      if (this.#state.is === "off") return succeed({ sinceMs: null });
      await this.#end();
      const told = await room.setProgramme("ended");
      return told.ok ? succeed({ sinceMs: null }) : told;
    }
    const state = this.#state;
    if (state.is === "live") return succeed({ sinceMs: state.sinceMs });
    const sinceMs = state.is === "cutOff" ? state.show.sinceMs : this.#ports.nowMs();
    this.#state = { is: "live", sinceMs };
    this.#ports.keepAwake.set(true);
    this.#note(sinceMs);
    this.#notes = setInterval(() => this.#note(sinceMs), noteEveryMs);
    const told = await room.setProgramme("live");
    return told.ok ? succeed({ sinceMs }) : told;
  }

  /** The window that was live has crashed or been loaded again: the next one goes on, and meanwhile viewers wait. */
  loseWindow(): void {
    const state = this.#state;
    if (state.is === "off" || (state.is === "cutOff" && state.show.next === "offer")) return;
    const nowMs = this.#ports.nowMs();
    this.#lostAtMs = [...this.#lostAtMs.filter((at) => nowMs - at < crashesWithinMs), nowMs];
    const next = this.#lostAtMs.length > windowsLost ? "offer" : "goOn";
    const { sinceMs } = state.is === "live" ? state : state.show;
    this.#state = { is: "cutOff", show: { next, sinceMs } };
  }

  /** The app ends as the anchor wants it: nothing is left to go on with. The room is told by who closes it. */
  close(): Promise<void> {
    return this.#end();
  }

  async #end(): Promise<void> {
    clearInterval(this.#notes);
    this.#state = { is: "off" };
    this.#ports.keepAwake.set(false);
    await this.#ports.facts.clear();
  }

  #note(sinceMs: EpochMs): void {
    void this.#ports.facts.note(sinceMs);
  }
}
