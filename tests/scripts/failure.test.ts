import { describe, expect, it } from "vitest";
import { explain } from "../../scripts/failure.mjs";

const registry = { source: "the npm registry", remedy: ", or choose another," };

describe("why a tool failed", () => {
  it.each([
    [
      "npm error code ENOSPC\nnpm error nospc There appears to be insufficient space",
      /disk is full/,
    ],
    ["dpkg: error: cannot copy: failed to write (No space left on device)", /disk is full/],
    ["E: You don't have enough free space in /var/cache/apt/archives/.", /disk is full/],
    ["npm error code ECONNREFUSED\nnpm error errno ECONNREFUSED", /npm registry cannot be reached/],
    ["npm error code ENOTFOUND", /cannot be reached: check the network, or choose another, and/],
    ["Temporary failure resolving 'deb.example'", /cannot be reached/],
    ["E: Could not get lock /var/lib/dpkg/lock-frontend", /another package manager is running/],
    ["npm error code EACCES\nnpm error syscall mkdir", /may not be used by this user/],
  ])("%s", (output, sentence) => {
    expect(explain(output, registry)).toMatch(sentence);
  });

  it("is not guessed from output that says nothing known", () => {
    expect(explain("error: cannot find symbol", registry)).toBeUndefined();
  });
});
