import { errors } from "mediasoup";
import { fail, succeed, type Result } from "../../preload/contract/result.ts";
import { can } from "../../preload/contract/rights.ts";
import type { Connection } from "./connection.ts";
import type { Handlers } from "./handlers.ts";
import { limits } from "./limits.ts";
import { offerAll, offerProducer } from "./media-consumers.ts";
import {
  opaqueDtlsParameters,
  opaqueRtpCapabilities,
  opaqueRtpParameters,
} from "./media-parameters.ts";
import type { Room } from "./room.ts";
import { messageOf } from "./start-failure.ts";

/** What a transport may send before its bandwidth is known; the lowest simulcast layer must fit well below it. */
const initialAvailableOutgoingBitrateBps = 1_000_000;
/** Viewers who arrive together share one key frame. */
const keyFrameRequestDelayMs = 500;

const unavailable = () => fail("media.worker_unavailable");

/** mediasoup throws plain errors and TypeErrors for parameters that it or its worker cannot use. */
const attempt = async <T>(run: () => Promise<T>): Promise<Result<T>> => {
  try {
    return succeed(await run());
  } catch (error) {
    if (error instanceof errors.WorkerClosedError) return unavailable();
    return fail("media.parameters_invalid", messageOf(error));
  }
};

const mayConsume = ({ scope, session }: Connection): boolean =>
  scope === "full" && can(session.person.role, "media.consume");

const isProducingPeer = ({ session }: Connection): boolean =>
  can(session.person.role, "media.produce");

const describePeer = (connection: Connection) => ({
  id: connection.peerId,
  displayName: connection.media.joined?.displayName ?? connection.session.person.nickname,
  device: connection.media.joined?.device ?? {},
});

const joinedOthers = (room: Room, connection: Connection): Connection[] =>
  [...room.audience.connections].filter((other) => other !== connection && other.media.joined);

/** Said when the connection of a peer that was announced by `newPeer` has ended. */
export const announceDeparture = (room: Room, connection: Connection): void => {
  if (!connection.media.joined || !isProducingPeer(connection)) return;
  room.audience.notifyAll(
    "peerClosed",
    { peerId: connection.peerId },
    (other) => other.media.joined !== undefined,
  );
};

export const transportHandlers = {
  getRouterRtpCapabilities: {
    action: "room.read",
    handle: async (room) => {
      const router = await room.sfu.reachRouter();
      return router ? succeed({ ...router.rtpCapabilities }) : unavailable();
    },
  },

  /** `sctpCapabilities` are accepted and not used: this room has no data channels. */
  createWebRtcTransport: {
    action: "room.read",
    handle: async (room, connection, { forceTcp, producing, consuming }) => {
      const { media, session } = connection;
      if (producing && !can(session.person.role, "media.produce")) return fail("request.forbidden");
      if (consuming && !mayConsume(connection)) return fail("request.forbidden");
      const router = await room.sfu.reachRouter();
      const { webRtcServer } = room.sfu;
      if (!router || !webRtcServer) return unavailable();
      if (media.isClosed) return fail("room.closed");
      if (media.transports.size + media.pending.transports >= limits.transports)
        return fail("request.too_many", "transports");
      media.pending.transports += 1;
      const made = await attempt(() =>
        router.createWebRtcTransport({
          webRtcServer,
          enableUdp: !forceTcp,
          enableTcp: true,
          preferUdp: true,
          initialAvailableOutgoingBitrate: initialAvailableOutgoingBitrateBps,
          appData: { producing, consuming },
        }),
      );
      media.pending.transports -= 1;
      if (!made.ok) return made;
      const transport = made.value;
      if (media.isClosed) {
        transport.close();
        return fail("room.closed");
      }
      media.transports.set(transport.id, transport);
      transport.observer.on("close", () => media.transports.delete(transport.id));
      if (consuming && media.joined) setImmediate(() => offerAll(room, connection));
      const { id, iceParameters, iceCandidates, dtlsParameters } = transport;
      return succeed({ id, iceParameters, iceCandidates, dtlsParameters });
    },
  },

  connectWebRtcTransport: {
    action: "room.read",
    handle: async (_room, { media }, { transportId, dtlsParameters }) => {
      const transport = media.transports.get(transportId);
      if (!transport) return fail("media.transport_unknown");
      return attempt(() =>
        transport.connect({ dtlsParameters: opaqueDtlsParameters.parse(dtlsParameters) }),
      );
    },
  },

  restartIce: {
    action: "room.read",
    handle: async (_room, { media }, { transportId }) => {
      const transport = media.transports.get(transportId);
      if (!transport) return fail("media.transport_unknown");
      return attempt(async () => ({ ...(await transport.restartIce()) }));
    },
  },

  getTransportStats: {
    action: "room.read",
    handle: async (_room, { media }, { transportId }) => {
      const transport = media.transports.get(transportId);
      if (!transport) return fail("media.transport_unknown");
      return attempt(() => transport.getStats());
    },
  },

  /** A second `join` is refused, as in the reference. The consumers are offered after the answer. */
  join: {
    action: "room.read",
    handle: (room, connection, { displayName, device, rtpCapabilities }) => {
      const { media } = connection;
      if (media.joined) return fail("request.invalid", "already joined");
      media.joined = {
        displayName,
        device,
        rtpCapabilities: opaqueRtpCapabilities.optional().parse(rtpCapabilities),
      };
      const others = joinedOthers(room, connection);
      if (isProducingPeer(connection))
        for (const other of others) other.notify("newPeer", describePeer(connection));
      setImmediate(() => offerAll(room, connection));
      return succeed({ peers: others.filter(isProducingPeer).map(describePeer) });
    },
  },
} satisfies Handlers<
  | "getRouterRtpCapabilities"
  | "createWebRtcTransport"
  | "connectWebRtcTransport"
  | "restartIce"
  | "getTransportStats"
  | "join"
>;

export const producerHandlers = {
  produce: {
    action: "media.produce",
    handle: async (room, connection, { transportId, kind, rtpParameters, appData }) => {
      const { media } = connection;
      if (!media.joined) return fail("request.invalid", "not joined");
      const transport = media.transports.get(transportId);
      if (!transport?.appData["producing"]) return fail("media.transport_unknown");
      if (media.producers.size + media.pending.producers >= limits.producers)
        return fail("request.too_many", "producers");
      media.pending.producers += 1;
      const made = await attempt(() =>
        transport.produce({
          kind,
          rtpParameters: opaqueRtpParameters.parse(rtpParameters),
          keyFrameRequestDelay: keyFrameRequestDelayMs,
          appData,
        }),
      );
      media.pending.producers -= 1;
      if (!made.ok) return made;
      const producer = made.value;
      if (media.isClosed) {
        producer.close();
        return fail("room.closed");
      }
      media.producers.set(producer.id, producer);
      producer.on("score", (score) =>
        connection.notify("producerScore", { producerId: producer.id, score }),
      );
      producer.observer.on("close", () => {
        media.producers.delete(producer.id);
        room.noteProducing();
      });
      room.noteProducing();
      for (const other of joinedOthers(room, connection))
        offerProducer(room, other, connection, producer);
      return succeed({ id: producer.id });
    },
  },

  closeProducer: {
    action: "media.produce",
    handle: (_room, { media }, { producerId }) => {
      const producer = media.producers.get(producerId);
      if (!producer) return fail("media.producer_unknown");
      producer.close();
      return succeed({});
    },
  },

  pauseProducer: {
    action: "media.produce",
    handle: async (_room, { media }, { producerId }) => {
      const producer = media.producers.get(producerId);
      return producer ? attempt(() => producer.pause()) : fail("media.producer_unknown");
    },
  },

  resumeProducer: {
    action: "media.produce",
    handle: async (_room, { media }, { producerId }) => {
      const producer = media.producers.get(producerId);
      return producer ? attempt(() => producer.resume()) : fail("media.producer_unknown");
    },
  },

  getProducerStats: {
    action: "media.produce",
    handle: async (_room, { media }, { producerId }) => {
      const producer = media.producers.get(producerId);
      return producer ? attempt(() => producer.getStats()) : fail("media.producer_unknown");
    },
  },
} satisfies Handlers<
  "produce" | "closeProducer" | "pauseProducer" | "resumeProducer" | "getProducerStats"
>;

export const consumerHandlers = {
  pauseConsumer: {
    action: "media.consume",
    handle: async (_room, { media }, { consumerId }) => {
      const consumer = media.consumers.get(consumerId);
      return consumer ? attempt(() => consumer.pause()) : fail("media.consumer_unknown");
    },
  },

  resumeConsumer: {
    action: "media.consume",
    handle: async (_room, { media }, { consumerId }) => {
      const consumer = media.consumers.get(consumerId);
      return consumer ? attempt(() => consumer.resume()) : fail("media.consumer_unknown");
    },
  },

  requestConsumerKeyFrame: {
    action: "media.consume",
    handle: async (_room, { media }, { consumerId }) => {
      const consumer = media.consumers.get(consumerId);
      return consumer ? attempt(() => consumer.requestKeyFrame()) : fail("media.consumer_unknown");
    },
  },

  setConsumerPreferredLayers: {
    action: "media.consume",
    handle: async (_room, { media }, { consumerId, spatialLayer, temporalLayer }) => {
      const consumer = media.consumers.get(consumerId);
      if (!consumer) return fail("media.consumer_unknown");
      return attempt(() =>
        consumer.setPreferredLayers({
          spatialLayer,
          ...(temporalLayer === undefined ? {} : { temporalLayer }),
        }),
      );
    },
  },

  setConsumerPriority: {
    action: "media.consume",
    handle: async (_room, { media }, { consumerId, priority }) => {
      const consumer = media.consumers.get(consumerId);
      return consumer
        ? attempt(() => consumer.setPriority(priority))
        : fail("media.consumer_unknown");
    },
  },

  getConsumerStats: {
    action: "media.consume",
    handle: async (_room, { media }, { consumerId }) => {
      const consumer = media.consumers.get(consumerId);
      return consumer ? attempt(() => consumer.getStats()) : fail("media.consumer_unknown");
    },
  },
} satisfies Handlers<
  | "pauseConsumer"
  | "resumeConsumer"
  | "requestConsumerKeyFrame"
  | "setConsumerPreferredLayers"
  | "setConsumerPriority"
  | "getConsumerStats"
>;
