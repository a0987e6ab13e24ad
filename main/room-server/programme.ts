import { succeed, type Result } from "../../preload/contract/result.ts";
import { ProgrammeState } from "../../preload/contract/room-protocol.ts";
import type { GroupCommit } from "./group-commit.ts";
import type { Handlers } from "./handlers.ts";
import type { LogStore } from "./log-store.ts";
import { nextProgrammeState, type ProgrammeEvent } from "./programme-state.ts";

const stateName = "programme";

/** The programme's state, kept in the log; `changed` is called when a change is on disk. */
export const createProgramme = (options: {
  store: LogStore;
  commits: GroupCommit;
  changed: (state: ProgrammeState) => void;
}) => {
  const { store, commits } = options;
  const stored = ProgrammeState.safeParse(store.readState(stateName)).data ?? "idle";
  let committed = nextProgrammeState(stored, { type: "restarted" });
  let staged = committed;
  return {
    get state(): ProgrammeState {
      return committed;
    },
    apply: (event: ProgrammeEvent): Promise<Result<unknown>> =>
      commits.submit((writing) => {
        const next = nextProgrammeState(staged, event);
        if (next === staged) return succeed({});
        staged = next;
        store.writeState(stateName, next);
        writing.afterCommit(() => {
          committed = next;
          options.changed(next);
        });
        return succeed({});
      }),
    /** Called after each group of writes. */
    settle(): void {
      staged = committed;
    },
  };
};
export type Programme = ReturnType<typeof createProgramme>;

export const programmeHandlers = {
  setProgramme: {
    action: "programme.set",
    handle: (room, _connection, { state }) => room.programme.apply({ type: "set", state }),
  },
} satisfies Handlers<"setProgramme">;
