import fc from "fast-check";
import { expect, test } from "vitest";
import { PlaneMemory } from "../../../../renderer/compositor/cpu/plane-memory.ts";

test("blocks are apart, keep what is theirs while the memory grows, and all can be had again", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.record({ bytes: fc.integer({ min: 1, max: 700_000 }) }),
          fc.record({ freed: fc.nat(50) }),
        ),
        { maxLength: 60 },
      ),
      (steps) => {
        const memory = new PlaneMemory();
        const blocks: { at: number; bytes: number; mark: number }[] = [];
        let marks = 0;
        for (const step of steps) {
          if ("bytes" in step) {
            const at = memory.allocate(step.bytes);
            marks = (marks + 1) % 250;
            memory.view(at, step.bytes).fill(marks);
            blocks.push({ at, bytes: step.bytes, mark: marks });
          } else {
            const [gone] = blocks.splice(step.freed % Math.max(1, blocks.length), 1);
            if (gone) memory.free(gone.at);
          }
          for (const { at, bytes, mark } of blocks) {
            const view = memory.view(at, bytes);
            expect(at % 16).toBe(0);
            expect([view[0], view[bytes >> 1], view[bytes - 1]]).toEqual([mark, mark, mark]);
            // Kernels may read this far.
            expect(at + bytes + 16).toBeLessThanOrEqual(memory.memory.buffer.byteLength);
          }
        }
        for (const { at } of blocks) memory.free(at);
        const size = memory.memory.buffer.byteLength;
        memory.allocate(size - 1_024 - 16);
        expect(memory.memory.buffer.byteLength).toBe(size);
      },
    ),
    { numRuns: 40 },
  );
});

test("what was not allocated cannot be freed, nor twice", () => {
  const memory = new PlaneMemory();
  const at = memory.allocate(10);
  memory.free(at);
  expect(() => memory.free(at)).toThrow("nothing was allocated");
});
