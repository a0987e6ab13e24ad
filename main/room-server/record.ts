import { succeed } from "../../preload/contract/result.ts";
import type { Handlers } from "./handlers.ts";

export const recordHandlers = {
  /** A second `resume` moves the cursor. `afterSeq` beyond the answered `latestSeq` means that the room's log is another one. */
  resume: {
    action: "record.resume",
    handle: (room, { records }, { afterSeq }) => {
      records.resume(afterSeq);
      return succeed({ latestSeq: room.commits.latestSeq });
    },
  },
} satisfies Handlers<"resume">;
