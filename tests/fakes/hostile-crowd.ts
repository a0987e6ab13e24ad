import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { seededRandom } from "../../main/room-server/rehearsal-script.ts";
import { createHostileFrames, type Caller } from "./hostile-frames.ts";
import { RawWebSocket, type RawFrame } from "./raw-web-socket.ts";

/** How a caller signs in: what its address and its headers have to carry. */
export interface SignIn {
  readonly caller: Caller;
  readonly headers: Readonly<Record<string, string>>;
  /** A token for the address; made anew for each connection. */
  readonly token?: () => Promise<string>;
}

export interface CrowdCounts {
  /** Malformed ones. */
  frames: number;
  /** Well-formed ones beside them: without the right, over the rate, or left harmless by a mutation. */
  wellFormed: number;
  /** By kind: `last:` before those that end a connection, `stranger:` before those of who has not signed in. */
  readonly kinds: Record<string, number>;
  /** Of the malformed ones: sent as a request over a signed-in connection within its rate, so the parsers behind it had them. */
  signedInRequests: number;
  readonly signedInRequestsByCaller: Record<string, number>;
  connections: number;
  refusedConnections: number;
  /** Lines that went down although the connection had kept within the bounds. */
  surprisingEnds: number;
}

export const newCounts = (): CrowdCounts => ({
  frames: 0,
  wellFormed: 0,
  kinds: {},
  signedInRequests: 0,
  signedInRequestsByCaller: {},
  connections: 0,
  refusedConnections: 0,
  surprisingEnds: 0,
});

/** Below main/room-server/limits.ts `errorsInRow`; the next frame is a good request, which starts the count again. */
const badInRow = 19;
const requestsInRow = 7;
/** Below `requests.burst` and `anchorRequests.burst`, with the good ones. */
const cyclesOf = (caller: Caller): number => (caller === "anchor" || caller === "media" ? 20 : 7);
const goodRequest = (id: number, method: string, data: unknown): RawFrame => ({
  opcode: 1,
  payload: Buffer.from(JSON.stringify({ request: true, id, method, data })),
});

/**
 * Sends about `frames` malformed frames over many connections, `width` at a time, and resolves when all of them are down
 * again. A connection stays within the room's bounds until its end, so that every frame is read; then it ends in one of
 * many bad ways.
 */
export const attack = async (
  origin: string,
  signIns: readonly SignIn[],
  options: { readonly seed: number; readonly frames: number; readonly width: number },
  counts: CrowdCounts,
): Promise<void> => {
  const target = counts.frames + options.frames;
  let peers = 0;
  let lastId = 1_000_000_000;
  const nextId = (): number => {
    lastId += 1;
    return lastId;
  };
  const count = (kind: string, malformed = true, by = 1): void => {
    if (malformed) counts.frames += by;
    else counts.wellFormed += by;
    counts.kinds[kind] = (counts.kinds[kind] ?? 0) + by;
  };

  /** One after another in a lane, each with its own seeded frames. */
  const runLane = async (lane: number): Promise<void> => {
    const signIn = signIns[lane % signIns.length];
    if (!signIn) throw new Error("nobody signs in");
    const random = seededRandom(options.seed * 1_000 + lane);
    const source = createHostileFrames(random);

    const open = async (): Promise<RawWebSocket | undefined> => {
      const { headers, token } = signIn;
      const url = new URL(origin);
      peers += 1;
      url.search = new URLSearchParams({
        roomId: "main",
        peerId: `hostile-${peers}-${Math.floor(random() * 1e9)}`,
        ...(token ? { token: await token() } : {}),
      }).toString();
      const socket = new RawWebSocket(url, headers);
      if ((await socket.status) === 101) {
        counts.connections += 1;
        return socket;
      }
      counts.refusedConnections += 1;
      socket.close();
      // Too many connections from one address: as the room wants it.
      await sleep(50);
      return undefined;
    };

    /** Opened without a token or with none of this room's: told so, and cut. Meanwhile it may say what it likes. */
    const stranger = async (): Promise<void> => {
      const url = new URL(origin);
      url.search = new URLSearchParams({
        roomId: "main",
        peerId: "stranger",
        ...(random() < 0.5 ? { token: "e30.e30.e30" } : {}),
      }).toString();
      const socket = new RawWebSocket(url);
      const line = source.next("viewer", false);
      const { kind, frames } = source.last();
      // At once: whoever waits for the answer finds the line closed.
      socket.write([...line.frames, ...frames]);
      count(`stranger:${line.kind}`);
      count(`stranger:${kind}`);
      await Promise.race([socket.closed, sleep(30)]);
      socket.close();
      await socket.closed;
    };

    const beforeUpgrade = async (): Promise<void> => {
      const { hostname, port } = new URL(origin);
      const socket = connect(Number(port), hostname);
      const ended = new Promise((resolve) => socket.once("close", resolve));
      socket.on("error", () => undefined).resume();
      count("beforeUpgrade");
      socket.write(source.beforeUpgrade());
      if (random() < 0.5) socket.end();
      await Promise.race([ended, sleep(20)]);
      socket.destroy();
      await ended;
    };

    const finish = async (socket: RawWebSocket): Promise<void> => {
      const dice = random();
      if (dice < 0.1) {
        socket.close();
      } else if (dice < 0.3) {
        const garbage = Array.from({ length: 30 }, () => source.next("viewer", false));
        socket.write(garbage.flatMap(({ frames }) => frames));
        for (const { kind } of garbage) count(kind);
      } else if (dice < 0.31) {
        // Over the rate: refused unread, and in the end cut.
        socket.write(Array.from({ length: 1_100 }, () => goodRequest(1, "getWallet", {})));
        count("flood", false, 1_100);
      } else {
        const { kind, frames } = source.last();
        socket.write(frames);
        count(`last:${kind}`);
      }
      await Promise.race([socket.closed, sleep(30)]);
      socket.close();
      await socket.closed;
    };

    const session = async (): Promise<void> => {
      const socket = await open();
      if (!socket) return;
      const { caller } = signIn;
      let transportId = "transport-1";
      if (random() < 0.25) {
        const id = nextId();
        const producing = caller !== "viewer" && caller !== "moderator";
        const answer = socket.answer(id);
        socket.write([
          goodRequest(id, "createWebRtcTransport", { producing, consuming: caller !== "media" }),
        ]);
        transportId = /"data":\{"id":"([^"]+)"/.exec((await answer) ?? "")?.[1] ?? transportId;
      }
      for (let cycle = cyclesOf(caller); cycle > 0 && counts.frames < target; cycle -= 1) {
        const batch = Array.from({ length: badInRow }, (_, index) =>
          source.next(caller, index < requestsInRow),
        );
        const id = nextId();
        const answer = socket.answer(id);
        socket.write([
          ...batch
            .flatMap(({ frames }) => frames)
            .map((frame) =>
              frame.opcode === 1 && transportId !== "transport-1" && frame.payload.length < 20_000
                ? {
                    ...frame,
                    payload: Buffer.from(
                      frame.payload.toString("latin1").replaceAll("transport-1", transportId),
                      "latin1",
                    ),
                  }
                : frame,
            ),
          goodRequest(id, "getWallet", {}),
        ]);
        for (const { kind, reach, malformed } of batch) {
          count(kind, malformed);
          if (reach !== "request" || !malformed) continue;
          counts.signedInRequests += 1;
          counts.signedInRequestsByCaller[caller] =
            (counts.signedInRequestsByCaller[caller] ?? 0) + 1;
        }
        if ((await answer) === undefined) {
          counts.surprisingEnds += 1;
          break;
        }
      }
      await finish(socket);
    };

    while (counts.frames < target) {
      await session();
      if (random() < 0.2) await beforeUpgrade();
      if (random() < 0.2) await stranger();
    }
  };

  await Promise.all(Array.from({ length: options.width }, (_, lane) => runLane(lane)));
};

/** Connections that were opened and then say nothing, not even to a ping; resolves to how many the room has cut. */
export const openSilent = async (origin: string, signIn: SignIn, many: number) => {
  const sockets = await Promise.all(
    Array.from({ length: many }, async (_, index) => {
      const url = new URL(origin);
      url.search = new URLSearchParams({ roomId: "main", peerId: `silent-${index}` }).toString();
      const socket = new RawWebSocket(url, signIn.headers);
      if ((await socket.status) !== 101) throw new Error("a silent connection was refused");
      return socket;
    }),
  );
  const { hostname, port } = new URL(origin);
  const halfOpen = Array.from({ length: many }, (_, index) => {
    const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
    socket.on("error", () => undefined).resume();
    socket.write(index % 2 ? "GET /?roomId=main&peerId=a HTTP/1.1\r\nHost: x\r\nUpgr" : "G");
    return socket;
  });
  return {
    opened: many * 2,
    cut: (): number =>
      sockets.filter(({ socket }) => socket.destroyed).length +
      halfOpen.filter((socket) => socket.destroyed || socket.readableEnded).length,
    close: (): void => {
      for (const { socket } of sockets) socket.destroy();
      for (const socket of halfOpen) socket.destroy();
    },
  };
};
