import { describe, expect, it } from "vitest";
import { createSteps, formatDuration } from "../../scripts/steps.mjs";

const fakeStream = (terminal: { isTTY: boolean; columns?: number }) => {
  const written: string[] = [];
  return { ...terminal, written, write: (text: string) => written.push(text) > 0 };
};

describe("formatDuration", () => {
  it.each([
    [40, "0.0 s"],
    [1500, "1.5 s"],
    [9960, "10 s"],
    [59_400, "59 s"],
    [59_900, "1 min 00 s"],
    [125_000, "2 min 05 s"],
  ])("says %i ms as %s", (ms, said) => {
    expect(formatDuration(ms)).toBe(said);
  });
});

describe("steps where there is no terminal", () => {
  it("are a line when they begin and a line when they end, with the time they took", async () => {
    const stream = fakeStream({ isTTY: false });
    let nowMs = 0;
    const steps = createSteps({ stream, nowMs: () => nowMs });
    const answer = await steps.run("npm packages", async (progress) => {
      progress("3 of 4");
      nowMs = 2000;
      return 42;
    });
    expect(answer).toBe(42);
    expect(stream.written.map((line) => line.replace(/\s+/g, " ").trim())).toEqual([
      "… npm packages",
      "done npm packages 2.0 s",
    ]);
  });

  it("say which one failed, and which were ended for its sake", async () => {
    const stream = fakeStream({ isTTY: false });
    const controller = new AbortController();
    const steps = createSteps({ stream, nowMs: () => 0 });
    const first = steps.run("first", () => Promise.reject(new Error("no")), controller.signal);
    await expect(first).rejects.toThrow("no");
    controller.abort();
    const second = steps.run("second", () => Promise.reject(new Error("x")), controller.signal);
    await expect(second).rejects.toThrow("x");
    const ends = stream.written.filter((line) => !line.startsWith("…"));
    expect(ends.map((line) => line.split(/\s+/).slice(0, 2))).toEqual([
      ["FAIL", "first"],
      ["end", "second"],
    ]);
  });
});

describe("steps in a terminal", () => {
  it("are redrawn in place, cut to its width", async () => {
    const stream = fakeStream({ isTTY: true, columns: 30 });
    const steps = createSteps({ stream, nowMs: () => 0 });
    await Promise.all([
      steps.run("a", async (progress) => progress("x".repeat(99))),
      steps.run("b", async () => undefined),
    ]);
    const frames = stream.written;
    expect(frames[0]).not.toContain("\u001B[1A");
    expect(frames.at(-1)).toContain("\u001B[2A");
    expect(frames.at(-1)).toContain("✓ a");
    expect(frames.at(-1)).toContain("✓ b");
    for (const line of frames.join("").split("\n")) {
      // oxlint-disable-next-line no-control-regex -- the terminal's own commands
      expect(line.replace(/\u001B\[\d*[A-K]/g, "").length).toBeLessThan(30);
    }
  });
});
