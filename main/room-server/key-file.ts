import { createHmac, randomBytes } from "node:crypto";
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ViewerId } from "../../preload/contract/ids.ts";
import { messageOf, StartFailure, systemCodeOf } from "./start-failure.ts";

/** HS256 wants at least 256 bits (RFC 7518 section 3.2). */
const keyBytes = 32;

export interface RoomKey {
  readonly secret: Uint8Array;
  /** The anchor's identity comes from the key, so it survives a lost log. */
  readonly anchorId: ViewerId;
  /** Cookies know no ports: rooms on one host must not overwrite each other's. */
  readonly cookieName: string;
  /** Who moderates by an invitation is another person than who watches in the same browser. */
  readonly moderatorCookieName: string;
}

const derive = (secret: Uint8Array, purpose: string): string =>
  createHmac("sha256", secret).update(purpose).digest("hex").slice(0, 24);

const fromSecret = (secret: Uint8Array): RoomKey => ({
  secret,
  anchorId: ViewerId.parse(`anchor-${derive(secret, "anchor")}`),
  cookieName: `room-${derive(secret, "cookie")}`,
  moderatorCookieName: `moderator-${derive(secret, "cookie")}`,
});

/**
 * Reads the room's key, or makes it (mode 0600) together with the directory.
 * @throws StartFailure
 */
export const loadRoomKey = (dataDir: string): RoomKey => {
  const path = join(dataDir, "room.key");
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const fresh = randomBytes(keyBytes);
    // Whole or not at all: linked into place, and only where there is none.
    const draft = `${path}.${process.pid}`;
    try {
      writeFileSync(draft, fresh.toString("base64url"), { mode: 0o600, flush: true });
      linkSync(draft, path);
      return fromSecret(fresh);
    } catch (error) {
      if (systemCodeOf(error) !== "EEXIST") throw error;
    } finally {
      rmSync(draft, { force: true });
    }
    chmodSync(path, 0o600);
    const secret = Buffer.from(readFileSync(path, "utf8"), "base64url");
    if (secret.length !== keyBytes)
      throw new StartFailure("data_invalid", `The room's key ${path} is damaged.`);
    return fromSecret(secret);
  } catch (error) {
    if (error instanceof StartFailure) throw error;
    throw new StartFailure(
      "data_unwritable",
      `Cannot write to the data directory ${dataDir}: ${messageOf(error)}.`,
    );
  }
};
