import { jwtVerify, SignJWT } from "jose";
import { JOSEError } from "jose/errors";
import { z } from "zod";
import { ViewerId } from "../../preload/contract/ids.ts";
import { EpochMs } from "../../preload/contract/time.ts";

const day = 24 * 3_600;
export const viewerTokenSeconds = 365 * day;
const renewAfterSeconds = 30 * day;
const mediaTokenSeconds = 60;

/** Identity only; what a person may do is decided by the role that the room keeps. */
const Claims = z.object({
  sub: ViewerId,
  scope: z.literal("media").optional(),
  use: z.literal("moderation").optional(),
  iat: z.int(),
});

/** `media` connections may send the programme, and nothing else of the person's rights. */
export type Scope = "full" | "media";

export interface Bearer {
  readonly viewerId: ViewerId;
  readonly scope: Scope;
  /** Good only while the person is a moderator, or comes with an invitation. */
  readonly forModeration: boolean;
  /** The token is so old that the browser should get a new one. */
  readonly renew: boolean;
}

/** Signed by the room's key with HS256 (RFC 7519). */
export const createTokens = (secret: Uint8Array, nowMs: () => number) => {
  const sign = (
    viewerId: ViewerId,
    claims: { scope?: "media"; use?: "moderation" },
    lifeSeconds: number | undefined,
  ) => {
    const nowSeconds = Math.floor(nowMs() / 1_000);
    const token = new SignJWT(claims)
      .setProtectedHeader({ alg: "HS256", typ: "JWT" })
      .setSubject(viewerId)
      .setIssuedAt(nowSeconds);
    if (lifeSeconds !== undefined) token.setExpirationTime(nowSeconds + lifeSeconds);
    return token.sign(secret);
  };
  return {
    viewer: (viewerId: ViewerId): Promise<string> => sign(viewerId, {}, viewerTokenSeconds),
    moderator: (viewerId: ViewerId): Promise<string> =>
      sign(viewerId, { use: "moderation" }, viewerTokenSeconds),
    /** Lives as long as the key. */
    anchor: (anchorId: ViewerId): Promise<string> => sign(anchorId, {}, undefined),
    /** Must be used to connect within a minute. */
    media: async (viewerId: ViewerId): Promise<{ token: string; expiresAtMs: EpochMs }> => ({
      token: await sign(viewerId, { scope: "media" }, mediaTokenSeconds),
      expiresAtMs: EpochMs.parse((Math.floor(nowMs() / 1_000) + mediaTokenSeconds) * 1_000),
    }),
    /** Undefined where the token is not of this room's key, or has expired. */
    async verify(token: string): Promise<Bearer | undefined> {
      try {
        const { payload } = await jwtVerify(token, secret, {
          algorithms: ["HS256"],
          currentDate: new Date(nowMs()),
        });
        const claims = Claims.safeParse(payload);
        if (!claims.success) return undefined;
        return {
          viewerId: claims.data.sub,
          scope: claims.data.scope ?? "full",
          forModeration: claims.data.use === "moderation",
          renew: nowMs() / 1_000 - claims.data.iat > renewAfterSeconds,
        };
      } catch (error) {
        if (error instanceof JOSEError) return undefined;
        throw error;
      }
    },
  };
};
export type Tokens = ReturnType<typeof createTokens>;
