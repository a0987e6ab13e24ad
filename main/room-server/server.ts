import { lookup } from "node:dns/promises";
import { once } from "node:events";
import { createServer as createHttpServer, type Server } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { isIP, isIPv6 } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { createAddressKeys } from "./address-keys.ts";
import { createAdmission } from "./admission.ts";
import { type Certificate, fingerprintOf, loadCertificate } from "./certificate.ts";
import { readCatalogue } from "./catalogue.ts";
import { systemClock } from "./clock.ts";
import { openDatabase } from "./database.ts";
import { createHttpPages } from "./http-pages.ts";
import { createInvitationCodes } from "./invitations.ts";
import { loadRoomKey } from "./key-file.ts";
import { limits } from "./limits.ts";
import type { Log } from "./log.ts";
import type { RoomAddress, RoomConfig } from "./process-messages.ts";
import { createDispatch } from "./requests.ts";
import { Room } from "./room.ts";
import { Sfu } from "./sfu.ts";
import { messageOf, StartFailure, systemCodeOf } from "./start-failure.ts";
import { readStaticFiles } from "./static-files.ts";
import { createTokens } from "./tokens.ts";

const goodbyeMs = 500;

export interface RoomServer {
  readonly address: RoomAddress;
  readonly room: Room;
  /** Commits what waits, says goodbye with 4005, and ends everything. */
  close(): Promise<void>;
}

const createServer = (certificate: Certificate | null): Server => {
  const options = { headersTimeout: limits.handshakeMs, requestTimeout: limits.handshakeMs };
  if (!certificate) return createHttpServer(options);
  try {
    return createHttpsServer({ ...options, ...certificate });
  } catch (error) {
    throw new StartFailure(
      "certificate_invalid",
      `Cannot use the certificate: ${messageOf(error)}.`,
    );
  }
};

/** All interfaces of the public host's address family, or loopback. */
const listenAddressFor = async (publicHost: string | null): Promise<string> => {
  if (publicHost === null) return "127.0.0.1";
  if (isIP(publicHost)) return isIPv6(publicHost) ? "::" : "0.0.0.0";
  try {
    return (await lookup(publicHost)).family === 6 ? "::" : "0.0.0.0";
  } catch (error) {
    throw new StartFailure(
      "address_unavailable",
      `The name ${publicHost} cannot be resolved: ${messageOf(error)}.`,
    );
  }
};

const listen = async (server: Server, host: string, port: number): Promise<number> => {
  try {
    server.listen({ host, port, ipv6Only: isIPv6(host) });
    await once(server, "listening");
  } catch (error) {
    throw systemCodeOf(error) === "EADDRINUSE"
      ? new StartFailure("port_taken", `The port ${port} is taken.`)
      : new StartFailure("address_unavailable", `Cannot listen on ${host}: ${messageOf(error)}.`);
  }
  const address = server.address();
  if (!address || typeof address === "string") throw new Error("the server has no port");
  return address.port;
};

/**
 * Opens the room.
 * @throws StartFailure
 */
export const startRoomServer = async (config: RoomConfig, log: Log): Promise<RoomServer> => {
  const opened: (() => unknown)[] = [];
  const undo = async (): Promise<void> => {
    for (const close of opened.toReversed()) await close();
  };
  try {
    const clock = systemClock;
    const key = loadRoomKey(config.dataDir);
    const tokens = createTokens(key.secret, () => clock.now());
    const catalogue = readCatalogue(config.resourcesDir);
    const files = readStaticFiles(config.watchDir, config.moderateDir, config.resourcesDir);
    if (!files.has("/")) log.warn({ watchDir: config.watchDir }, "the viewers' page is not built");
    const certificate = await loadCertificate(config, clock.now());
    const server = createServer(certificate);
    const fingerprint = certificate && fingerprintOf(certificate);
    const listenAddress = await listenAddressFor(config.publicHost);
    const db = openDatabase(config.dataDir);
    opened.push(() => db.close());

    const sfu = await Sfu.start({
      listenAddress,
      announcedAddress: config.publicHost ?? undefined,
      port: config.mediaPort,
      clock,
      log,
      lost: () => room.loseMedia(),
    });
    opened.push(() => sfu.close());

    const anchorToken = await tokens.anchor(key.anchorId);

    // Nothing is awaited from here to the handlers: a request that met no handler would hang.
    const port = await listen(server, listenAddress, config.port);
    opened.push(() => server.close());
    const host = config.publicHost ?? "127.0.0.1";
    const scheme = config.tls ? "https" : "http";
    const viewerUrl = `${scheme}://${isIPv6(host) ? `[${host}]` : host}:${port}/`;

    const room = new Room({
      kind: config.kind,
      viewerUrl,
      db,
      sfu,
      tokens,
      addressKey: createAddressKeys(key.secret),
      invitationCodes: createInvitationCodes(key.secret),
      fingerprint,
      catalogue,
      clock,
      random: Math.random,
      rehearsal: { on: config.rehearsalAudience, seed: clock.now() },
      log,
    });
    opened.push(() => room.close());
    const admission = createAdmission({
      room,
      anchorId: key.anchorId,
      cookieName: key.cookieName,
      moderatorCookieName: key.moderatorCookieName,
      dispatch: createDispatch(room),
    });
    const pages = createHttpPages({
      files,
      tokens,
      cookieName: key.cookieName,
      moderatorCookieName: key.moderatorCookieName,
      isDismissed: (viewerId) => {
        const role = room.identities.find(viewerId)?.person.role;
        return role !== undefined && role !== "moderator";
      },
      isSecure: config.tls !== null,
      log,
    });
    server.on("request", pages);
    server.on("upgrade", (request, socket, head) => admission.handle(request, socket, head));
    const heartbeat = setInterval(() => {
      room.audience.heartbeat();
      admission.heartbeat();
    }, limits.heartbeatMs);

    const address: RoomAddress = {
      port,
      mediaPort: sfu.mediaPort,
      viewerUrl,
      anchorUrl: `${viewerUrl}#anchor=${anchorToken}${fingerprint === null ? "" : `&fp=${fingerprint}`}`,
    };
    log.info({ port, mediaPort: sfu.mediaPort, kind: config.kind }, "the room is open");

    let closing: Promise<void> | undefined;
    const close = async (): Promise<void> => {
      clearInterval(heartbeat);
      const hasClosed = once(server, "close");
      server.close();
      await room.close();
      await Promise.race([hasClosed, sleep(goodbyeMs)]);
      admission.terminate();
      server.closeAllConnections();
      await hasClosed;
      sfu.close();
      db.close();
      log.info("the room is closed");
    };
    return {
      address,
      room,
      close: () => (closing ??= close()),
    };
  } catch (error) {
    await undo();
    throw error;
  }
};
