import { type Result, fail, succeed } from "../../preload/contract/result.ts";
import type { RequestHandlers } from "../ipc/router.ts";
import type { Show } from "../session/show.ts";
import type { SettingsStore } from "../storage/settings.ts";
import type { RoomOffers } from "./room-offers.ts";
import type { Room } from "./room.ts";

export const roomRequests = (
  room: Room,
  offers: RoomOffers,
  show: Pick<Show, "live" | "cutOff">,
  settings: SettingsStore,
) => {
  const choose = async (link: string | null): Promise<Result<Record<string, never>>> => {
    if (show.live || show.cutOff) return fail("uplink.already_live");
    const chosen = room.choose(link);
    if (!chosen.ok) return chosen;
    const saved = await settings.update({ roomLink: link });
    return saved.ok ? succeed({}) : saved;
  };
  return {
    "room.choose": ({ link }) => choose(link),
    "room.answerOffer": async ({ offerId, accept }) => {
      if (accept && (show.live || show.cutOff)) return fail("uplink.already_live");
      const link = offers.take(offerId);
      return accept && link !== null ? choose(link) : succeed({});
    },
    "room.sendChat": (input) => room.ask("sendChat", input),
    "room.setRehearsalAudience": async ({ running }) => {
      const set = await room.setRehearsalAudience(running);
      if (!set.ok) return set;
      const saved = await settings.update({ rehearsalAudience: running });
      return saved.ok ? succeed({}) : saved;
    },
    "uplink.getAccess": () => room.getUplinkAccess(),
    "feed.getRecent": () => Promise.resolve(succeed(room.getRecent())),
  } satisfies Partial<RequestHandlers>;
};
