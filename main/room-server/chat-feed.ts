import { encodeRpc } from "../../preload/contract/rpc.ts";
import type { Frame } from "./frames.ts";
import { limits } from "./limits.ts";

interface Outlet {
  readonly bufferedBytes: number;
  send(text: string): void;
  /** The bytes of a whole WebSocket frame. */
  sendFrame(frame: Buffer): void;
}

/** Chat of one connection, best effort: while it reads too slowly messages are skipped, and then it is told how many. */
export class ChatFeed {
  readonly #outlet: Outlet;
  #skipped = 0;
  #toSeq = 0;

  constructor(outlet: Outlet) {
    this.#outlet = outlet;
  }

  publish(frames: readonly Frame[]): void {
    for (const { wire, firstSeq, lastSeq } of frames) {
      if (this.#outlet.bufferedBytes > limits.chatBufferedBytes) {
        this.#skipped += lastSeq - firstSeq + 1;
        this.#toSeq = lastSeq;
        continue;
      }
      this.#tellSkipped();
      this.#outlet.sendFrame(wire);
    }
  }

  drained(): void {
    if (this.#skipped && this.#outlet.bufferedBytes <= limits.chatBufferedBytes)
      this.#tellSkipped();
  }

  #tellSkipped(): void {
    if (!this.#skipped) return;
    const data = { count: this.#skipped, toSeq: this.#toSeq };
    this.#skipped = 0;
    this.#outlet.send(encodeRpc({ type: "notification", method: "chatSkipped", data }));
  }
}
