import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { fingerprintWords } from "../../../renderer/room/fingerprint-words.ts";

test("says a fingerprint as browsers do", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const digest = createHash("sha256").update(text).digest();
      const pairs = [...digest].map((byte) => byte.toString(16).padStart(2, "0").toUpperCase());
      expect(fingerprintWords(digest.toString("base64url"))).toBe(pairs.join(":"));
    }),
  );
});
