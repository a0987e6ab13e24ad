import { randomBytes } from "node:crypto";
import * as fc from "fast-check";
import { SignJWT } from "jose";
import { expect, test } from "vitest";
import { createTokens } from "../../../main/room-server/tokens.ts";
import { ViewerId } from "../../../preload/contract/ids.ts";

const viewerId = ViewerId.parse("viewer-1");
const day = 24 * 3_600_000;

const start = (secret = randomBytes(32)) => {
  const time = { nowMs: 1_800_000_000_000 };
  return { secret, time, tokens: createTokens(secret, () => time.nowMs) };
};

test("a viewer's token is known, wants renewal after a month and ends after a year", async () => {
  const { tokens, time } = start();
  const token = await tokens.viewer(viewerId);
  expect(await tokens.verify(token)).toEqual({
    viewerId,
    forModeration: false,
    scope: "full",
    renew: false,
  });
  time.nowMs += 31 * day;
  expect(await tokens.verify(token)).toEqual({
    viewerId,
    forModeration: false,
    scope: "full",
    renew: true,
  });
  time.nowMs += 335 * day;
  expect(await tokens.verify(token)).toBeUndefined();
});

test("a media token connects for a minute", async () => {
  const { tokens, time } = start();
  const { token, expiresAtMs } = await tokens.media(viewerId);
  expect(expiresAtMs).toBe(time.nowMs + 60_000);
  expect(await tokens.verify(token)).toMatchObject({ viewerId, scope: "media" });
  time.nowMs += 60_000;
  expect(await tokens.verify(token)).toBeUndefined();
});

test("another key's, an unsigned and a strangely scoped token are refused", async () => {
  const { tokens, secret } = start();
  expect(await tokens.verify(await start().tokens.viewer(viewerId))).toBeUndefined();
  const unsigned = `${btoa('{"alg":"none"}')}.${btoa('{"sub":"viewer-1","iat":1}')}.`;
  expect(await tokens.verify(unsigned)).toBeUndefined();
  const strange = await new SignJWT({ scope: "root" })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject("viewer-1")
    .setIssuedAt()
    .sign(secret);
  expect(await tokens.verify(strange)).toBeUndefined();
});

test("law: any text is refused without an exception", async () => {
  const { tokens } = start();
  await fc.assert(
    fc.asyncProperty(fc.string({ maxLength: 200, unit: "binary" }), async (text) => {
      expect(await tokens.verify(text)).toBeUndefined();
    }),
  );
});
