import { createHash } from "node:crypto";
import { Agent } from "node:https";
import { type ConnectionOptions, connect, type TLSSocket } from "node:tls";

/** Somebody else answers than the link names, or nobody vouches for who does. */
export class UntrustedCertificate extends Error {
  override readonly name = "UntrustedCertificate";
}

/**
 * A TLS connection to the one whose certificate has this fingerprint (SHA-256 of the DER, base64url), whoever signed it and
 * whatever names it has. Nothing is sent before that is known.
 */
export const connectPinned = (
  options: ConnectionOptions,
  fingerprint: string,
): Promise<TLSSocket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ ...options, rejectUnauthorized: false });
    socket.once("error", reject);
    socket.once("secureConnect", () => {
      const certificate = socket.getPeerX509Certificate();
      const found = certificate
        ? createHash("sha256").update(certificate.raw).digest("base64url")
        : "none";
      if (found !== fingerprint) {
        socket.destroy();
        reject(new UntrustedCertificate(`the certificate is ${found}, not ${fingerprint}`));
        return;
      }
      socket.off("error", reject);
      resolve(socket);
    });
  });

/** For one request over such a connection. */
export const createPinnedAgent = (fingerprint: string): Agent => {
  const agent = new Agent({ keepAlive: false });
  agent.createConnection = (options, connected) => {
    connectPinned(options as ConnectionOptions, fingerprint).then(
      (socket) => connected?.(null, socket),
      (error: unknown) =>
        connected?.(error instanceof Error ? error : new Error(String(error)), undefined as never),
    );
    return undefined;
  };
  return agent;
};

const untrustedCodes: ReadonlySet<string> = new Set([
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "CERT_HAS_EXPIRED",
  "ERR_TLS_CERT_ALTNAME_INVALID",
]);

/** Whether a connection failed since it cannot be known who answers (Node docs, tls: X509 certificate error codes). */
export const isUntrusted = (error: Error): boolean =>
  error instanceof UntrustedCertificate ||
  ("code" in error && typeof error.code === "string" && untrustedCodes.has(error.code));
