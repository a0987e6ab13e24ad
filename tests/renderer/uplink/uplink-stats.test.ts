import { expect, test } from "vitest";
import { readUplinkStats } from "../../../renderer/uplink/uplink-stats.ts";

const layer = (over: Record<string, unknown>) => ({
  type: "outbound-rtp",
  id: "out",
  kind: "video",
  timestamp: 1_000,
  bytesSent: 0,
  headerBytesSent: 0,
  packetsSent: 0,
  framesSent: 0,
  frameWidth: 640,
  frameHeight: 360,
  encoderImplementation: "OpenH264",
  qualityLimitationReason: "none",
  codecId: "codec",
  ...over,
});
const remote = (over: Record<string, unknown>) => ({
  type: "remote-inbound-rtp",
  id: "remote",
  kind: "video",
  packetsLost: 0,
  roundTripTime: 0.02,
  ...over,
});
const codec = { type: "codec", id: "codec", mimeType: "video/H264" };

test("the first report gives no figures", () => {
  expect(readUplinkStats([layer({})], null)).toMatchObject({
    stats: null,
    snapshot: { atMs: 1_000 },
  });
});

test("figures are those of the interval between two reports", () => {
  const { snapshot } = readUplinkStats([layer({}), remote({}), codec], null);
  const { stats } = readUplinkStats(
    [
      layer({
        timestamp: 3_000,
        bytesSent: 240_000,
        headerBytesSent: 10_000,
        packetsSent: 200,
        framesSent: 60,
        qualityLimitationReason: "cpu",
      }),
      remote({ packetsLost: 10 }),
      codec,
    ],
    snapshot,
  );
  expect(stats).toEqual({
    bitrateBps: 1_000_000,
    fps: 30,
    rttMs: 20,
    lossPercent: 5,
    width: 640,
    height: 360,
    codec: "H264",
    encoder: "OpenH264",
    limitation: "cpu",
  });
});

test("layers are added up; size and rate are the largest one's that is sent", () => {
  const small = { id: "small", frameWidth: 320, frameHeight: 180 };
  const before = readUplinkStats([layer({}), layer(small)], null).snapshot;
  const { stats } = readUplinkStats(
    [
      layer({ timestamp: 2_000, framesSent: 0 }),
      layer({ ...small, timestamp: 2_000, framesSent: 25, bytesSent: 12_500 }),
    ],
    before,
  );
  expect(stats).toMatchObject({ width: 320, height: 180, fps: 25, bitrateBps: 100_000 });
});

test("without word from the other side RTT and loss are unknown", () => {
  const before = readUplinkStats([layer({})], null).snapshot;
  const { stats } = readUplinkStats([layer({ timestamp: 2_000, packetsSent: 10 })], before);
  expect(stats).toMatchObject({ rttMs: null, lossPercent: null });
});

test("a report without video gives nothing, and what is not read does not matter", () => {
  expect(readUplinkStats([codec, { type: "transport" }, 7, null], null)).toEqual({
    snapshot: null,
    stats: null,
  });
});
