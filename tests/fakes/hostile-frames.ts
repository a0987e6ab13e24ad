import { roomRequests, type RoomMethod } from "../../preload/contract/room-protocol.ts";
import { decodeRpc } from "../../preload/contract/rpc.ts";
import type { RawFrame } from "./raw-web-socket.ts";
import { testGifts } from "./test-room.ts";
import { validRequests } from "./valid-requests.ts";

/** Who sends: the roles of a room, and the anchor's connection for media. */
export type Caller = "anchor" | "moderator" | "guest" | "viewer" | "media";

/**
 * `line`: no request; `request`: one that the parser behind the sign-in gets, with a malformed body or one that the caller
 * has no right to; `last`: one that ends the connection.
 */
export interface HostileFrame {
  readonly kind: string;
  readonly reach: "line" | "request" | "last";
  /** False for a well-formed request: one without a right to it, or one that a mutation has left harmless. */
  readonly malformed: boolean;
  readonly frames: readonly RawFrame[];
}

const methods = Object.keys(validRequests) as RoomMethod[];

/**
 * What changes something, and who may do it: written out by hand, since this list decides what counts as hostile. A valid
 * one of these is never sent by who may send it.
 */
const changing: Readonly<Partial<Record<RoomMethod, readonly Caller[]>>> = {
  sendChat: ["anchor", "moderator", "guest", "viewer"],
  sendGift: ["moderator", "guest", "viewer"],
  follow: ["moderator", "guest", "viewer"],
  changeDisplayName: ["anchor", "moderator", "guest", "viewer"],
  setProgramme: ["anchor"],
  setRehearsalAudience: ["anchor"],
  announce: ["anchor", "moderator"],
  muteAll: ["anchor", "moderator"],
  setSlowMode: ["anchor", "moderator"],
  setFollowersOnly: ["anchor", "moderator"],
  changeBlockedWords: ["anchor", "moderator"],
  createInvitation: ["anchor"],
  importBlockedWords: ["anchor", "moderator"],
  setHoldNewcomers: ["anchor", "moderator"],
  setShield: ["anchor", "moderator"],
};

const isBetween = (value: unknown, least: number, most: number): boolean =>
  Number.isInteger(value) && Number(value) >= least && Number(value) <= most;

const isId = (value: unknown): boolean =>
  typeof value === "string" && value.length > 0 && value.length <= 64 && !/[^\w-]/.test(value);

/** Whether the data would do something: a hand-written reading of the wire, not the product's own schema. */
const doesSomething: Readonly<Record<string, (data: Record<string, unknown>) => boolean>> = {
  sendChat: ({ requestId, text }) =>
    isId(requestId) && typeof text === "string" && text.trim() !== "" && text.length <= 2_000,
  sendGift: ({ requestId, giftId, count }) =>
    isId(requestId) &&
    testGifts.some((gift) => gift.giftId === giftId) &&
    Number.isInteger(count) &&
    Number(count) >= 1 &&
    Number(count) <= 9_999,
  follow: ({ requestId }) => isId(requestId),
  changeDisplayName: ({ displayName }) =>
    typeof displayName === "string" && displayName.trim().length >= 2 && displayName.length <= 100,
  setProgramme: ({ state }) => state === "live" || state === "ended",
  setRehearsalAudience: ({ running }) => typeof running === "boolean",
  announce: ({ requestId, text }) =>
    isId(requestId) && typeof text === "string" && text.trim() !== "" && text.length <= 2_000,
  muteAll: ({ requestId, on }) => isId(requestId) && on === true,
  setSlowMode: ({ requestId, seconds }) => isId(requestId) && isBetween(seconds, 1, 600),
  setFollowersOnly: ({ requestId, minutes }) => isId(requestId) && isBetween(minutes, 0, 129_600),
  createInvitation: ({ requestId, name, hours }) =>
    isId(requestId) && typeof name === "string" && isBetween(hours, 1, 168),
  changeBlockedWords: ({ requestId, add }) =>
    isId(requestId) && Array.isArray(add) && add.length > 0,
  importBlockedWords: ({ requestId, words }) =>
    isId(requestId) && Array.isArray(words) && words.length > 0,
  setHoldNewcomers: ({ requestId, minutes }) => isId(requestId) && isBetween(minutes, 1, 43_200),
  setShield: ({ requestId, on }) => isId(requestId) && on === true,
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const mayChange = (caller: Caller, method: string): boolean =>
  Object.entries(changing).some(([name, may]) => name === method && may.includes(caller));

/** Whether this text, from this caller, is a well-formed wish that the room has to grant. */
export const isWish = (caller: Caller, text: string): boolean => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return false;
  }
  if (!isObject(value) || value["request"] !== true || typeof value["method"] !== "string")
    return false;
  const { method, data } = value;
  if (!mayChange(caller, method)) return false;
  return doesSomething[method]?.(isObject(data) ? data : {}) ?? false;
};

/** Whether the contract takes this text for a request of the room; for counting only. */
const isWellFormed = (text: string): boolean => {
  const frame = decodeRpc(text);
  if (frame?.type !== "request") return false;
  const method = methods.find((name) => name === frame.method);
  return method !== undefined && roomRequests[method].data.safeParse(frame.data ?? {}).success;
};

const hugeNumbers = [
  "1e999",
  "-1e999",
  "9007199254740993",
  "-9007199254740993",
  "1e308",
  "1.5",
  "-1",
  "-0",
  "0.1e-300",
  "9".repeat(400),
  "4294967296",
  "2147483648",
];
const namesOfPrototypes = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty"];
/** Longest frame that the room reads (main/room-server/limits.ts). */
const frameBound = 64 * 1024;

/** A seeded source of malformed frames: the same seed gives the same frames. `random` is in [0, 1). */
export const createHostileFrames = (random: () => number) => {
  const upTo = (most: number): number => Math.floor(random() * (most + 1));
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const bytes = (length: number): Buffer => {
    const buffer = Buffer.alloc(length);
    for (let at = 0; at < length; at += 1) buffer[at] = upTo(255);
    return buffer;
  };
  const words = (length: number): string =>
    Array.from({ length }, () => {
      const point = random() < 0.5 ? upTo(0x7f) : upTo(0x10_ff_ff);
      return String.fromCodePoint(point >= 0xd8_00 && point <= 0xdf_ff ? 0xff_fd : point);
    }).join("");
  const text = (value: string): RawFrame => ({ opcode: 1, payload: Buffer.from(value) });
  const requestText = (id: unknown, method: string, data: unknown): string =>
    JSON.stringify({ request: true, id, method, data });
  const anyId = (): number => upTo(1_000_000);

  const wrongValue = (depth: number): unknown => {
    const scalars: (() => unknown)[] = [
      () => null,
      () => true,
      () => upTo(10) - 5,
      () => random() * 1e300,
      () => "",
      () => words(upTo(30)),
      () => [],
      () => ({}),
      () => pick(namesOfPrototypes),
      () => "x".repeat(upTo(5_000)),
    ];
    if (depth === 0 || random() < 0.7) return pick(scalars)();
    return random() < 0.5
      ? Array.from({ length: upTo(4) }, () => wrongValue(depth - 1))
      : Object.fromEntries(
          Array.from({ length: upTo(4) }, () => [words(upTo(8)), wrongValue(depth - 1)]),
        );
  };
  const validText = (): string => {
    const method = pick(methods);
    return requestText(anyId(), method, validRequests[method]);
  };

  const onTheLine: Readonly<Record<string, () => readonly RawFrame[]>> = {
    randomText: () => [text(words(upTo(200)))],
    randomJson: () => [text(JSON.stringify(wrongValue(4)))],
    binary: () => [
      { opcode: 2, payload: random() < 0.5 ? bytes(upTo(300)) : Buffer.from(validText()) },
    ],
    truncated: () => {
      const whole = validText();
      return [text(whole.slice(0, upTo(whole.length - 1)))];
    },
    deepNesting: () => {
      const depth = 1 + upTo(30_000);
      const closed = random() < 0.5;
      return random() < 0.5
        ? [text("[".repeat(depth) + (closed ? "]".repeat(depth) : ""))]
        : [text('{"a":'.repeat(depth / 5) + (closed ? `1${"}".repeat(depth / 5)}` : ""))];
    },
    wrongEnvelope: () => {
      const method = pick(methods);
      const id = random() < 0.5 ? pick(hugeNumbers.slice(0, 7)) : JSON.stringify(wrongValue(1));
      return [
        text(
          pick([
            `{"request":"true","id":1,"method":"${method}","data":{}}`,
            `{"request":true,"method":"${method}","data":{}}`,
            `{"request":true,"id":${id === "1" ? "-1" : id},"method":7,"data":{}}`,
            `{"request":true,"request":false,"id":1,"method":"${method}","data":{}}`,
            `{"request":true,"id":1,"id":"1","method":"${method}","data":{}}`,
            `{"request":true,"id":1,"method":"","data":{}}`,
            `{"__proto__":{"request":true,"id":1,"method":"${method}"},"data":{}}`,
            `[{"request":true,"id":1,"method":"${method}","data":{}}]`,
            `\uFEFF{"request":true,"id":1,"method":"${method}","data":{}}`,
            `{"request":true,"id":1,"method":"${"m".repeat(65 + upTo(60_000))}","data":{}}`,
          ]),
        ),
      ];
    },
    answerToNothing: () => [
      text(
        JSON.stringify({
          response: true,
          id: anyId(),
          ok: random() < 0.5 ? true : undefined,
          data: wrongValue(2),
          errorCode: upTo(600),
          errorReason: words(upTo(20)),
        }),
      ),
    ],
    notification: () => [
      text(
        JSON.stringify({
          notification: true,
          method: pick(["record", "chat", "walletChanged", "programmeChanged", words(5)]),
          data: pick([{ coins: 1e9 }, { programme: "ended" }, wrongValue(2)]),
        }),
      ),
    ],
    fragmented: () => {
      const whole = Buffer.from(words(100));
      const pieces = 2 + upTo(30);
      const size = Math.ceil(whole.length / pieces);
      return Array.from({ length: pieces }, (_, index): RawFrame[] => {
        const part: RawFrame = {
          opcode: index === 0 ? 1 : 0,
          fin: index === pieces - 1,
          payload: whole.subarray(index * size, (index + 1) * size),
        };
        return random() < 0.2 ? [part, { opcode: 9, payload: bytes(upTo(125)) }] : [part];
      }).flatMap((group, index) => (index === pieces - 1 ? group.slice(0, 1) : group));
    },
  };

  const asRequest: Readonly<Record<string, (caller: Caller) => string>> = {
    mutated: () => {
      const whole = Buffer.from(validText());
      for (let times = 1 + upTo(4); times > 0; times -= 1)
        whole[Math.floor(random() * whole.length)] = 0x20 + upTo(0x5e);
      return whole.toString("utf8");
    },
    unknownMethod: () =>
      requestText(
        anyId(),
        pick([...namesOfPrototypes, "shutdown", "eval", words(10)]).slice(0, 64) || "x",
        wrongValue(1),
      ),
    wrongTypes: () => {
      const method = pick(methods);
      const data: Record<string, unknown> = { ...validRequests[method] };
      for (const key of Object.keys(data)) if (random() < 0.6) data[key] = wrongValue(2);
      return requestText(anyId(), method, data);
    },
    notAnObject: () => requestText(anyId(), pick(methods), pick([null, 1, "x", [], true, [{}]])),
    missingKeys: () => {
      const method = pick(methods);
      const keys = Object.entries(validRequests[method]).filter(() => random() < 0.5);
      return requestText(anyId(), method, Object.fromEntries(keys));
    },
    hugeNumbers: () => {
      const method = pick(methods);
      return requestText(anyId(), method, validRequests[method]).replace(
        /:(\d+|"[a-z]+-\d")(?=[,}])/g,
        (found) => (random() < 0.7 ? `:${pick(hugeNumbers)}` : found),
      );
    },
    prototypeKeys: () => {
      const method = pick(methods);
      const poison = `"${pick(namesOfPrototypes)}":${pick(['{"role":"anchor"}', "null", '{"isAdmin":true}', "[]"])}`;
      const data = JSON.stringify(random() < 0.5 ? {} : validRequests[method]);
      const own = data === "{}" ? `{${poison}}` : `{${poison},${data.slice(1)}`;
      return `{"request":true,"id":${anyId()},"method":"${method}","data":${own}}`;
    },
    giantString: () => {
      const method = pick([
        "sendChat",
        "changeDisplayName",
        "join",
        "sendGift",
        "produce",
      ] as const);
      const room = frameBound - 400 - upTo(2);
      const giant = pick(["x", '"', "\\", "\u200B"]).repeat(4) + "x".repeat(room);
      const data = Object.fromEntries(
        Object.entries(validRequests[method]).map(([key, value], index) => [
          key,
          index === 0 ? giant.slice(0, room) : value,
        ]),
      );
      return requestText(anyId(), method, data).slice(0, frameBound);
    },
    deepData: () => {
      const depth = 1 + upTo(5_000);
      const deep = '{"a":'.repeat(depth) + "1" + "}".repeat(depth);
      const [method, key] = pick([
        ["produce", "appData"],
        ["produce", "rtpParameters"],
        ["connectWebRtcTransport", "dtlsParameters"],
        ["join", "device"],
        ["getWallet", "x"],
      ] as const);
      const rest = JSON.stringify({ ...validRequests[method], [key]: 0 });
      return `{"request":true,"id":${anyId()},"method":"${method}","data":${rest.replace(`"${key}":0`, `"${key}":${deep}`)}}`;
    },
    duplicateId: () => requestText(7, pick(methods), wrongValue(1)),
    nonsenseForTheSfu: () => {
      const method = pick(["join", "produce", "connectWebRtcTransport", "restartIce"] as const);
      const garbage = (): unknown =>
        Object.fromEntries(
          ["codecs", "encodings", "headerExtensions", "rtcp", "fingerprints", "role", "mid"].map(
            (key) => [key, wrongValue(3)],
          ),
        );
      return requestText(anyId(), method, {
        ...validRequests[method],
        rtpCapabilities: garbage(),
        rtpParameters: garbage(),
        dtlsParameters: garbage(),
      });
    },
    withoutRight: (caller) => {
      const others = Object.entries(changing).filter(([, may]) => !may.includes(caller));
      const [method] = pick(others.length ? others : Object.entries(changing));
      return requestText(anyId(), method, validRequests[method as RoomMethod]);
    },
  };

  const ending: Readonly<Record<string, () => readonly RawFrame[]>> = {
    badUtf8: () => [
      { opcode: 1, payload: Buffer.concat([bytes(10), Buffer.from([0xc3, 0x28, 0xff])]) },
    ],
    compressedFlag: () => [{ ...text(validText()), rsv: 4 }],
    reservedBits: () => [{ ...text("{}"), rsv: 1 + upTo(2) }],
    reservedOpcode: () => [
      { opcode: pick([3, 4, 5, 6, 7, 11, 12, 13, 14, 15]), payload: bytes(4) },
    ],
    unmasked: () => [{ ...text(validText()), masked: false }],
    longControl: () => [{ opcode: 9, payload: bytes(126 + upTo(200)) }],
    fragmentedControl: () => [{ opcode: 9, fin: false, payload: bytes(3) }],
    continuationOfNothing: () => [{ opcode: 0, payload: bytes(20) }],
    twoBeginnings: () => [
      { opcode: 1, fin: false, payload: bytes(3) },
      { opcode: 1, payload: bytes(3) },
    ],
    tooLong: () => [{ opcode: 1, payload: Buffer.alloc(frameBound + 1 + upTo(1_000), 0x61) }],
    impossibleLength: () => [
      {
        opcode: 1,
        payload: bytes(50),
        claimedLength: pick([2n ** 63n, 2n ** 53n, 2n ** 64n - 1n]),
      },
    ],
    tooLongInPieces: () => [
      { opcode: 1, fin: false, payload: Buffer.alloc(40_000, 0x61) },
      { opcode: 0, payload: Buffer.alloc(40_000, 0x61) },
    ],
    closeGarbage: () => [{ opcode: 8, payload: bytes(1 + upTo(100)) }],
    unfinished: () => [{ opcode: 1, payload: bytes(10), claimedLength: 5_000n }],
  };

  const named = <T>(table: Readonly<Record<string, T>>) => {
    const entries = Object.entries(table);
    return (): readonly [string, T] => pick(entries);
  };
  const pickLine = named(onTheLine);
  const pickRequest = named(asRequest);
  const pickLast = named(ending);

  return {
    /** For a connection that is to stay open. `request` says whether it may be one. */
    next(caller: Caller, request: boolean): HostileFrame {
      if (!request) {
        const [kind, make] = pickLine();
        const frames = make();
        const [only] = frames;
        // Deep in a random text there may be a valid wish, if hardly ever.
        if (frames.length === 1 && only?.opcode === 1 && isWish(caller, only.payload.toString()))
          return this.next(caller, request);
        return { kind, reach: "line", malformed: true, frames };
      }
      const [kind, make] = pickRequest();
      const wish = make(caller);
      if (isWish(caller, wish)) return this.next(caller, request);
      // What is inside of these is for the SFU to judge, and is nonsense.
      const malformed = kind === "nonsenseForTheSfu" || !isWellFormed(wish);
      return { kind, reach: "request", malformed, frames: [text(wish)] };
    },
    last(): HostileFrame {
      const [kind, make] = pickLast();
      return { kind, reach: "last", malformed: true, frames: make() };
    },
    /** What a client may put on the line before it is a WebSocket, or instead of becoming one. */
    beforeUpgrade(): string | Buffer {
      return pick<() => string | Buffer>([
        () => bytes(1 + upTo(400)),
        () => `GET / HTTP/9.9\r\n\r\n`,
        () => `GET /?roomId=main HTTP/1.1\r\nHost: x\r\nX: ${"y".repeat(20_000)}\r\n\r\n`,
        () =>
          `GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nzzz`,
        () => `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000000\r\n\r\n{}`,
        () =>
          `GET http://other/?roomId=main HTTP/1.1\r\nHost: x\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n`,
        () => `CONNECT other:80 HTTP/1.1\r\nHost: x\r\n\r\n`,
        () =>
          `GET /?roomId=main&peerId=a&token=${encodeURIComponent(words(60))} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\n` +
          `Upgrade: websocket\r\nSec-WebSocket-Version: ${upTo(20)}\r\nSec-WebSocket-Key: ${upTo(9)}\r\n` +
          `Sec-WebSocket-Protocol: protoo\r\n\r\n`,
        () => `GET /${"../".repeat(upTo(40))}etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n`,
        () => `GET /?roomId=main&peerId=a HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n`,
        () => Buffer.from("16030100a5010000a10303", "hex"),
      ])();
    },
  };
};
