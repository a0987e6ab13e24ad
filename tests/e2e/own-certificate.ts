import { createHash, X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { z } from "zod";

/** The key of the certificate that a room has made for itself, as `launchViewers` takes it. */
export const readOwnKey = async (roomDataDir: string): Promise<string> => {
  const text = await readFile(join(roomDataDir, "certificate.json"), "utf8");
  const { cert } = z.object({ cert: z.string() }).parse(JSON.parse(text));
  const { publicKey } = new X509Certificate(cert);
  return createHash("sha256")
    .update(publicKey.export({ type: "spki", format: "der" }))
    .digest("base64");
};

/** An address of this machine in its network. */
export const networkAddress = (): string => {
  const found = Object.values(networkInterfaces())
    .flat()
    .find((entry) => entry && !entry.internal && entry.family === "IPv4");
  if (!found) throw new Error("this machine has no network address but loopback");
  return found.address;
};
