import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import * as mediasoup from "mediasoup";
import type { types } from "mediasoup";
import { type WebSocket, WebSocketServer } from "ws";
import { decodeRpc, encodeRpc } from "../../preload/contract/rpc.ts";

export interface ReferenceRoom {
  readonly url: string;
  /** Methods that clients asked for, in order. */
  readonly methods: readonly string[];
  readonly producers: ReadonlyMap<string, types.Producer>;
  close(): void;
}

/**
 * A room of the wire as mediasoup's demo server speaks it (v3), and no more: without tokens, chat and gifts. A method it
 * does not know is refused with code 500, as there (versatica/mediasoup-demo, server/lib/Room.js).
 */
export const openReferenceRoom = async (): Promise<ReferenceRoom> => {
  const worker = await mediasoup.createWorker({ logLevel: "error" });
  const router = await worker.createRouter({
    mediaCodecs: [
      { kind: "audio", mimeType: "audio/opus", clockRate: 48_000, channels: 2 },
      {
        kind: "video",
        mimeType: "video/H264",
        clockRate: 90_000,
        parameters: {
          "packetization-mode": 1,
          "profile-level-id": "42e01f",
          "level-asymmetry-allowed": 1,
        },
      },
    ],
  });
  const http = createServer();
  const sockets = new WebSocketServer({ server: http, handleProtocols: () => "protoo" });
  await new Promise<void>((done) => http.listen(0, "127.0.0.1", done));
  const { port } = http.address() as AddressInfo;

  const methods: string[] = [];
  const producers = new Map<string, types.Producer>();
  const transports = new Map<string, types.WebRtcTransport>();
  const joined = new WeakSet<WebSocket>();

  const answer = async (socket: WebSocket, method: string, data: never): Promise<unknown> => {
    methods.push(method);
    const { transportId, dtlsParameters, kind, rtpParameters, appData, producerId } = data as {
      transportId: string;
      dtlsParameters: types.DtlsParameters;
      kind: types.MediaKind;
      rtpParameters: types.RtpParameters;
      appData: types.AppData;
      producerId: string;
    };
    const transport = transports.get(transportId);
    switch (method) {
      case "getRouterRtpCapabilities":
        return router.rtpCapabilities;
      case "createWebRtcTransport": {
        const created = await router.createWebRtcTransport({
          listenInfos: [{ protocol: "udp", ip: "127.0.0.1" }],
        });
        transports.set(created.id, created);
        return {
          id: created.id,
          iceParameters: created.iceParameters,
          iceCandidates: created.iceCandidates,
          dtlsParameters: created.dtlsParameters,
        };
      }
      case "connectWebRtcTransport":
        await transport?.connect({ dtlsParameters });
        return {};
      case "join":
        joined.add(socket);
        return { peers: [] };
      case "produce": {
        if (!joined.has(socket)) throw new Error("Peer not yet joined");
        if (!transport) throw new Error(`transport with id "${transportId}" not found`);
        const producer = await transport.produce({ kind, rtpParameters, appData });
        producers.set(producer.id, producer);
        return { id: producer.id };
      }
      case "closeProducer":
        producers.get(producerId)?.close();
        producers.delete(producerId);
        return {};
      default:
        throw new Error(`unknown request.method "${method}"`);
    }
  };

  sockets.on("connection", (socket) => {
    socket.on("message", (bytes: Buffer) => {
      const frame = decodeRpc(bytes.toString());
      if (frame?.type !== "request") return;
      const { id, method } = frame;
      answer(socket, method, frame.data as never).then(
        (data) => socket.send(encodeRpc({ type: "success", id, data })),
        (error: unknown) =>
          socket.send(
            encodeRpc({ type: "failure", id, errorCode: 500, errorReason: String(error) }),
          ),
      );
    });
  });
  return {
    url: `ws://127.0.0.1:${port}/?roomId=reference`,
    methods,
    producers,
    close() {
      for (const socket of sockets.clients) socket.terminate();
      http.close();
      worker.close();
    },
  };
};
