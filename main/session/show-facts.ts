import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import type { Logger } from "pino";
import { z } from "zod";
import { EpochMs } from "../../preload/contract/time.ts";
import { readTextIfPresent, writeFileAtomically } from "../storage/atomic-file.ts";
import { oneAtATime } from "../storage/one-at-a-time.ts";
import { parseJson } from "../storage/parse-json.ts";

/** A show that nobody was on for longer than this is over, whatever the file says. */
const offeredForMs = 4 * 3_600_000;

/** Tells rooms apart without keeping the secret that a link holds. */
const hashOf = (roomLink: string | null): string =>
  createHash("sha256")
    .update(roomLink ?? "")
    .digest("hex");

/** What is known on disk of the show on air. `aliveAtMs`: when the app was last seen running it. */
const Facts = z.object({
  version: z.literal(1),
  roomHash: z.string(),
  sinceMs: EpochMs,
  aliveAtMs: EpochMs,
});

export interface ShowFacts {
  /** When a show began that an app before this one ran in this room and did not end; null where there is none. */
  readonly before: EpochMs | null;
  /** Never rejects: a disk that cannot be written costs the offer, not the show. */
  note(sinceMs: EpochMs): Promise<void>;
  clear(): Promise<void>;
}

/** @throws where the disk cannot be read */
export const openShowFacts = async (ports: {
  readonly path: string;
  readonly roomLink: () => string | null;
  readonly nowMs: () => EpochMs;
  readonly log: Logger;
}): Promise<ShowFacts> => {
  const { path, roomLink, nowMs, log } = ports;
  const text = await readTextIfPresent(path);
  const facts = text === undefined ? undefined : Facts.safeParse(parseJson(text)).data;
  const age = facts && nowMs() - facts.aliveAtMs;
  const offered =
    facts !== undefined &&
    age !== undefined &&
    age >= 0 &&
    age < offeredForMs &&
    facts.roomHash === hashOf(roomLink());
  const inTurn = oneAtATime();
  const attempt = (write: () => Promise<void>): Promise<void> =>
    inTurn(async () => {
      try {
        await write();
      } catch (error) {
        log.warn({ err: error }, "the facts of the show are not on the disk");
      }
    });
  const clear = () => attempt(() => rm(path, { force: true }));
  if (text !== undefined && !offered) await clear();
  return {
    before: offered ? facts.sinceMs : null,
    note: (sinceMs) =>
      attempt(() =>
        writeFileAtomically(
          path,
          JSON.stringify({
            version: 1,
            roomHash: hashOf(roomLink()),
            sinceMs,
            aliveAtMs: nowMs(),
          } satisfies z.input<typeof Facts>),
        ),
      ),
    clear,
  };
};
