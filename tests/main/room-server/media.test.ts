import { z } from "zod";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { NewConsumer } from "../../../preload/contract/room-protocol.ts";
import { fail, succeed } from "../../../preload/contract/result.ts";
import type { RoomClient } from "../../fakes/room-client.ts";
import { h264Parameters, opusParameters } from "../../fakes/rtp-parameters.ts";
import { TestRoom } from "../../fakes/test-room.ts";

let room: TestRoom;
let anchor: RoomClient;
beforeAll(async () => {
  room = await TestRoom.open();
  anchor = await room.anchor();
});
afterAll(() => room.close());

const device = { name: "test", version: "1" };

const publish = async () => {
  const uplink = await room.uplink(anchor);
  const { id: transportId } = await uplink.get("createWebRtcTransport", {
    producing: true,
    consuming: false,
  });
  await uplink.get("join", { displayName: "台上", device });
  const audio = await uplink.get("produce", {
    transportId,
    kind: "audio",
    rtpParameters: opusParameters(),
    appData: { streamId: "programme" },
  });
  const video = await uplink.get("produce", {
    transportId,
    kind: "video",
    rtpParameters: h264Parameters(),
    appData: { streamId: "programme" },
  });
  return { uplink, transportId, audioId: audio.id, videoId: video.id };
};

/** A viewer with a transport to receive, and the consumers it has been offered. */
const watch = async (cookie?: string) => {
  const viewer = await room.viewer(cookie);
  const offers: NewConsumer[] = [];
  viewer.onRequest = (_method, data) => {
    offers.push(NewConsumer.parse(data));
    return succeed({});
  };
  const rtpCapabilities = await viewer.get("getRouterRtpCapabilities", {});
  const transport = await viewer.get("createWebRtcTransport", {
    producing: false,
    consuming: true,
  });
  const join = () => viewer.get("join", { displayName: "看", device, rtpCapabilities });
  return { viewer, offers, transport, rtpCapabilities, join };
};

const codeOf = async (answer: Promise<{ ok: boolean; error?: { code: string } }>) =>
  (await answer).error?.code;

const summary = (candidates: Record<string, unknown>[]) =>
  candidates.map(({ protocol, ip, port }) => ({ protocol, ip, port }));

describe("media", () => {
  test("offers Opus, VP8, VP9, H264 and AV1, and one port for UDP and TCP", async () => {
    const viewer = await room.viewer();
    const { codecs } = z
      .object({ codecs: z.array(z.object({ mimeType: z.string() })) })
      .parse(await viewer.get("getRouterRtpCapabilities", {}));
    expect(new Set(codecs.map(({ mimeType }) => mimeType))).toEqual(
      new Set(["audio/opus", "video/VP8", "video/VP9", "video/H264", "video/AV1", "video/rtx"]),
    );
    const both = await viewer.get("createWebRtcTransport", { producing: false, consuming: true });
    const { mediaPort } = room.server.address;
    expect(summary(both.iceCandidates)).toEqual([
      { protocol: "udp", ip: "127.0.0.1", port: mediaPort },
      { protocol: "tcp", ip: "127.0.0.1", port: mediaPort },
    ]);
    const tcp = await viewer.get("createWebRtcTransport", {
      forceTcp: true,
      producing: false,
      consuming: true,
    });
    expect(summary(tcp.iceCandidates)).toEqual([
      { protocol: "tcp", ip: "127.0.0.1", port: mediaPort },
    ]);
  });

  test("a browser that knows no codec of the picture is told so, and the anchor that there is one", async () => {
    const { uplink } = await publish();
    const anchor = await room.anchor();
    const { viewer, offers, rtpCapabilities } = await watch();
    const codecs = (rtpCapabilities as { codecs: { mimeType: string }[] }).codecs.filter(
      ({ mimeType }) => mimeType === "audio/opus" || mimeType === "video/VP8",
    );
    await viewer.get("join", {
      displayName: "旧手机",
      device,
      rtpCapabilities: { ...rtpCapabilities, codecs },
    });
    await viewer.until(() => viewer.all("consumerRefused").length > 0, "the refusal");
    expect(viewer.all("consumerRefused")).toEqual([{ kind: "video" }]);
    expect(offers.every(({ kind }) => kind === "audio")).toBe(true);
    await anchor.until(() => anchor.all("playbackChanged").length > 0, "the audience's playback");
    expect(anchor.all("playbackChanged").at(-1)).toMatchObject({ playback: { unplayable: 1 } });
    await viewer.close();
    await uplink.close();
  });

  test("who joins is answered first, then offered sound and picture with what ties them, and told their changes", async () => {
    const { uplink, audioId, videoId } = await publish();
    const { viewer, offers, join } = await watch();
    const { peers } = await join();
    expect(peers).toEqual([{ id: peers[0]?.id, displayName: "台上", device }]);
    await viewer.until(
      () => viewer.order.filter((m) => m === "consumerScore").length >= 2,
      "scores",
    );
    // The SFU's worker tells scores when it has them, also between two offers.
    const media = viewer.order.filter(
      (method) => method !== "audienceChanged" && method !== "consumerScore",
    );
    expect(media.slice(2, 5)).toEqual(["#3", "newConsumer", "newConsumer"]);
    expect(offers.map(({ kind, producerId }) => [kind, producerId])).toEqual([
      ["audio", audioId],
      ["video", videoId],
    ]);
    for (const offer of offers) {
      expect(offer).toMatchObject({
        peerId: peers[0]?.id,
        type: "simple",
        appData: { streamId: "programme" },
        producerPaused: false,
      });
      const consumer = [...room.room.audience.connections]
        .map(({ media: { consumers } }) => consumers.get(offer.id))
        .find((found) => found !== undefined);
      expect(consumer?.paused).toBe(false);
    }

    const [, video] = offers;
    if (!video) throw new Error("no video");
    const consumerId = video.id;
    await uplink.get("pauseProducer", { producerId: videoId });
    await uplink.get("resumeProducer", { producerId: videoId });
    await viewer.get("requestConsumerKeyFrame", { consumerId });
    await viewer.get("setConsumerPriority", { consumerId, priority: 2 });
    await viewer.get("pauseConsumer", { consumerId });
    await viewer.get("resumeConsumer", { consumerId });
    expect(await viewer.get("getConsumerStats", { consumerId })).not.toEqual([]);
    await uplink.get("closeProducer", { producerId: videoId });
    await viewer.until(() => viewer.all("consumerClosed").length > 0, "the end of the picture");
    expect(viewer.all("consumerPaused")).toEqual([{ consumerId }]);
    expect(viewer.all("consumerResumed")).toEqual([{ consumerId }]);
    expect(viewer.all("consumerClosed")).toEqual([{ consumerId }]);
    expect(await codeOf(viewer.ask("resumeConsumer", { consumerId }))).toBe(
      "media.consumer_unknown",
    );

    await uplink.close();
    await viewer.until(() => viewer.all("peerClosed").length > 0, "the anchor's departure");
    expect(viewer.all("peerClosed")).toEqual([{ peerId: peers[0]?.id }]);
    await viewer.until(() => viewer.all("consumerClosed").length === 2, "the end of the sound");
    await viewer.close();
  });

  test("who is there already is told of the newcomer, and offered what it sends; viewers are no peers", async () => {
    const { viewer, offers, join } = await watch();
    expect((await join()).peers).toEqual([]);
    const other = await watch();
    expect((await other.join()).peers).toEqual([]);
    const { uplink } = await publish();
    await viewer.until(() => offers.length === 2, "two offers");
    expect(viewer.all("newPeer")).toEqual([{ id: offers[0]?.peerId, displayName: "台上", device }]);
    await Promise.all([uplink, viewer, other.viewer].map((client) => client.close()));
  });

  test("a transport that comes after join is served too; a refused offer is closed", async () => {
    const { uplink } = await publish();
    const viewer = await room.viewer();
    let refused = 0;
    viewer.onRequest = () => {
      refused += 1;
      return fail("request.failed");
    };
    const rtpCapabilities = await viewer.get("getRouterRtpCapabilities", {});
    await viewer.get("join", { displayName: "看", device, rtpCapabilities });
    await viewer.get("createWebRtcTransport", { producing: false, consuming: true });
    await viewer.until(() => viewer.all("consumerClosed").length === 2, "two closed consumers");
    expect(refused).toBe(2);
    await Promise.all([uplink.close(), viewer.close()]);
  });

  test("without capabilities a peer is offered nothing", async () => {
    const { uplink } = await publish();
    const { viewer, offers } = await watch();
    await viewer.get("join", { displayName: "听", device });
    await viewer.get("getRoomInfo", {});
    expect(offers).toEqual([]);
    expect(await codeOf(viewer.ask("join", { displayName: "听", device }))).toBe("request.invalid");
    await Promise.all([uplink.close(), viewer.close()]);
  });

  test("what does not exist, cannot be used or is too much is refused by name", async () => {
    const { uplink, transportId, audioId } = await publish();
    const parameters = opusParameters("7");
    const produce = (data: object) =>
      codeOf(uplink.askRaw("produce", { transportId, kind: "audio", ...data }));
    expect(await produce({ rtpParameters: parameters, transportId: "x" })).toBe(
      "media.transport_unknown",
    );
    expect(await produce({ rtpParameters: {} })).toBe("media.parameters_invalid");
    expect(await produce({ rtpParameters: { ...parameters, codecs: "none" } })).toBe(
      "media.parameters_invalid",
    );
    expect(await codeOf(uplink.ask("pauseProducer", { producerId: "x" }))).toBe(
      "media.producer_unknown",
    );
    expect(
      await codeOf(uplink.askRaw("connectWebRtcTransport", { transportId, dtlsParameters: {} })),
    ).toBe("media.parameters_invalid");
    expect(await uplink.get("restartIce", { transportId })).toHaveProperty("usernameFragment");
    expect(await uplink.get("getTransportStats", { transportId })).toHaveLength(1);
    expect(await uplink.get("getProducerStats", { producerId: audioId })).toEqual([]);
    const transports = await Promise.all(
      Array.from({ length: 5 }, () =>
        codeOf(uplink.ask("createWebRtcTransport", { producing: true, consuming: false })),
      ),
    );
    expect(transports.filter((code) => code === "request.too_many")).toHaveLength(2);
    const viewer = await room.viewer();
    expect(
      await codeOf(viewer.askRaw("connectWebRtcTransport", { transportId, dtlsParameters: {} })),
    ).toBe("media.transport_unknown");
    await Promise.all([uplink.close(), viewer.close()]);
  });

  test("a worker that dies is replaced on the same port: media connections come again, the others stay", async () => {
    const { uplink } = await publish();
    const { viewer, join } = await watch();
    await join();
    const onlyChat = await room.viewer();
    const pid = room.room.sfu.workerPid;
    if (pid === undefined) throw new Error("no worker");
    process.kill(pid, "SIGKILL");
    expect(await Promise.all([uplink.closed, viewer.closed])).toEqual([1_012, 1_012]);
    // Who asks meanwhile waits for the next worker.
    const second = await publish();
    const { viewer: back, offers, join: joinAgain, transport } = await watch();
    await joinAgain();
    await back.until(() => offers.length === 2, "sound and picture again");
    expect(transport.iceCandidates[0]?.["port"]).toBe(room.server.address.mediaPort);
    expect((await onlyChat.ask("getWallet", {})).ok).toBe(true);
    await Promise.all([second.uplink, back, onlyChat].map((client) => client.close()));
  });
});
