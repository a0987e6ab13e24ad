import type { StoreApi } from "zustand/vanilla";
import type { RecordEvent } from "../../preload/contract/gift.ts";
import type { IpcOutput, PushMessage, RoomState } from "../../preload/contract/ipc.ts";
import type { Result } from "../../preload/contract/result.ts";
import { infoOf } from "../room/room-info.ts";
import type { Feed } from "./feed.ts";

type FeedMessage = Extract<PushMessage, { type: "records" | "chat" | "room" }>;

export interface FeedFollower {
  readonly feed: Feed;
  readonly room: StoreApi<RoomState>;
  readonly getRecent: () => Promise<Result<IpcOutput<"feed.getRecent">>>;
  readonly listen: (listener: (message: PushMessage) => void) => void;
  /** Called with the records that were added, not with those of the past. */
  readonly onRecords?: (events: readonly RecordEvent[]) => void;
  /** Called with what is not for the feed, in its order among the rest. */
  readonly onOther: (message: Exclude<PushMessage, FeedMessage>) => void;
}

/** The room whose lines the feed shows; null for rooms without a feed, undefined before one has answered. */
const feedRoomOf = (room: RoomState): string | null | undefined => {
  if (room.status === "uplinkOnly") return null;
  return infoOf(room)?.roomId;
};

/**
 * Hands what main pushes to the feed, in order. While the feed is given a room's past, at first and when another
 * room was chosen, pushes wait.
 */
export const followFeed = (follower: FeedFollower): { begin: () => Promise<void> } => {
  const { feed, room } = follower;
  const waiting: PushMessage[] = [];
  let loading = true;
  let feedRoom = feedRoomOf(room.getState());

  const loadPast = async (): Promise<void> => {
    loading = true;
    const recent = feedRoom === null ? null : await follower.getRecent();
    if (recent?.ok) feed.load(recent.value.events, recent.value.messages, recent.value.totals);
    else feed.load([], [], null);
    if (recent?.ok === false) console.warn("the feed starts empty", recent.error);
    loading = false;
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      handle(next);
      if (loading) return;
    }
  };
  const followRoom = (state: RoomState): void => {
    room.setState(state, true);
    const next = feedRoomOf(state);
    if (next === undefined || next === feedRoom) return;
    feedRoom = next;
    void loadPast();
  };
  const handle = (message: PushMessage): void => {
    if (message.type === "records") {
      feed.addRecords(message.events, message.omitted, message.totals);
      follower.onRecords?.(message.events);
    } else if (message.type === "chat") feed.addMessages(message.messages, message.omitted);
    else if (message.type === "room") followRoom(message.state);
    else follower.onOther(message);
  };
  follower.listen((message) => {
    if (loading) waiting.push(message);
    else handle(message);
  });
  return { begin: loadPast };
};
