import type { RouterRtpCodecCapability } from "mediasoup/types";

/** What the room forwards; it never transcodes. H264 levels are negotiated each way (RFC 6184 section 8.1). */
export const mediaCodecs: RouterRtpCodecCapability[] = [
  {
    kind: "audio",
    mimeType: "audio/opus",
    clockRate: 48_000,
    channels: 2,
    parameters: { "sprop-stereo": 1, useinbandfec: 1 },
  },
  { kind: "video", mimeType: "video/VP8", clockRate: 90_000 },
  { kind: "video", mimeType: "video/VP9", clockRate: 90_000, parameters: { "profile-id": 0 } },
  { kind: "video", mimeType: "video/AV1", clockRate: 90_000 },
  ...["42e01f", "4d001f"].map((profileLevelId): RouterRtpCodecCapability => ({
    kind: "video",
    mimeType: "video/H264",
    clockRate: 90_000,
    parameters: {
      "packetization-mode": 1,
      "profile-level-id": profileLevelId,
      "level-asymmetry-allowed": 1,
    },
  })),
];
