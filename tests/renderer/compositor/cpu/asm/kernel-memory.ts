import fc from "fast-check";
import { loadKernels } from "../../../../../renderer/compositor/cpu/kernels.ts";
import { PlaneMemory } from "../../../../../renderer/compositor/cpu/plane-memory.ts";
import type { Plane } from "../plain-kernels.ts";

export const memory = new PlaneMemory();
export const kernels = await loadKernels(memory.memory);

const taken: number[] = [];
export const allocate = (bytes: number): number => {
  const at = memory.allocate(bytes);
  taken.push(at);
  return at;
};
/** What `run` allocates is free again afterwards. */
export const withMemory = <T>(run: () => T): T => {
  try {
    return run();
  } finally {
    for (const at of taken.splice(0)) memory.free(at);
  }
};
export const put = (plane: Plane, padding = 0): { at: number; stride: number } => {
  const width = plane[0]?.length ?? 0;
  const stride = width + padding;
  const at = allocate(stride * plane.length);
  for (const [y, row] of plane.entries()) {
    memory.view(at + y * stride, stride).fill(171);
    memory.view(at + y * stride, width).set(row);
  }
  return { at, stride };
};
export const get = (at: number, stride: number, width: number, height: number): Plane =>
  Array.from({ length: height }, (_, y) => [...memory.view(at + y * stride, width)]);

export const byte = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 255 }) },
  fc.constantFrom(0, 255),
);
export const planeOf = (width: number, height: number) =>
  fc.array(fc.array(byte, { minLength: width, maxLength: width }), {
    minLength: height,
    maxLength: height,
  });
const side = fc.integer({ min: 1, max: 70 });
export const size = fc.record({ width: side, height: fc.integer({ min: 1, max: 9 }) });
export const alpha256 = fc.oneof(fc.integer({ min: 0, max: 256 }), fc.constantFrom(0, 256));
export const padding = fc.integer({ min: 0, max: 20 });
