import type { ProgrammeState } from "../../preload/contract/room-protocol.ts";

/** `restarted`: the room has opened again on the log it had. */
export type ProgrammeEvent =
  | { readonly type: "set"; readonly state: "live" | "ended" }
  | { readonly type: "producing"; readonly producing: boolean }
  | { readonly type: "restarted" };

/** Whether there is a programme: the anchor says when it begins and ends, the media connection says whether it is there. */
export const nextProgrammeState = (
  state: ProgrammeState,
  event: ProgrammeEvent,
): ProgrammeState => {
  switch (event.type) {
    case "set":
      return event.state;
    case "producing":
      if (state === "away" && event.producing) return "live";
      return state === "live" && !event.producing ? "away" : state;
    case "restarted":
      return state === "live" || state === "away" ? "away" : "idle";
    default:
      return event satisfies never;
  }
};
