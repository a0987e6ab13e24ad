import { randomBytes, randomUUID } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { ViewerId } from "../../preload/contract/ids.ts";
import { readCookie } from "./cookies.ts";
import type { Log } from "./log.ts";
import { urlOf } from "./request-url.ts";
import type { StaticFile } from "./static-files.ts";
import { viewerTokenSeconds, type Tokens } from "./tokens.ts";

/** Where a page has this, each answer has the nonce of its own header: for styles made at run time. */
const noncePlaceholder = "%CSP_NONCE%";

const contentSecurityPolicy = (nonce: string | null): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    nonce === null ? "style-src 'self'" : `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "font-src 'self'",
    "connect-src 'self' ws: wss:",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");

const securityHeaders = {
  "Content-Security-Policy": contentSecurityPolicy(null),
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Resource-Policy": "same-origin",
};

export interface HttpPagesOptions {
  readonly files: ReadonlyMap<string, StaticFile>;
  readonly tokens: Tokens;
  readonly cookieName: string;
  readonly moderatorCookieName: string;
  /** Was a moderator and is none any more. */
  readonly isDismissed: (viewerId: ViewerId) => boolean;
  readonly isSecure: boolean;
  readonly log: Log;
}

const sendText = (response: ServerResponse, status: number, text: string): void => {
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8" }).end(`${text}\n`);
};

/** Serves the viewers' and the moderators' page, gift pictures and `/healthz`; whoever loads a page gets an identity as a cookie. */
export const createHttpPages = (options: HttpPagesOptions): RequestListener => {
  const { files, tokens, isDismissed, isSecure, log } = options;

  const identify = async (
    request: IncomingMessage,
    response: ServerResponse,
    asModerator: boolean,
  ): Promise<void> => {
    const cookieName = asModerator ? options.moderatorCookieName : options.cookieName;
    const token = readCookie(request.headers.cookie, cookieName);
    const bearer = token === undefined ? undefined : await tokens.verify(token);
    const fits = bearer?.scope === "full" && bearer.forModeration === asModerator;
    const known = fits && !(asModerator && isDismissed(bearer.viewerId)) ? bearer : undefined;
    if (known && !known.renew) return;
    const viewerId = known?.viewerId ?? ViewerId.parse(randomUUID());
    const attributes = `Max-Age=${viewerTokenSeconds}; Path=/; HttpOnly; SameSite=Lax${isSecure ? "; Secure" : ""}`;
    response.setHeader(
      "Set-Cookie",
      `${cookieName}=${await (asModerator ? tokens.moderator(viewerId) : tokens.viewer(viewerId))}; ${attributes}`,
    );
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.setHeader("Allow", "GET, HEAD");
      sendText(response, 405, "Method not allowed");
      return;
    }
    const path = urlOf(request)?.pathname ?? "";
    if (path === "/healthz") {
      sendText(response, 200, "ok");
      return;
    }
    const file = files.get(path);
    const isPage = path === "/" || path === "/moderate";
    if (isPage) await identify(request, response, path === "/moderate");
    if (!file) {
      sendText(
        response,
        isPage ? 503 : 404,
        isPage ? "This page has not been built." : "Not found",
      );
      return;
    }
    response.setHeader("ETag", file.etag);
    response.setHeader(
      "Cache-Control",
      isPage
        ? "no-store"
        : file.isImmutable
          ? "public, max-age=31536000, immutable"
          : "public, max-age=300",
    );
    if (!isPage && request.headers["if-none-match"] === file.etag) {
      response.writeHead(304).end();
      return;
    }
    const nonce = path === "/moderate" ? randomBytes(16).toString("base64") : null;
    if (nonce !== null) response.setHeader("Content-Security-Policy", contentSecurityPolicy(nonce));
    const body =
      nonce === null
        ? file.body
        : Buffer.from(file.body.toString("utf8").replaceAll(noncePlaceholder, nonce));
    response.writeHead(200, { "Content-Type": file.type, "Content-Length": body.length });
    response.end(request.method === "HEAD" ? undefined : body);
  };

  return (request, response) => {
    serve(request, response).catch((error: unknown) => {
      log.error({ err: error }, "a page could not be served");
      response.destroy();
    });
  };
};
