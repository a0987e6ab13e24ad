import { expect, test } from "vitest";
import {
  nextProgrammeState,
  type ProgrammeEvent,
} from "../../../main/room-server/programme-state.ts";
import type { ProgrammeState } from "../../../preload/contract/room-protocol.ts";

const live: ProgrammeEvent = { type: "set", state: "live" };
const ended: ProgrammeEvent = { type: "set", state: "ended" };
const here: ProgrammeEvent = { type: "producing", producing: true };
const gone: ProgrammeEvent = { type: "producing", producing: false };
const restarted: ProgrammeEvent = { type: "restarted" };

test.each<[string, ProgrammeEvent[], ProgrammeState]>([
  ["media alone is no programme", [here], "idle"],
  ["on air", [here, live], "live"],
  ["the media connection is lost", [here, live, gone], "away"],
  ["and comes again", [here, live, gone, here], "live"],
  ["ended stays ended", [here, live, ended, gone, here], "ended"],
  ["a second show", [live, ended, live], "live"],
  ["a restart of the room loses the media", [here, live, restarted], "away"],
  ["a restart while away", [here, live, gone, restarted, here], "live"],
  ["a restart after the end", [live, ended, restarted], "idle"],
])("%s", (_name, events, expected) => {
  expect(events.reduce(nextProgrammeState, "idle")).toBe(expected);
});
