import type { MessagePortMain as ElectronPort } from "electron";
import { guardedEmitter, guardedObject } from "./guard.ts";

export interface Posted {
  data: unknown;
  ports: MessagePortMain[];
}

/**
 * One end of a message channel. What is posted at one end arrives at the other, in order; an end without a
 * receiver keeps what arrives, without a bound, as documented for ports that are not started.
 */
class End {
  other: End | undefined;
  #waiting: (Posted | "close")[] = [];
  #receiver: { message(posted: Posted): void; close(): void } | undefined;
  #closed = false;

  receive(receiver: { message(posted: Posted): void; close(): void } | undefined): void {
    this.#receiver = receiver;
    while (this.#receiver && this.#waiting.length > 0) this.#hand(this.#waiting.shift());
  }

  post(posted: Posted): void {
    if (!this.#closed) this.other?.arrive(posted);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#receiver = undefined;
    this.#waiting = [];
    this.other?.arrive("close");
  }

  private arrive(item: Posted | "close"): void {
    if (this.#closed) return;
    if (this.#receiver) this.#hand(item);
    else this.#waiting.push(item);
  }

  #hand(item: Posted | "close" | undefined): void {
    if (item === "close") {
      const receiver = this.#receiver;
      this.close();
      receiver?.close();
    } else if (item) this.#receiver?.message(item);
  }
}

const ends = new WeakMap<MessagePortMain, End>();

/**
 * https://www.electronjs.org/docs/latest/api/message-port-main: messages wait until `start()`;
 * `close` is emitted when the other end is gone; a port that was posted elsewhere is of no more use here.
 */
export class MessagePortMain extends guardedEmitter("MessagePortMain") {
  constructor(end: End) {
    super();
    ends.set(this, end);
  }

  /** @throws DataCloneError for what structured clone refuses */
  postMessage(message: unknown, transfer: ElectronPort[] = []): void {
    ends
      .get(this)
      ?.post({ data: structuredClone(message), ports: transfer.map((port) => moved(port)) });
  }

  start(): void {
    ends.get(this)?.receive({
      message: (posted) => setImmediate(() => this.emit("message", posted)),
      close: () => setImmediate(() => this.emit("close")),
    });
  }

  close(): void {
    const end = ends.get(this);
    ends.delete(this);
    end?.close();
    if (end) setImmediate(() => this.emit("close"));
  }
}

/** The same end behind a new port object; the old one is neutered. */
function moved(port: unknown): MessagePortMain {
  return new MessagePortMain(takeEnd(port));
}

function takeEnd(port: unknown): End {
  const end = port instanceof MessagePortMain ? ends.get(port) : undefined;
  if (!end) throw new TypeError("Port at index 0 is not a valid port");
  ends.delete(port as MessagePortMain);
  end.receive(undefined);
  return end;
}

function entangled(): [End, End] {
  const one = new End();
  const two = new End();
  one.other = two;
  two.other = one;
  return [one, two];
}

/** https://www.electronjs.org/docs/latest/api/message-channel-main */
export class MessageChannelMain {
  readonly port1: MessagePortMain;
  readonly port2: MessagePortMain;

  constructor() {
    const [one, two] = entangled();
    this.port1 = new MessagePortMain(one);
    this.port2 = new MessagePortMain(two);
    guardedObject("MessageChannelMain", this);
  }
}

/** What a process on the other side of a wire is told about the ports it holds. */
export interface PortWire {
  message(portId: string, data: unknown, portIds: string[]): void;
  close(portId: string): void;
}

/**
 * The ports whose other end is in another process. Both sides of a wire number the ports they send;
 * `side` keeps the numbers apart.
 */
export function portTable(side: string, wire: PortWire) {
  const relays = new Map<string, End>();
  let last = 0;

  const relay = (id: string, end: End): void => {
    relays.set(id, end);
    end.receive({
      message: ({ data, ports }) =>
        wire.message(
          id,
          data,
          ports.map((port) => send(port)),
        ),
      close: () => {
        relays.delete(id);
        wire.close(id);
      },
    });
  };

  /** Gives the port to the other side, under the number that is returned. What it had waiting follows. */
  const send = (port: unknown): string => {
    last += 1;
    const id = `${side}${last}`;
    const end = takeEnd(port);
    // The number must be on its way before the first message that uses it.
    queueMicrotask(() => relay(id, end));
    return id;
  };

  return {
    send,
    /** A port that the other side has sent. */
    accept(id: string): MessagePortMain {
      const [mine, theirs] = entangled();
      relay(id, mine);
      return new MessagePortMain(theirs);
    },
    message(id: string, data: unknown, ports: MessagePortMain[]): void {
      relays.get(id)?.post({ data, ports });
    },
    closed(id: string): void {
      relays.get(id)?.close();
      relays.delete(id);
    },
    /** The other process is gone. */
    closeAll(): void {
      for (const end of relays.values()) end.close();
      relays.clear();
    },
  };
}

export type PortTable = ReturnType<typeof portTable>;
