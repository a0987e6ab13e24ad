import { createServer, isIP, type Server, type Socket } from "node:net";
import { connectPinned } from "./pinned-connection.ts";

/**
 * A way for the window's media signalling to a room that has signed its own certificate: the window cannot check a
 * fingerprint, main can. Listens on this machine only; what comes in goes out over a pinned connection, and without a token of
 * the room it leads nowhere. Media itself is encrypted from end to end by keys that are agreed on over this way.
 */
export class PinnedRelay {
  readonly #server: Server;
  readonly #sockets = new Set<{ destroy(): unknown }>();
  readonly #opened: Promise<number>;
  #closed = false;

  constructor(target: {
    readonly host: string;
    readonly port: number;
    readonly fingerprint: string;
  }) {
    this.#server = createServer((inner) => void this.#join(inner, target));
    this.#opened = new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(0, "127.0.0.1", () => {
        const address = this.#server.address();
        if (address && typeof address === "object") resolve(address.port);
        else reject(new Error("the relay has no port"));
      });
    });
    this.#opened.catch(() => this.close());
  }

  /** The same path and query by way of this relay. */
  async through(socketUrl: string): Promise<string> {
    const url = new URL(socketUrl);
    url.protocol = "ws:";
    url.host = `127.0.0.1:${await this.#opened}`;
    return url.href;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
  }

  async #join(
    inner: Socket,
    { host, port, fingerprint }: { host: string; port: number; fingerprint: string },
  ): Promise<void> {
    this.#keep(inner);
    inner.pause();
    try {
      const servername = isIP(host) ? {} : { servername: host };
      const outer = await connectPinned({ host, port, ...servername }, fingerprint);
      if (this.#closed || inner.destroyed) {
        outer.destroy();
        return;
      }
      this.#keep(outer);
      inner.once("close", () => outer.destroy());
      outer.once("close", () => inner.destroy());
      inner.pipe(outer);
      outer.pipe(inner);
    } catch {
      // The window sees a closed connection, as where the room is gone; main's own link says why.
      inner.destroy();
    }
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.once("close", () => this.#sockets.delete(socket));
  }
}
