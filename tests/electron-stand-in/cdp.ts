import type { Readable, Writable } from "node:stream";

type Params = Record<string, unknown>;
/** An answer of the browser. Its shape is in the protocol's reference: https://chromedevtools.github.io/devtools-protocol/tot/ */
export type Answer = Record<string, unknown>;

interface Incoming {
  id?: number;
  method?: string;
  params?: Params;
  sessionId?: string;
  result?: Answer;
  error?: { message: string };
}

type Listener = (params: Params) => void;

/** One target (a page) or, without an id, the browser itself. */
export interface CdpSession {
  send(method: string, params?: Params): Promise<Answer>;
  on(method: string, listener: Listener): void;
}

/**
 * The debugging protocol over a pair of pipes (`--remote-debugging-pipe`): JSON messages that end in NUL.
 * `ended` is called once when the browser hangs up; what is still asked then is rejected.
 */
export function connectCdp(toBrowser: Writable, fromBrowser: Readable, ended: () => void) {
  const asked = new Map<
    number,
    { resolve(answer: Answer): void; reject(error: Error): void; method: string }
  >();
  const listeners = new Map<string, Set<Listener>>();
  let lastId = 0;
  let open = true;
  let pending: Buffer[] = [];

  const receive = (message: Incoming): void => {
    if (message.id !== undefined) {
      const waiting = asked.get(message.id);
      asked.delete(message.id);
      if (message.error) waiting?.reject(new Error(`${waiting.method}: ${message.error.message}`));
      else waiting?.resolve(message.result ?? {});
      return;
    }
    for (const listener of listeners.get(`${message.sessionId ?? ""} ${message.method}`) ?? []) {
      listener(message.params ?? {});
    }
  };

  fromBrowser.on("data", (chunk: Buffer) => {
    let from = 0;
    for (let at = chunk.indexOf(0); at >= 0; at = chunk.indexOf(0, from)) {
      pending.push(chunk.subarray(from, at));
      const text = Buffer.concat(pending).toString("utf8");
      pending = [];
      from = at + 1;
      receive(JSON.parse(text) as Incoming);
    }
    if (from < chunk.length) pending.push(chunk.subarray(from));
  });

  const hangUp = (): void => {
    if (!open) return;
    open = false;
    for (const waiting of asked.values())
      waiting.reject(new Error(`${waiting.method}: the browser has ended`));
    asked.clear();
    ended();
  };
  fromBrowser.on("close", hangUp);
  fromBrowser.on("error", hangUp);
  toBrowser.on("error", hangUp);

  return (sessionId?: string): CdpSession => ({
    send: (method, params = {}) =>
      new Promise((resolve, reject) => {
        if (!open) return reject(new Error(`${method}: the browser has ended`));
        lastId += 1;
        asked.set(lastId, { resolve, reject, method });
        toBrowser.write(`${JSON.stringify({ id: lastId, method, params, sessionId })}\0`);
      }),
    on: (method, listener) => {
      const key = `${sessionId ?? ""} ${method}`;
      const known = listeners.get(key) ?? new Set();
      listeners.set(key, known.add(listener));
    },
  });
}
