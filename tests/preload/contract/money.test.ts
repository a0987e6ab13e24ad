import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Coins, multiplyCoins } from "../../../preload/contract/money.ts";

describe("coins", () => {
  it("multiply exactly or not at all", () => {
    expect(multiplyCoins(Coins.parse(52), 10)).toBe(520);
    expect(() => multiplyCoins(Coins.parse(Number.MAX_SAFE_INTEGER), 2)).toThrow(RangeError);
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.nat(1_000_000), (unit, count) => {
        expect(BigInt(multiplyCoins(Coins.parse(unit), count))).toBe(BigInt(unit) * BigInt(count));
      }),
    );
  });
});
