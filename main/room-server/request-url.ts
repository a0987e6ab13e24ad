import type { IncomingMessage } from "node:http";

/** A request target in origin form (RFC 9112 section 3.2.1) as a URL of no particular host; undefined for any other form. */
export const urlOf = ({ url }: IncomingMessage): URL | undefined =>
  url?.startsWith("/") ? (URL.parse(`http://room${url}`) ?? undefined) : undefined;
