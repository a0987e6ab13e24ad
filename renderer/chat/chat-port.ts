import type { StoreApi } from "zustand/vanilla";
import type { ChatMethod, RoomState } from "../../preload/contract/ipc.ts";
import type { Result } from "../../preload/contract/result.ts";
import type { RoomAnswer, RoomInput } from "../../preload/contract/room-protocol.ts";
import type { Feed } from "./feed.ts";

/** All that a chat has of its room, over whatever leads there. */
export interface ChatPort {
  readonly feed: Feed;
  /** Nothing can be done while it is not `connected`. */
  readonly room: StoreApi<RoomState>;
  readonly ask: <M extends ChatMethod>(
    method: M,
    data: RoomInput<M>,
  ) => Promise<Result<RoomAnswer<M>>>;
  /** For a request id: another one each time. */
  readonly createId: () => string;
}
