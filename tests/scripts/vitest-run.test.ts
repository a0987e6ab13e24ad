import { describe, expect, it } from "vitest";
import { countResults } from "../../scripts/vitest-run.mjs";

describe("the count of a test run", () => {
  it("is what the report says", () => {
    const report = { numPassedTests: 5, numFailedTests: 2, numPendingTests: 1, numTodoTests: 1 };
    expect(countResults(report, 1)).toEqual({ passed: 5, failed: 2, skipped: 2 });
    expect(countResults({ numPassedTests: 5 }, 0)).toEqual({ passed: 5, failed: 0, skipped: 0 });
  });

  it("has a failure where the run failed outside of its tests, or left no report", () => {
    expect(countResults({ numPassedTests: 5 }, 1)).toEqual({ passed: 5, failed: 1, skipped: 0 });
    expect(countResults(undefined, 137)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});
