import { z } from "zod";
import { deepLinkScheme } from "../../preload/contract/deep-link.ts";
import { RoomId } from "../../preload/contract/ids.ts";
import { InvitationCode } from "../../preload/contract/invitation.ts";
import { type Result, fail, succeed } from "../../preload/contract/result.ts";
import { fingerprintPattern } from "../room/link-address.ts";

/** Where an invited moderator goes. */
export interface InvitationAddress {
  /** The room's page for moderators, which gives an identity. */
  readonly pageUrl: string;
  readonly socketUrl: string;
  readonly roomId: RoomId;
  readonly roomKey: string;
  readonly code: InvitationCode;
  /** As of an anchor link. */
  readonly fingerprint: string | null;
}

const onlyRoom = RoomId.parse("main");
const JoinQuery = z.object({ link: z.string().max(4_000) });

/** Parses `http(s)://host:port/moderate#invite=CODE`; anything else is `room.link_invalid`. */
export const parseInvitationLink = (link: string): Result<InvitationAddress> => {
  if (!URL.canParse(link.trim())) return fail("room.link_invalid");
  const url = new URL(link.trim());
  const parts = new URLSearchParams(url.hash.slice(1));
  const code = InvitationCode.safeParse(parts.get("invite"));
  const fingerprint = parts.get("fp");
  const encrypted = url.protocol === "https:";
  if (!encrypted && url.protocol !== "http:") return fail("room.link_invalid", url.protocol);
  if (url.username !== "" || url.password !== "" || !url.pathname.endsWith("/moderate"))
    return fail("room.link_invalid");
  if (!code.success) return fail("room.link_invalid", "no invitation");
  if (fingerprint !== null && !(encrypted && fingerprintPattern.test(fingerprint)))
    return fail("room.link_invalid", "no fingerprint of a certificate");
  const directory = url.pathname.slice(0, -"moderate".length);
  return succeed({
    pageUrl: `${url.origin}${url.pathname}`,
    socketUrl: `${encrypted ? "wss:" : "ws:"}//${url.host}${directory}`,
    roomId: onlyRoom,
    roomKey: `${url.host}${directory}${onlyRoom}`,
    code: code.data,
    fingerprint,
  });
};

/** The invitation in `anchor-studio://join?link=LINK`, or in a link that was pasted; undefined where there is none. */
export const findInvitation = (text: string): InvitationAddress | undefined => {
  const joined =
    URL.canParse(text) && new URL(text).protocol === `${deepLinkScheme}:`
      ? JoinQuery.safeParse(Object.fromEntries(new URL(text).searchParams)).data?.link
      : text;
  const address = parseInvitationLink(joined ?? "");
  return address.ok ? address.value : undefined;
};
