import type { PushMessage, RoomState } from "../../preload/contract/ipc.ts";
import { infoOf } from "../room/room-info.ts";
import type { StudioEngine } from "../session/state.ts";
import type { Studio } from "./studio-context.ts";

/** The room whose lines the feed shows; null for rooms without a feed, undefined before one has answered. */
const feedRoomOf = (room: RoomState): string | null | undefined => {
  if (room.status === "uplinkOnly") return null;
  return infoOf(room)?.roomId;
};

/**
 * Hands what main pushes to the stores, in order. While the feed is given a room's past, at first and when another
 * room was chosen, pushes wait.
 */
export const followPushes = (
  studio: Pick<Studio, "feed" | "notices" | "request" | "room"> & {
    readonly engine: Pick<StudioEngine, "showAlerts">;
  },
  listen: (listener: (message: PushMessage) => void) => void,
): { begin: () => Promise<void> } => {
  const waiting: PushMessage[] = [];
  let loading = true;
  let feedRoom = feedRoomOf(studio.room.getState());

  const loadPast = async (): Promise<void> => {
    loading = true;
    const recent = feedRoom === null ? null : await studio.request("feed.getRecent", {});
    if (recent?.ok)
      studio.feed.load(recent.value.events, recent.value.messages, recent.value.totals);
    else studio.feed.load([], [], null);
    if (recent?.ok === false) console.warn("the feed starts empty", recent.error);
    loading = false;
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      handle(next);
      if (loading) return;
    }
  };
  const followRoom = (state: RoomState): void => {
    studio.room.setState(state, true);
    const next = feedRoomOf(state);
    if (next === undefined || next === feedRoom) return;
    feedRoom = next;
    void loadPast();
  };
  const handle = (message: PushMessage): void => {
    switch (message.type) {
      case "records":
        studio.feed.addRecords(message.events, message.omitted, message.totals);
        studio.engine.showAlerts(message.events);
        break;
      case "chat":
        studio.feed.addMessages(message.messages, message.omitted);
        break;
      case "room":
        followRoom(message.state);
        break;
      case "ledgerFailure":
        studio.notices.setState({ ledgerFailure: message.error });
        break;
      case "quitRequested":
        studio.notices.setState({ quitRequested: true });
        break;
      case "roomOffer":
        studio.notices.setState({ roomOffer: message.offer });
        break;
      case "update":
        studio.notices.setState({ update: message.update });
        break;
      default:
        message satisfies never;
    }
  };
  listen((message) => {
    if (loading) waiting.push(message);
    else handle(message);
  });
  return { begin: loadPast };
};
