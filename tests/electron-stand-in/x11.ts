import { existsSync, readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { homedir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

export interface Picture {
  width: number;
  height: number;
  /** Four bytes a pixel: blue, green, red, unused. */
  bgrx: Buffer;
}

/** The few requests of https://www.x.org/releases/current/doc/xproto/x11protocol.html that the stand-in needs. */
export interface Display {
  root: number;
  width: number;
  height: number;
  /** Null when the window has no such property, or is gone. */
  property(window: number, name: string): Promise<Buffer | null>;
  setText(window: number, name: string, text: string): void;
  setNumbers(window: number, name: string, type: string, values: number[]): void;
  children(window: number): Promise<number[]>;
  map(window: number): void;
  unmap(window: number): void;
  /** The number that the display has for a name. */
  atom(name: string): Promise<number>;
  /** Calls `changed` each time the window has been moved or resized, until the answer is called. */
  watchPlace(window: number, changed: () => void): () => void;
  /** A client message to the window manager: https://specifications.freedesktop.org/wm-spec/latest/ */
  tellManager(window: number, name: string, values: number[]): void;
  /** The pixels of a window, also where others lie over it, or of the whole screen: BGRX rows. Null when there are none. */
  picture(window: number): Promise<Picture | null>;
  /** Puts off the screen saver and the display's sleep. */
  resetScreenSaver(): void;
  /** Resolves when everything asked before has been done. */
  sync(): Promise<void>;
}

const redrawMs = 60;

const pad = (length: number): number => (4 - (length % 4)) % 4;

function displayName(): { host: string; number: number } {
  const found = /^([^:]*):(\d+)(?:\.\d+)?$/.exec(process.env["DISPLAY"] ?? "");
  if (!found) throw new Error("There is no display: DISPLAY is not set");
  return { host: found[1] ?? "", number: Number(found[2]) };
}

/** MIT-MAGIC-COOKIE-1 of this display, from the file that xauth(1) keeps. */
function cookie(display: number): { name: string; data: Buffer } {
  const path = process.env["XAUTHORITY"] ?? join(homedir(), ".Xauthority");
  const none = { name: "", data: Buffer.alloc(0) };
  if (!existsSync(path)) return none;
  const file = readFileSync(path);
  let at = 0;
  const field = (): Buffer => {
    const length = file.readUInt16BE(at);
    at += 2 + length;
    return file.subarray(at - length, at);
  };
  while (at < file.length) {
    at += 2;
    field();
    const number = field().toString();
    const name = field().toString();
    const data = field();
    if (name === "MIT-MAGIC-COOKIE-1" && (number === "" || Number(number) === display))
      return { name, data };
  }
  return none;
}

function request(opcode: number, byte: number, body: Buffer = Buffer.alloc(0)): Buffer {
  const whole = Buffer.alloc(4 + body.length + pad(body.length));
  whole.writeUInt8(opcode, 0);
  whole.writeUInt8(byte, 1);
  whole.writeUInt16LE(whole.length / 4, 2);
  body.copy(whole, 4);
  return whole;
}

function words(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeInt32LE(value | 0, index * 4));
  return bytes;
}

export function numbersOf(property: Buffer | null): number[] {
  return property
    ? Array.from({ length: Math.floor(property.length / 4) }, (_, index) =>
        property.readUInt32LE(index * 4),
      )
    : [];
}

async function start(): Promise<Display> {
  const { host, number } = displayName();
  const socket: Socket =
    host && host !== "unix" ? connect(6000 + number, host) : connect(`/tmp/.X11-unix/X${number}`);
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", () => resolve());
    socket.once("error", (error) =>
      reject(new Error(`The display ${process.env["DISPLAY"]} does not answer: ${error.message}`)),
    );
  });
  socket.on("error", () => socket.destroy());
  socket.unref();

  const placeWatchers = new Map<number, () => void>();
  const waiting = new Map<number, (reply: Buffer | null) => void>();
  let ready: ((setup: Buffer) => void) | undefined;
  let received = Buffer.alloc(0);
  let arrived: Buffer[] = [];
  let missing = 0;
  let sequence = 0;

  const enough = (size: number): boolean => {
    missing = size - received.length;
    return missing <= 0;
  };
  const takeOne = (): boolean => {
    if (ready) {
      if (!enough(8)) return false;
      const size = 8 + received.readUInt16LE(6) * 4;
      if (!enough(size)) return false;
      ready(received.subarray(0, size));
      ready = undefined;
      received = received.subarray(size);
      return true;
    }
    if (!enough(32)) return false;
    const kind = received.readUInt8(0);
    const size = kind === 1 ? 32 + received.readUInt32LE(4) * 4 : 32;
    if (!enough(size)) return false;
    if (kind <= 1) {
      const answered = received.readUInt16LE(2);
      waiting.get(answered)?.(kind === 1 ? Buffer.from(received.subarray(0, size)) : null);
      waiting.delete(answered);
    }
    // ConfigureNotify, from the display or (the highest bit) from the window manager.
    if ((kind & 0x7f) === 22) placeWatchers.get(received.readUInt32LE(4))?.();
    received = received.subarray(size);
    return true;
  };
  socket.on("data", (chunk: Buffer) => {
    arrived.push(chunk);
    missing -= chunk.length;
    if (missing > 0) return;
    received = Buffer.concat([received, ...arrived]);
    arrived = [];
    while (takeOne());
  });

  const { name, data } = cookie(number);
  const hello = Buffer.alloc(12 + name.length + pad(name.length) + data.length + pad(data.length));
  hello.write("l", 0);
  hello.writeUInt16LE(11, 2);
  hello.writeUInt16LE(name.length, 6);
  hello.writeUInt16LE(data.length, 8);
  hello.write(name, 12);
  data.copy(hello, 12 + name.length + pad(name.length));
  const setup = await new Promise<Buffer>((resolve) => {
    ready = resolve;
    socket.write(hello);
  });
  if (setup.readUInt8(0) !== 1)
    throw new Error(`The display refuses: ${setup.subarray(8, 8 + setup.readUInt8(1)).toString()}`);
  const vendor = setup.readUInt16LE(24);
  const screen = 40 + vendor + pad(vendor) + setup.readUInt8(29) * 8;
  const root = setup.readUInt32LE(screen);

  const tell = (message: Buffer): number => {
    sequence = (sequence + 1) & 0xffff;
    socket.write(message);
    return sequence;
  };
  const ask = (message: Buffer): Promise<Buffer | null> =>
    new Promise((resolve) => {
      waiting.set(tell(message), resolve);
    });

  const atoms = new Map<string, Promise<number>>();
  const atom = (text: string): Promise<number> => {
    const head = Buffer.alloc(4);
    head.writeUInt16LE(text.length, 0);
    const found =
      atoms.get(text) ??
      ask(request(16, 0, Buffer.concat([head, Buffer.from(text)]))).then(
        (reply) => reply?.readUInt32LE(8) ?? 0,
      );
    atoms.set(text, found);
    return found;
  };

  /** Its major opcode; 0 where the display does not have it. */
  const extension = async (extensionName: string): Promise<number> => {
    const head = Buffer.alloc(4);
    head.writeUInt16LE(extensionName.length, 0);
    const reply = await ask(request(98, 0, Buffer.concat([head, Buffer.from(extensionName)])));
    const opcode = reply?.readUInt8(8) ? reply.readUInt8(9) : 0;
    // Version 0.4, which has to be agreed on first.
    if (opcode) await ask(request(opcode, 0, words(0, 4)));
    return opcode;
  };
  const idBase = setup.readUInt32LE(12);
  let lastId = 0;
  const nextId = (): number => {
    lastId += 1;
    return idBase + lastId;
  };

  const change = async (
    window: number,
    property: string,
    type: string,
    format: number,
    value: Buffer,
  ): Promise<void> => {
    const [propertyAtom, typeAtom] = await Promise.all([atom(property), atom(type)]);
    tell(
      request(
        18,
        0,
        Buffer.concat([
          words(window, propertyAtom, typeAtom, format, value.length / (format / 8)),
          value,
        ]),
      ),
    );
  };

  return {
    root,
    width: setup.readUInt16LE(screen + 20),
    height: setup.readUInt16LE(screen + 22),
    async property(window, property) {
      const reply = await ask(request(20, 0, words(window, await atom(property), 0, 0, 0x10000)));
      const format = reply?.readUInt8(1) ?? 0;
      return reply && format > 0
        ? reply.subarray(32, 32 + reply.readUInt32LE(16) * (format / 8))
        : null;
    },
    setText: (window, property, text) =>
      void change(window, property, "UTF8_STRING", 8, Buffer.from(text)),
    setNumbers: (window, property, type, values) =>
      void change(window, property, type, 32, words(...values)),
    async children(window) {
      const reply = await ask(request(15, 0, words(window)));
      return reply ? numbersOf(reply.subarray(32, 32 + reply.readUInt16LE(16) * 4)) : [];
    },
    map: (window) => void tell(request(8, 0, words(window))),
    unmap: (window) => void tell(request(10, 0, words(window))),
    atom,
    watchPlace(window, changed) {
      placeWatchers.set(window, changed);
      // ChangeWindowAttributes: of the event mask, StructureNotify.
      tell(request(2, 0, words(window, 0x800, 0x20000)));
      return () => void placeWatchers.delete(window);
    },
    tellManager(window, type, values) {
      void atom(type).then((typeAtom) => {
        const event = Buffer.concat([
          Buffer.from([33, 32, 0, 0]),
          words(window, typeAtom, ...values, 0, 0, 0, 0, 0).subarray(0, 28),
        ]);
        tell(request(25, 0, Buffer.concat([words(root, 0x180000), event])));
      });
    },
    async picture(window) {
      const composite = window === root ? 0 : await extension("Composite");
      const pixmap = nextId();
      if (composite) {
        // What others cover is there once the window has drawn itself anew: https://www.x.org/releases/current/doc/compositeproto/compositeproto.txt
        tell(request(composite, 1, words(window, 0)));
        await delay(redrawMs);
        tell(request(composite, 6, words(window, pixmap)));
      }
      const drawable = composite ? pixmap : window;
      const geometry = await ask(request(14, 0, words(drawable)));
      const width = geometry?.readUInt16LE(16) ?? 0;
      const height = geometry?.readUInt16LE(18) ?? 0;
      const area = Buffer.alloc(8);
      area.writeUInt16LE(width, 4);
      area.writeUInt16LE(height, 6);
      const image = await ask(request(73, 2, Buffer.concat([words(drawable), area, words(-1)])));
      if (composite) {
        tell(request(54, 0, words(pixmap)));
        tell(request(composite, 3, words(window, 0)));
      }
      const bgrx = image?.subarray(32);
      return bgrx && width > 0 && bgrx.length >= width * height * 4
        ? { width, height, bgrx }
        : null;
    },
    resetScreenSaver: () => void tell(request(115, 0)),
    sync: async () => void (await ask(request(43, 0))),
  };
}

let display: Promise<Display> | undefined;

/** The one connection to the display, opened at the first use. It does not keep the process alive. */
export function openDisplay(): Promise<Display> {
  display ??= start();
  return display;
}
