import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer, isIPv6 } from "node:net";

const attempts = 20;

/** A port of `address` that is free for UDP and TCP alike; the caller binds it at once. */
export const findFreePort = async (address: string): Promise<number> => {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const server = createServer();
    const udp = createSocket({
      type: isIPv6(address) ? "udp6" : "udp4",
      ipv6Only: isIPv6(address),
    });
    try {
      server.listen({ port: 0, host: address, ipv6Only: isIPv6(address) });
      await once(server, "listening");
      const bound = server.address();
      if (!bound || typeof bound === "string") throw new Error("no TCP port");
      udp.bind(bound.port, address);
      await once(udp, "listening");
      return bound.port;
    } catch (error) {
      if (attempt === attempts - 1) throw error;
    } finally {
      server.close();
      udp.close();
    }
  }
  throw new Error("no free port");
};
