import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import type { Protocol as ElectronProtocol } from "electron";
import { type WebSocket, WebSocketServer } from "ws";
import { guardedObject } from "./guard.ts";

type Handler = (request: Request) => Response | Promise<Response>;

/**
 * Chromium's debugging protocol cannot serve a custom scheme, so `studio://app/x` is served at
 * `http://studio.localhost:PORT/x` (a secure context, https://w3c.github.io/webappsec-secure-contexts/#localhost).
 * The only host of a scheme is `app`.
 */
const handlers = new Map<string, Handler>();
const privileged = new Set<string>();
const ownPages = new Map<string, string>();
const sockets = new Map<string, (socket: WebSocket) => void>();
const ownPath = "/.stand-in/";

let server: Server | undefined;
let port = 0;
let mayRegister = true;

const schemeOf = (request: IncomingMessage): string | undefined =>
  [...privileged].find((scheme) => request.headers.host === `${scheme}.localhost:${port}`);

const originOf = (scheme: string): string => `http://${scheme}.localhost:${port}`;

/** `studio://app/…` to where Chromium finds it; any other address stays. */
export function toServed(url: string): string {
  for (const scheme of privileged) {
    const own = `${scheme}://app`;
    if (url === own || url.startsWith(`${own}/`)) return originOf(scheme) + url.slice(own.length);
  }
  return url;
}

/** The way back: what Chromium says, as Electron would say it. */
export function toApp(url: string): string {
  for (const scheme of privileged) {
    const own = originOf(scheme);
    if (url === own || url.startsWith(`${own}/`)) return `${scheme}://app${url.slice(own.length)}`;
  }
  return url;
}

/** The origins whose permissions the app decides. */
export function servedOrigins(): string[] {
  return [...privileged].map(originOf);
}

/** A page of the stand-in itself, in the first scheme's origin: served once. */
export function ownPage(name: string, html: string): string {
  ownPages.set(`${ownPath}${name}`, html);
  return `${servedOrigins()[0] ?? `http://localhost:${port}`}${ownPath}${name}`;
}

/** Says where a page's isolated world opens its socket. The secret is in the path. */
export function ownSocket(secret: string, connected: (socket: WebSocket) => void): string {
  sockets.set(`${ownPath}socket/${secret}`, connected);
  return `${ownPath}socket/${secret}`;
}

export function dropOwnSocket(path: string): void {
  sockets.delete(path);
}

export function socketHost(): string {
  return new URL(servedOrigins()[0] ?? `http://localhost:${port}`).host;
}

/** A page's CSP also binds the isolated world's socket to us, which real preloads do not need. */
function allowOwnSocket(policy: string): string {
  const own = servedOrigins().map((origin) => origin.replace("http:", "ws:"));
  const directives = policy
    .split(";")
    .map((directive) => directive.trim())
    .filter(Boolean);
  const at = (name: string): number =>
    directives.findIndex((directive) => directive.split(/\s+/)[0]?.toLowerCase() === name);
  const connect = at("connect-src");
  const fallback = directives[at("default-src")];
  if (connect < 0 && !fallback) return policy;
  const values =
    (connect < 0 ? fallback : directives[connect])
      ?.split(/\s+/)
      .slice(1)
      .filter((value) => value !== "'none'") ?? [];
  const widened = ["connect-src", ...values, ...own].join(" ");
  return (connect < 0 ? [...directives, widened] : directives.with(connect, widened)).join("; ");
}

async function answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = message.url ?? "/";
  const page = ownPages.get(path);
  if (page !== undefined) {
    ownPages.delete(path);
    response
      .setHeader("content-type", "text/html; charset=utf-8")
      .setHeader("cache-control", "no-store")
      .end(page);
    return;
  }
  // Browsers ask for it, Electron does not.
  if (path === "/favicon.ico") {
    response.writeHead(204).end();
    return;
  }
  const scheme = schemeOf(message);
  const handler = scheme && handlers.get(scheme);
  if (!scheme || !handler || path.startsWith(ownPath)) {
    response.writeHead(404).end();
    return;
  }
  const headers = new Headers();
  for (const [name, value] of Object.entries(message.headersDistinct)) {
    if (name === "host" || name === "connection") continue;
    for (const item of value ?? [])
      headers.append(name, name === "origin" || name === "referer" ? toApp(item) : item);
  }
  const method = message.method ?? "GET";
  const aborted = new AbortController();
  response.on("close", () => aborted.abort());
  const answered = await handler(
    new Request(`${scheme}://app${path}`, {
      method,
      headers,
      signal: aborted.signal,
      ...(method === "GET" || method === "HEAD"
        ? {}
        : { body: Readable.toWeb(message) as globalThis.ReadableStream, duplex: "half" }),
    }),
  );
  response.statusCode = answered.status;
  answered.headers.forEach((value, name) => {
    response.appendHeader(name, name === "content-security-policy" ? allowOwnSocket(value) : value);
  });
  // A custom scheme has no HTTP cache.
  if (!answered.headers.has("cache-control")) response.setHeader("cache-control", "no-store");
  if (!answered.body) response.end();
  else await pipeline(Readable.fromWeb(answered.body as ReadableStream), response);
}

/** Called once, before `ready`. */
export async function startServer(preferredPort: number): Promise<number> {
  mayRegister = false;
  const started = createServer((message, response) => {
    answer(message, response).catch((error: Error & { code?: string }) => {
      if (response.destroyed || error.code === "ERR_STREAM_PREMATURE_CLOSE") return;
      console.error(`${message.method} ${message.url}:`, error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  const socketServer = new WebSocketServer({
    noServer: true,
    maxPayload: 256 * 1024 * 1024,
    perMessageDeflate: false,
  });
  started.on("upgrade", (message, socket, head) => {
    const connected = sockets.get(message.url ?? "");
    if (!connected) socket.destroy();
    else socketServer.handleUpgrade(message, socket, head, connected);
  });
  const listen = (wanted: number): Promise<void> =>
    new Promise((resolve, reject) => {
      started.once("error", reject);
      started.listen(wanted, "127.0.0.1", () => {
        started.off("error", reject);
        resolve();
      });
    });
  await listen(preferredPort).catch(() => listen(0));
  const address = started.address();
  port = typeof address === "object" && address ? address.port : 0;
  server = started;
  return port;
}

export function closeServer(): void {
  server?.close();
  server?.closeAllConnections();
}

/** https://www.electronjs.org/docs/latest/api/protocol */
export const protocol = guardedObject("Protocol", {
  registerSchemesAsPrivileged: (schemes): void => {
    if (!mayRegister)
      throw new Error("protocol.registerSchemesAsPrivileged should be called before app is ready");
    for (const { scheme } of schemes) privileged.add(scheme);
  },
  handle: (scheme, handler): void => {
    if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    if (!privileged.has(scheme))
      throw new Error(`${scheme} is not registered as privileged: not in the stand-in`);
    handlers.set(scheme, handler);
  },
} satisfies Pick<ElectronProtocol, "registerSchemesAsPrivileged" | "handle">);
