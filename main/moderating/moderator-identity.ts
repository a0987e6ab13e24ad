import { get as getPlain } from "node:http";
import { get as getEncrypted } from "node:https";
import { z } from "zod";
import { type Result, fail, succeed } from "../../preload/contract/result.ts";
import { createPinnedAgent, isUntrusted } from "../room/pinned-connection.ts";
import { readTextIfPresent, writeFileAtomically } from "../storage/atomic-file.ts";
import { oneAtATime } from "../storage/one-at-a-time.ts";
import { parseJson } from "../storage/parse-json.ts";
import type { InvitationAddress } from "./invitation-link.ts";

const answerMs = 10_000;

/**
 * The cookie (`name=token`) that the room's page for moderators gives; the one of before where it is still good.
 * `room.unreachable` may be tried again.
 */
export const fetchIdentity = (
  { pageUrl, fingerprint }: InvitationAddress,
  kept: string | undefined,
): Promise<Result<string>> =>
  new Promise((resolve) => {
    const get = pageUrl.startsWith("https:") ? getEncrypted : getPlain;
    const request = get(
      pageUrl,
      {
        timeout: answerMs,
        headers: kept === undefined ? {} : { cookie: kept },
        ...(fingerprint !== null && { agent: createPinnedAgent(fingerprint) }),
      },
      (response) => {
        response.resume();
        const given = response.headers["set-cookie"]?.[0]?.split(";", 1)[0] ?? kept;
        resolve(
          given?.includes("=")
            ? succeed(given)
            : fail("room.not_offered", `${response.statusCode ?? 0} without an identity`),
        );
      },
    );
    request.on("timeout", () => request.destroy(new Error("no answer in time")));
    request.on("error", (error) =>
      resolve(
        fail(isUntrusted(error) ? "room.certificate_untrusted" : "room.unreachable", error.message),
      ),
    );
  });

const Identities = z.record(z.string().max(500), z.string().max(4_000));
/** Invitations beyond this push out the first. */
const mostKept = 50;

const keyOf = ({ roomKey, code }: InvitationAddress): string =>
  `${roomKey} ${code.split(".", 1)[0] ?? ""}`;

/** The identities that invitations have made here, so that an invitation opens its room again. */
export const openModeratorIdentities = async (path: string) => {
  const text = await readTextIfPresent(path);
  let identities = Identities.safeParse(text === undefined ? {} : parseJson(text)).data ?? {};
  const inTurn = oneAtATime();
  return {
    find: (address: InvitationAddress): string | undefined => identities[keyOf(address)],
    keep: (address: InvitationAddress, identity: string): Promise<void> =>
      inTurn(async () => {
        if (identities[keyOf(address)] === identity) return;
        const entries = [...Object.entries(identities), [keyOf(address), identity]].slice(
          -mostKept,
        );
        identities = Identities.parse(Object.fromEntries(entries));
        await writeFileAtomically(path, JSON.stringify(identities));
      }),
  };
};
export type ModeratorIdentities = Awaited<ReturnType<typeof openModeratorIdentities>>;
