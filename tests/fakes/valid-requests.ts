import { validModeration } from "./valid-moderation.ts";
import type { RoomInput, RoomMethod } from "../../preload/contract/room-protocol.ts";

const transportId = "transport-1";
const producerId = "producer-1";
const consumerId = "consumer-1";

/** One valid example of every request of the room's wire; ids are of the right shape and name nothing. */
export const validRequests: { readonly [M in RoomMethod]: RoomInput<M> } = {
  getRouterRtpCapabilities: {},
  createWebRtcTransport: { forceTcp: false, producing: false, consuming: false },
  connectWebRtcTransport: {
    transportId,
    dtlsParameters: { role: "client", fingerprints: [{ algorithm: "sha-256", value: "00:11" }] },
  },
  join: {
    displayName: "小明",
    device: { name: "Chrome", flag: "chrome", version: "156" },
    rtpCapabilities: { codecs: [], headerExtensions: [] },
  },
  produce: {
    transportId,
    kind: "audio",
    rtpParameters: { mid: "0", codecs: [], headerExtensions: [], encodings: [], rtcp: {} },
    appData: { source: "programme" },
  },
  closeProducer: { producerId },
  pauseProducer: { producerId },
  resumeProducer: { producerId },
  pauseConsumer: { consumerId },
  resumeConsumer: { consumerId },
  requestConsumerKeyFrame: { consumerId },
  setConsumerPreferredLayers: { consumerId, spatialLayer: 1, temporalLayer: 2 },
  setConsumerPriority: { consumerId, priority: 7 },
  restartIce: { transportId },
  getTransportStats: { transportId },
  getProducerStats: { producerId },
  getConsumerStats: { consumerId },
  changeDisplayName: { displayName: "小红" },
  reportPlayback: { fps: 30, frozenMs: 0, black: false, silent: null, pictureLeadMs: 12.5 },
  getRoomInfo: {},
  getGiftCatalogue: {},
  getWallet: {},
  getChatHistory: { limit: 20 },
  sendChat: { requestId: "request-1", text: "你好" },
  sendGift: { requestId: "request-2", giftId: "heart", count: 1 },
  follow: { requestId: "request-3" },
  resume: { afterSeq: 0 },
  createMediaToken: {},
  setProgramme: { state: "live" },
  setRehearsalAudience: { running: true },
  ...validModeration,
  acknowledgeWarning: { eventId: "event-1" },
};
