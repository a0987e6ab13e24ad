import type { PushMessage } from "../../preload/contract/ipc.ts";
import { followFeed } from "../chat/follow-feed.ts";
import type { StudioEngine } from "../session/state.ts";
import type { Studio } from "./studio-context.ts";

/** Hands what main pushes to the stores, in order. */
export const followPushes = (
  studio: Pick<Studio, "feed" | "notices" | "request" | "room"> & {
    readonly engine: Pick<StudioEngine, "showAlerts">;
  },
  listen: (listener: (message: PushMessage) => void) => void,
): { begin: () => Promise<void> } =>
  followFeed({
    feed: studio.feed,
    room: studio.room,
    getRecent: () => studio.request("feed.getRecent", {}),
    listen,
    onRecords: (events) => studio.engine.showAlerts(events),
    onOther: (message) => {
      switch (message.type) {
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
        case "locale":
          // The studio's own settings say it.
          break;
        default:
          message satisfies never;
      }
    },
  });
