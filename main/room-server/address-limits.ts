import { limits } from "./limits.ts";
import { createTokenBucket, type TokenBucket } from "./token-bucket.ts";

interface AddressUse {
  readonly attempts: TokenBucket;
  open: number;
}

/** How often and how many connections one network address may open. */
export const createAddressLimits = (nowMs: () => number) => {
  const uses = new Map<string, AddressUse>();
  return {
    /** A function that ends the use, or undefined where the address has had enough. */
    open(address: string): (() => void) | undefined {
      const use = uses.get(address) ?? {
        attempts: createTokenBucket(limits.connectAttemptsPerAddress),
        open: 0,
      };
      uses.set(address, use);
      if (use.open >= limits.connectionsPerAddress || !use.attempts.take(nowMs())) return undefined;
      use.open += 1;
      let ended = false;
      return () => {
        if (ended) return;
        ended = true;
        use.open -= 1;
      };
    },
    /** Forgets addresses without connections that have been quiet for a while. */
    sweep(): void {
      for (const [address, use] of uses)
        if (use.open === 0 && use.attempts.isFull(nowMs())) uses.delete(address);
    },
  };
};
