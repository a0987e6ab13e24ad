import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer, type WebSocket } from "ws";
import type { Person } from "../../preload/contract/chat.ts";
import { PeerId, type ViewerId } from "../../preload/contract/ids.ts";
import { roomCloseCodes } from "../../preload/contract/room-protocol.ts";
import { encodeRpc, rpcSubprotocol } from "../../preload/contract/rpc.ts";
import { fail, type Result, succeed } from "../../preload/contract/result.ts";
import { createAddressLimits } from "./address-limits.ts";
import { Connection, type Dispatch } from "./connection.ts";
import { readCookie } from "./cookies.ts";
import { enter } from "./identity.ts";
import { redeem } from "./invitations.ts";
import { limits } from "./limits.ts";
import { urlOf } from "./request-url.ts";
import type { Room } from "./room.ts";
import type { Bearer } from "./tokens.ts";

export interface AdmissionOptions {
  readonly room: Room;
  readonly anchorId: ViewerId;
  readonly cookieName: string;
  readonly moderatorCookieName: string;
  readonly dispatch: Dispatch;
}

const anchorNickname = "主播";

const reasons = {
  400: "Bad Request",
  403: "Forbidden",
  404: "Not Found",
  429: "Too Many Requests",
  503: "Service Unavailable",
} as const;

/** False: not admitted. */
const refuse = (socket: Duplex, status: keyof typeof reasons): false => {
  // Unread, what else the client sends would keep the socket from ending.
  socket.resume();
  socket.end(
    `HTTP/1.1 ${status} ${reasons[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  );
  return false;
};

/** A browser names the page that connects; with a cookie it must be the room's own (RFC 6455 section 10.2). */
const isSameOrigin = ({ headers }: IncomingMessage): boolean =>
  headers.origin !== undefined && URL.parse(headers.origin)?.host === headers.host;

/**
 * Decides who may connect. A token in the query speaks for itself; the page's cookie counts only with the room's own
 * origin. Browsers cannot see why a handshake failed, so a missing or false token is told by close code 4001.
 */
export const createAdmission = ({
  room,
  anchorId,
  cookieName,
  moderatorCookieName,
  dispatch,
}: AdmissionOptions) => {
  const addresses = createAddressLimits(() => room.clock.now());
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: limits.frameBytes,
    perMessageDeflate: false,
    handleProtocols: () => rpcSubprotocol,
  });

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<WebSocket> =>
    new Promise((resolve, reject) => {
      socket.once("close", () => reject(new Error("gone")));
      server.handleUpgrade(request, socket, head, (webSocket) => {
        // Broken framing is an `error` also on a socket that is only being told why it is refused; it closes itself.
        webSocket.on("error", () => webSocket.close());
        resolve(webSocket);
      });
    });

  const authenticate = async (
    request: IncomingMessage,
    queryToken: string | null,
    asModerator: boolean,
  ): Promise<Bearer | "foreign" | undefined> => {
    if (queryToken !== null) return room.tokens.verify(queryToken);
    const token = readCookie(
      request.headers.cookie,
      asModerator ? moderatorCookieName : cookieName,
    );
    if (token === undefined) return undefined;
    return isSameOrigin(request) ? room.tokens.verify(token) : "foreign";
  };

  /** Who is no moderator (any more) needs an invitation; without one nobody is made known to the room. */
  const enterModerator = (viewerId: ViewerId, code: string | null): Promise<Result<Person>> => {
    const known = room.identities.find(viewerId)?.person;
    if (known?.role === "moderator") return Promise.resolve(succeed(known));
    return code === null
      ? Promise.resolve(fail("invitation.invalid"))
      : redeem(room, viewerId, code);
  };

  const admit = async (
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    release: () => void,
  ): Promise<boolean> => {
    const url = urlOf(request);
    if (url?.pathname !== "/" || url.searchParams.get("roomId") !== room.roomId)
      return refuse(socket, 404);
    const peerId = PeerId.safeParse(url.searchParams.get("peerId"));
    const protocols = (request.headers["sec-websocket-protocol"] ?? "").split(",");
    if (!peerId.success || !protocols.some((name) => name.trim() === rpcSubprotocol))
      return refuse(socket, 400);
    if (room.audience.connectionCount >= limits.connections) return refuse(socket, 503);

    const bearer = await authenticate(
      request,
      url.searchParams.get("token"),
      url.searchParams.get("as") === "moderator",
    );
    if (bearer === "foreign") return refuse(socket, 403);
    if (!bearer) {
      (await upgrade(request, socket, head)).close(roomCloseCodes.tokenInvalid);
      return false;
    }
    const nowMs = room.clock.now();
    const addressKey = room.addressKey(request.socket.remoteAddress ?? "");
    const ban = room.moderation.restriction(bearer.viewerId, "ban", nowMs);
    const isKeptOut =
      addressKey !== undefined &&
      !bearer.forModeration &&
      !room.identities.find(bearer.viewerId) &&
      bearer.viewerId !== anchorId &&
      room.moderation.isAddressBanned(addressKey, nowMs);
    if (ban || isKeptOut) {
      const webSocket = await upgrade(request, socket, head);
      const data = { reason: ban?.reason ?? "" };
      webSocket.send(encodeRpc({ type: "notification", method: "banned", data }));
      webSocket.close(roomCloseCodes.banned);
      return false;
    }
    const entered = bearer.forModeration
      ? await enterModerator(bearer.viewerId, url.searchParams.get("invite"))
      : await enter(
          room,
          bearer.viewerId,
          bearer.viewerId === anchorId
            ? { role: "anchor", nickname: anchorNickname }
            : { role: "viewer" },
        );
    if (!entered.ok && entered.error.code === "invitation.invalid") {
      (await upgrade(request, socket, head)).close(roomCloseCodes.invitationInvalid);
      return false;
    }
    if (!entered.ok) return refuse(socket, 503);
    const previous = room.audience.peer(peerId.data);
    const isOwn = previous?.session.person.viewerId === bearer.viewerId;
    // A viewer who takes the id that the anchor's studio uses must not keep it out.
    if (previous && !isOwn && entered.value.role !== "anchor") return refuse(socket, 403);
    const session = room.audience.session(entered.value);
    if (session.connections.size >= limits.connectionsPerPerson && !isOwn)
      return refuse(socket, 429);
    const webSocket = await upgrade(request, socket, head);
    // Somebody may have been banned or removed since.
    const isRole = room.identities.find(bearer.viewerId)?.person.role === session.person.role;
    if (!isRole || room.moderation.isRestricted(bearer.viewerId, "ban", room.clock.now())) {
      webSocket.close(roomCloseCodes.roleChanged);
      return false;
    }
    if (addressKey !== undefined && session.addressKeys.size < limits.addressesPerPerson)
      session.addressKeys.add(addressKey);
    room.admit(
      new Connection({
        socket: webSocket,
        line: socket,
        peerId: peerId.data,
        session,
        scope: bearer.scope,
        history: room.history,
        clock: room.clock,
        dispatch,
        closed: (connection) => {
          release();
          room.dismiss(connection);
        },
      }),
    );
    return true;
  };

  return {
    /** The HTTP server's `upgrade` event. */
    handle(request: IncomingMessage, socket: Duplex, head: Buffer): void {
      // Who is not admitted in time is cut, also where a refusal has been said and the client keeps its end open.
      const timer = setTimeout(() => socket.destroy(), limits.handshakeMs);
      socket.once("close", () => clearTimeout(timer));
      socket.on("error", () => {
        socket.destroy();
      });
      const release = addresses.open(request.socket.remoteAddress ?? "");
      if (!release) {
        refuse(socket, 429);
        return;
      }
      socket.once("close", release);
      admit(request, socket, head, release).then(
        (admitted) => {
          if (admitted) clearTimeout(timer);
        },
        (error: unknown) => {
          if (!socket.destroyed) room.log.error({ err: error }, "a connection was not admitted");
          socket.destroy();
        },
      );
    },
    heartbeat(): void {
      addresses.sweep();
    },
    /** Sockets whose closing handshake does not come are cut. */
    terminate(): void {
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
};
