import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  CpuTree,
  cpuUse,
  parseBusyTicks,
  parseStat,
  type ProcessTimes,
  treeOf,
} from "./bench/measure/cpu-time.ts";
import { framesOf, ratesOfLast } from "./bench/measure/distinct-frames.ts";
import { inTurns, spread } from "./bench/measure/figures.ts";
import { perSecond } from "./bench/measure/sender-stats.ts";
import { parseSsim } from "./bench/measure/ssim.ts";

const processOf = (pid: number, parentPid: number): ProcessTimes => ({
  pid,
  parentPid,
  startTicks: 0,
  ownTicks: 0,
  endedChildrenTicks: 0,
});

describe("CPU time of a process tree", () => {
  it("reads times from a line whose name has spaces and parentheses", () => {
    const fields = "S 7 4 4 0 -1 4194560 1 2 3 4 100 20 30 5 20 0 1 0 9000 1 1".split(" ");
    expect(parseStat(`42 (a (b) c) ${fields.join(" ")}`)).toEqual({
      pid: 42,
      parentPid: 7,
      startTicks: 9_000,
      ownTicks: 120,
      endedChildrenTicks: 35,
    });
  });

  it("takes everything below the roots and nothing else", () => {
    const processes = [
      processOf(1, 0),
      processOf(2, 1),
      processOf(3, 2),
      processOf(4, 2),
      processOf(5, 1),
    ];
    expect([...treeOf(processes, [2])].toSorted((a, b) => a - b)).toEqual([2, 3, 4]);
    expect([...treeOf(processes, [9])]).toEqual([]);
  });

  it("has each process at most once, whatever the roots", () => {
    const forest = fc.array(fc.nat(1_000), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(forest, fc.array(fc.nat(45), { maxLength: 5 }), (parents, roots) => {
        // Each process has an earlier one as its parent.
        const processes = parents.map((seed, index) =>
          processOf(index, index === 0 ? -1 : seed % index),
        );
        const tree = treeOf(processes, roots);
        for (const { pid, parentPid } of processes)
          expect(tree.has(pid)).toBe(roots.includes(pid) || tree.has(parentPid));
      }),
    );
  });

  it("counts busy time without idling and waiting", () => {
    expect(parseBusyTicks("cpu  100 20 30 4000 500 6 7 8 0 0\ncpu0 1 1 1 1 1 1 1 1 0 0\n")).toBe(
      171,
    );
  });

  it("is CPU seconds per second, and what the rest of the machine used", () => {
    const use = cpuUse(
      { atMs: 1_000, treeTicks: 50, busyTicks: 1_000 },
      { atMs: 3_000, treeTicks: 150, busyTicks: 1_300 },
    );
    expect(use.tree).toBeCloseTo(0.5);
    expect(use.other).toBeCloseTo(1);
  });

  it("has the work of children that have ended", () => {
    const tree = new CpuTree([process.pid]);
    const before = tree.read();
    spawnSync(process.execPath, ["-e", "const end = Date.now() + 300; while (Date.now() < end);"]);
    expect(tree.read().treeTicks - before.treeTicks).toBeGreaterThan(10);
  });
});

describe("figures", () => {
  it("go in turns that meet a drift alike", () => {
    expect(inTurns(3, "a", "b")).toEqual([
      ["a", "b"],
      ["b", "a"],
      ["a", "b"],
    ]);
  });

  it("are rates over the time between two readings", () => {
    expect(
      perSecond({ atMs: 500, bytes: 100, frames: 10 }, { atMs: 2_500, bytes: 1_100, frames: 70 }),
    ).toEqual({ bitrateBps: 4_000, fps: 30 });
  });

  it("take the brightness out of ffmpeg's report, and no number where there is none", () => {
    const report =
      "frame=9\n[Parsed_ssim_4 @ 0x55] SSIM Y:0.985044 (18.25) U:0.979946 (16.9) All:0.983588 (17.8)";
    expect(parseSsim(report)).toBe(0.985044);
    expect(parseSsim("Conversion failed!")).toBeNaN();
  });

  it("have the median with the least and the most", () => {
    expect(spread("x", [3, 1, 2])).toEqual({ x: 2, xMin: 1, xMax: 3 });
  });
});

describe("frames of a recording", () => {
  it("are new where any cell has changed its side of grey", () => {
    const brightness = Uint8Array.from([10, 240, 30, 200, 20, 130, 20, 100]);
    expect(framesOf([0, 0.1, 0.2, 0.3], brightness, 2)).toEqual([
      { atSeconds: 0, isNew: true },
      { atSeconds: 0.1, isNew: false },
      { atSeconds: 0.2, isNew: false },
      { atSeconds: 0.3, isNew: true },
    ]);
  });

  it("count at the end of the file only, and where they are new", () => {
    const frames = Array.from({ length: 90 }, (_, frame) => ({
      atSeconds: frame / 30,
      // The first second is still, then every third frame is a repeat.
      isNew: frame >= 30 && frame % 3 !== 0,
    }));
    const rates = ratesOfLast(2, frames);
    expect(rates.fps).toBeCloseTo(30);
    expect(rates.distinctFps).toBeCloseTo(20);
  });
});
