import { z } from "zod";
import { deepLinkScheme } from "../../preload/contract/deep-link.ts";
import type { PushMessage, RoomOffer } from "../../preload/contract/ipc.ts";
import { type Result, fail, succeed } from "../../preload/contract/result.ts";
import { parseRoomLink } from "./link-address.ts";

const JoinQuery = z.object({ link: z.string().max(4_000) });

/** The room link in `anchor-studio://join?link=LINK`; anything else is `room.link_invalid`. */
export const parseJoinUrl = (text: string): Result<string> => {
  if (!URL.canParse(text)) return fail("room.link_invalid", "no URL");
  const url = new URL(text);
  const path = `${url.host}${url.pathname}`.replace(/\/$/, "");
  if (url.protocol !== `${deepLinkScheme}:` || path !== "join") return fail("room.link_invalid");
  const query = JoinQuery.safeParse(Object.fromEntries(url.searchParams));
  if (!query.success) return fail("room.link_invalid", "no link");
  const address = parseRoomLink(query.data.link);
  return address.ok ? succeed(query.data.link) : address;
};

/** Rooms that links from outside offer: the newest one waits until the anchor has answered. */
export class RoomOffers {
  readonly #push: (message: PushMessage) => void;
  readonly #currentLink: () => string | null;
  #link: string | null = null;
  #offer: RoomOffer | null = null;
  #nextOfferId = 1;

  constructor(push: (message: PushMessage) => void, currentLink: () => string | null) {
    this.#push = push;
    this.#currentLink = currentLink;
  }

  get current(): RoomOffer | null {
    return this.#offer;
  }

  /** Someone opened a link of ours. Nothing to ask where the studio uses that room already. */
  open(deepLink: string): void {
    const link = parseJoinUrl(deepLink);
    if (link.ok && link.value === this.#currentLink()) return;
    const offerId = this.#nextOfferId++;
    if (link.ok) {
      const { host, protocol } = new URL(link.value);
      const encrypted = protocol === "https:" || protocol === "wss:";
      this.#set(link.value, { type: "room", offerId, host, encrypted });
    } else this.#set(null, { type: "invalid", offerId });
  }

  /** The link of an offer, which is answered by that; null where a newer one has come in its place. */
  take(offerId: number): string | null {
    if (this.#offer?.offerId !== offerId) return null;
    const link = this.#link;
    this.#set(null, null);
    return link;
  }

  #set(link: string | null, offer: RoomOffer | null): void {
    this.#link = link;
    this.#offer = offer;
    this.#push({ type: "roomOffer", offer });
  }
}
