let next = 1_000;
const ssrc = (): number => {
  next += 1;
  return next;
};

/** What a browser would send; no packet ever comes. `streamId` is the CNAME that ties sound and picture together. */
export const opusParameters = (mid = "0", streamId = "programme") => ({
  mid,
  codecs: [
    {
      mimeType: "audio/opus",
      payloadType: 111,
      clockRate: 48_000,
      channels: 2,
      parameters: { useinbandfec: 1, "sprop-stereo": 1 },
      rtcpFeedback: [],
    },
  ],
  headerExtensions: [{ uri: "urn:ietf:params:rtp-hdrext:sdes:mid", id: 1 }],
  encodings: [{ ssrc: ssrc() }],
  rtcp: { cname: streamId, reducedSize: true },
});

export const h264Parameters = (mid = "1", streamId = "programme") => ({
  mid,
  codecs: [
    {
      mimeType: "video/H264",
      payloadType: 112,
      clockRate: 90_000,
      parameters: {
        "packetization-mode": 1,
        "profile-level-id": "42e01f",
        "level-asymmetry-allowed": 1,
      },
      rtcpFeedback: [{ type: "nack" }, { type: "nack", parameter: "pli" }],
    },
    { mimeType: "video/rtx", payloadType: 113, clockRate: 90_000, parameters: { apt: 112 } },
  ],
  headerExtensions: [{ uri: "urn:ietf:params:rtp-hdrext:sdes:mid", id: 1 }],
  encodings: [{ ssrc: ssrc(), rtx: { ssrc: ssrc() } }],
  rtcp: { cname: streamId, reducedSize: true },
});
