import { type Result, succeed } from "../../preload/contract/result.ts";
import type { KeepAwake } from "../capture/keep-awake.ts";
import type { Room } from "../room/room.ts";

/** Whether the programme is on air, as the window says: while it is, nothing ends by accident. */
export class Show {
  readonly #keepAwake: Pick<KeepAwake, "set">;
  readonly #room: Pick<Room, "setProgramme" | "forgetProgramme">;
  #live = false;

  constructor(
    keepAwake: Pick<KeepAwake, "set">,
    room: Pick<Room, "setProgramme" | "forgetProgramme">,
  ) {
    this.#keepAwake = keepAwake;
    this.#room = room;
  }

  get live(): boolean {
    return this.#live;
  }

  async setLive(live: boolean): Promise<Result<Record<string, never>>> {
    if (this.#live === live) return succeed({});
    this.#live = live;
    this.#keepAwake.set(live);
    return this.#room.setProgramme(live ? "live" : "ended");
  }

  /** The window that was live has crashed or been loaded again; its media connection is gone with it. */
  loseWindow(): void {
    if (!this.#live) return;
    this.#live = false;
    this.#keepAwake.set(false);
    this.#room.forgetProgramme();
  }
}
