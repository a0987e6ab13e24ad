import type { Consumer, Producer } from "mediasoup/types";
import type { NewConsumer } from "../../preload/contract/room-protocol.ts";
import type { Connection } from "./connection.ts";
import { limits } from "./limits.ts";
import type { Room } from "./room.ts";

const watch = (connection: Connection, consumer: Consumer): void => {
  const { consumers } = connection.media;
  const consumerId = consumer.id;
  consumer.on("transportclose", () => consumers.delete(consumerId));
  consumer.on("producerclose", () => {
    consumers.delete(consumerId);
    connection.notify("consumerClosed", { consumerId });
  });
  consumer.on("producerpause", () => connection.notify("consumerPaused", { consumerId }));
  consumer.on("producerresume", () => connection.notify("consumerResumed", { consumerId }));
  consumer.on("score", (score) => connection.notify("consumerScore", { consumerId, score }));
  consumer.on("layerschange", (layers) =>
    connection.notify("consumerLayersChanged", {
      consumerId,
      spatialLayer: layers?.spatialLayer ?? null,
      temporalLayer: layers?.temporalLayer ?? null,
    }),
  );
};

/** Makes a paused consumer, offers it to the client, and resumes it after the answer: that asks for a key frame. */
const consume = async (
  room: Room,
  connection: Connection,
  owner: Connection,
  producer: Producer,
): Promise<void> => {
  const { media } = connection;
  const transport = media.consumingTransport();
  const rtpCapabilities = media.joined?.rtpCapabilities;
  if (!transport || !rtpCapabilities) return;
  if (!room.sfu.router?.canConsume({ producerId: producer.id, rtpCapabilities })) {
    room.log.warn({ peerId: connection.peerId, kind: producer.kind }, "a peer cannot consume");
    connection.notify("consumerRefused", { kind: producer.kind });
    if (producer.kind === "video") room.playback.setPlayable(connection.peerId, false);
    return;
  }
  if (producer.kind === "video") room.playback.setPlayable(connection.peerId, true);
  media.pending.consumers += 1;
  const consumer = await transport
    .consume({
      producerId: producer.id,
      rtpCapabilities,
      enableRtx: true,
      paused: true,
      ignoreDtx: true,
    })
    .finally(() => {
      media.pending.consumers -= 1;
    });
  if (media.isClosed) {
    consumer.close();
    return;
  }
  media.consumers.set(consumer.id, consumer);
  watch(connection, consumer);
  const offer: NewConsumer = {
    peerId: owner.peerId,
    producerId: producer.id,
    id: consumer.id,
    kind: consumer.kind,
    rtpParameters: consumer.rtpParameters,
    type: consumer.type,
    appData: producer.appData,
    producerPaused: consumer.producerPaused,
  };
  const answer = await connection.request("newConsumer", offer);
  if (consumer.closed) return;
  if (!answer.ok) {
    room.log.warn({ peerId: connection.peerId, error: answer.error }, "a consumer was refused");
    media.consumers.delete(consumer.id);
    consumer.close();
    connection.notify("consumerClosed", { consumerId: consumer.id });
    return;
  }
  await consumer.resume();
  connection.notify("consumerScore", { consumerId: consumer.id, score: consumer.score });
};

/** Offers a producer to a peer that has joined and can receive; a failure costs that peer this producer and is logged. */
export const offerProducer = (
  room: Room,
  connection: Connection,
  owner: Connection,
  producer: Producer,
): void => {
  const { media } = connection;
  const isTaken = [...media.consumers.values()].some(
    ({ producerId }) => producerId === producer.id,
  );
  if (connection === owner || producer.closed || isTaken) return;
  if (media.consumers.size + media.pending.consumers >= limits.consumers) return;
  consume(room, connection, owner, producer).catch((error: unknown) => {
    if (!media.isClosed && !producer.closed)
      room.log.warn({ peerId: connection.peerId, err: error }, "a consumer could not be made");
  });
};

/** Offers everything that is produced: after `join`, and when a receiving transport comes after it. */
export const offerAll = (room: Room, connection: Connection): void => {
  for (const owner of room.audience.connections)
    if (owner.media.joined)
      for (const producer of owner.media.producers.values())
        offerProducer(room, connection, owner, producer);
};
