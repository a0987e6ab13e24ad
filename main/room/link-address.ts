import type { InvitationCode } from "../../preload/contract/invitation.ts";
import { RoomId } from "../../preload/contract/ids.ts";
import { type Result, fail, succeed } from "../../preload/contract/result.ts";

/** Where a room is and as whom we come. `roomKey` is what the ledger knows the room by: it holds no secret. */
export type LinkAddress =
  | {
      readonly kind: "anchor";
      /** `ws(s)://host:port/path` without query. */
      readonly socketUrl: string;
      readonly roomId: RoomId;
      readonly roomKey: string;
      readonly token: string;
      /** SHA-256 of the room's own certificate, base64url; null where others vouch for it, or there is none. */
      readonly fingerprint: string | null;
    }
  | {
      readonly kind: "moderator";
      readonly socketUrl: string;
      readonly roomId: RoomId;
      readonly roomKey: string;
      readonly token: string;
      readonly fingerprint: string | null;
      readonly code: InvitationCode;
    }
  | {
      readonly kind: "foreign";
      /** As given, without `peerId`. */
      readonly socketUrl: string;
      readonly roomId: string;
      readonly roomKey: string;
    };

export const fingerprintPattern = /^[A-Za-z0-9_-]{43}$/;
const tokenPattern = /^[A-Za-z0-9._~-]{1,2000}$/;
/** An anchor link leads to the one room of its server. */
const onlyRoom = RoomId.parse("main");

/**
 * Parses an anchor link (`http(s)://host:port/#anchor=TOKEN`, with `&fp=` the fingerprint of a certificate) or the socket URL of a foreign room
 * (`ws(s)://host:port/?roomId=ROOM`, as of mediasoup-demo). Anything else is `room.link_invalid`.
 */
export const parseRoomLink = (link: string): Result<LinkAddress> => {
  if (!URL.canParse(link.trim())) return fail("room.link_invalid");
  const url = new URL(link.trim());
  if (url.username !== "" || url.password !== "" || url.hostname === "")
    return fail("room.link_invalid", "a user name or no host");
  switch (url.protocol) {
    case "http:":
    case "https:": {
      const parts = new URLSearchParams(url.hash.slice(1));
      const token = parts.get("anchor");
      const fingerprint = parts.get("fp");
      if (token === null || !tokenPattern.test(token)) return fail("room.link_invalid", "no token");
      if (
        fingerprint !== null &&
        (url.protocol !== "https:" || !fingerprintPattern.test(fingerprint))
      )
        return fail("room.link_invalid", "no fingerprint of a certificate");
      const scheme = url.protocol === "https:" ? "wss:" : "ws:";
      return succeed({
        kind: "anchor",
        socketUrl: `${scheme}//${url.host}${url.pathname}`,
        roomId: onlyRoom,
        roomKey: `${url.host}${url.pathname}${onlyRoom}`,
        token,
        fingerprint,
      });
    }
    case "ws:":
    case "wss:": {
      const roomId = url.searchParams.get("roomId");
      if (roomId === null || roomId === "" || roomId.length > 200)
        return fail("room.link_invalid", "no roomId");
      url.searchParams.delete("peerId");
      url.hash = "";
      return succeed({
        kind: "foreign",
        socketUrl: url.href,
        roomId,
        roomKey: `${url.host}${url.pathname}${roomId}`,
      });
    }
    default:
      return fail("room.link_invalid", url.protocol);
  }
};

/** The URL of one connection to the room; our own rooms get the token that says who comes. */
export const connectionUrl = (address: LinkAddress, peerId: string, token?: string): string => {
  const url = new URL(address.socketUrl);
  url.searchParams.set("roomId", address.roomId);
  url.searchParams.set("peerId", peerId);
  if (token !== undefined) url.searchParams.set("token", token);
  if (address.kind === "moderator") url.searchParams.set("invite", address.code);
  return url.href;
};
