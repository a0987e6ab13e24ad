import { createHash, X509Certificate } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { isIP } from "node:net";
import { join } from "node:path";
import { generate } from "selfsigned";
import { z } from "zod";
import type { RoomConfig } from "./process-messages.ts";
import { messageOf, StartFailure } from "./start-failure.ts";

/** Both PEM. */
const Certificate = z.object({ cert: z.string(), key: z.string() });
export type Certificate = z.infer<typeof Certificate>;

const lifeMs = 10 * 365 * 24 * 3_600_000;
/** A certificate that ends sooner is made anew. */
const leastLeftMs = 30 * 24 * 3_600_000;

const isGoodFor = ({ cert }: Certificate, host: string, nowMs: number): boolean => {
  const parsed = new X509Certificate(cert);
  const named = isIP(host) ? parsed.checkIP(host) : parsed.checkHost(host);
  return named !== undefined && Date.parse(parsed.validTo) - nowMs > leastLeftMs;
};

const make = async (host: string, nowMs: number): Promise<Certificate> => {
  const made = await generate([{ name: "commonName", value: host.slice(0, 64) }], {
    keyType: "ec",
    curve: "P-256",
    algorithm: "sha256",
    notBeforeDate: new Date(nowMs - 24 * 3_600_000),
    notAfterDate: new Date(nowMs + lifeMs),
    extensions: [
      { name: "basicConstraints", cA: false, critical: true },
      { name: "keyUsage", digitalSignature: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      {
        name: "subjectAltName",
        altNames: [isIP(host) ? { type: 7, ip: host } : { type: 2, value: host }],
      },
    ],
  });
  return { cert: made.cert, key: made.private };
};

/** The room's own certificate for `host`: kept, so that links which carry its fingerprint stay good. */
const ownCertificate = async (
  dataDir: string,
  host: string,
  nowMs: number,
): Promise<Certificate> => {
  const path = join(dataDir, "certificate.json");
  const kept = existsSync(path)
    ? Certificate.parse(JSON.parse(readFileSync(path, "utf8")))
    : undefined;
  if (kept && isGoodFor(kept, host, nowMs)) return kept;
  const made = await make(host, nowMs);
  writeFileSync(`${path}.new`, JSON.stringify(made), { mode: 0o600, flush: true });
  renameSync(`${path}.new`, path);
  return made;
};

/**
 * The certificate by which the room speaks https and wss, or null.
 * @throws StartFailure
 */
export const loadCertificate = async (
  { tls, dataDir, publicHost }: Pick<RoomConfig, "tls" | "dataDir" | "publicHost">,
  nowMs: number,
): Promise<Certificate | null> => {
  if (!tls) return null;
  try {
    return tls === "own"
      ? await ownCertificate(dataDir, publicHost ?? "127.0.0.1", nowMs)
      : { cert: readFileSync(tls.certFile, "utf8"), key: readFileSync(tls.keyFile, "utf8") };
  } catch (error) {
    const what = tls === "own" ? `kept in ${dataDir}` : `${tls.certFile} with ${tls.keyFile}`;
    throw new StartFailure(
      "certificate_invalid",
      `Cannot use the certificate ${what}: ${messageOf(error)}.`,
    );
  }
};

/**
 * SHA-256 of a certificate that nobody but itself vouches for, as links carry it; null where others vouch for it, and may
 * renew it.
 */
export const fingerprintOf = ({ cert }: Certificate): string | null => {
  const parsed = new X509Certificate(cert);
  return parsed.issuer === parsed.subject && parsed.verify(parsed.publicKey)
    ? createHash("sha256").update(parsed.raw).digest("base64url")
    : null;
};
