import { createSocket } from "node:dgram";
import { once } from "node:events";

const headerBytes = 12;

/** Takes RTP packets at a free port of this machine and counts them; RTP without extensions (RFC 3550 section 5.1). */
export const openRtpSink = async () => {
  const socket = createSocket("udp4");
  let bytes = 0;
  /** A frame's packets have one timestamp. */
  const timestamps = new Set<number>();
  socket.on("message", (packet) => {
    bytes += packet.length - headerBytes;
    timestamps.add(packet.readUInt32BE(4));
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return {
    port: socket.address().port,
    read: () => ({ atMs: performance.now(), bytes, frames: timestamps.size }),
    close: () => socket.close(),
  };
};
