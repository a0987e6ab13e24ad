/**
 * The least that can publish the test pattern into a room: a canvas drawn by a timer, and mediasoup-client. What the
 * studio adds to this page's delay is the studio's own.
 */
import { Device } from "mediasoup-client";
import { decodeRpc, encodeRpc } from "../../preload/contract/rpc.ts";
import { testPatternFills } from "../../renderer/capture/kinds/test-pattern/fills.ts";

interface Options {
  readonly url: string;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly bitrateBps: number;
}

const drawEveryFrame = ({ width, height, fps }: Options): MediaStreamTrack => {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("no 2d context");
  const track = canvas.captureStream(0).getVideoTracks()[0] as CanvasCaptureMediaStreamTrack;
  const zoneOffsetMs = -new Date().getTimezoneOffset() * 60_000;
  const startMs = performance.now();
  let tick = 0;
  const draw = () => {
    for (const { rect, colour } of testPatternFills(
      { width, height },
      performance.timeOrigin + performance.now(),
      zoneOffsetMs,
    )) {
      context.fillStyle = colour;
      context.fillRect(rect.x, rect.y, rect.width, rect.height);
    }
    track.requestFrame();
    tick += 1;
    setTimeout(draw, startMs + (tick * 1_000) / fps - performance.now());
  };
  draw();
  return track;
};

const publish = async (options: Options): Promise<void> => {
  const socket = new WebSocket(options.url, "protoo");
  const waiting = new Map<number, { done(data: unknown): void; failed(error: Error): void }>();
  socket.onmessage = ({ data }) => {
    const frame = decodeRpc(String(data));
    if (frame?.type === "success") waiting.get(frame.id)?.done(frame.data);
    if (frame?.type === "failure") waiting.get(frame.id)?.failed(new Error(frame.errorReason));
  };
  await new Promise((done, failed) => {
    socket.onopen = done;
    socket.onerror = failed;
  });
  let nextId = 0;
  const request = (method: string, data: unknown): Promise<never> =>
    new Promise<unknown>((done, failed) => {
      nextId += 1;
      waiting.set(nextId, { done, failed });
      socket.send(encodeRpc({ type: "request", id: nextId, method, data }));
    }) as Promise<never>;

  const device = await Device.factory();
  await device.load({ routerRtpCapabilities: await request("getRouterRtpCapabilities", {}) });
  const transport = device.createSendTransport(
    await request("createWebRtcTransport", { forceTcp: false, producing: true, consuming: false }),
  );
  transport.on("connect", ({ dtlsParameters }, done, failed) => {
    request("connectWebRtcTransport", { transportId: transport.id, dtlsParameters }).then(
      done,
      failed,
    );
  });
  transport.on("produce", ({ kind, rtpParameters, appData }, done, failed) => {
    request("produce", { transportId: transport.id, kind, rtpParameters, appData }).then(
      done,
      failed,
    );
  });
  await request("join", { displayName: "bare", device: {} });
  const codec = device.recvRtpCapabilities.codecs?.find(
    ({ mimeType, parameters }) =>
      mimeType.toLowerCase() === "video/h264" && parameters?.["packetization-mode"] === 1,
  );
  if (!codec) throw new Error("no H264");
  const track = drawEveryFrame(options);
  track.contentHint = "motion";
  await transport.produce({
    track,
    codec,
    encodings: [{ maxBitrate: options.bitrateBps }],
    codecOptions: { videoGoogleStartBitrate: options.bitrateBps / 1_000 },
  });
};

Object.assign(window, { publish });
