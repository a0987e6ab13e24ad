import { expect, test } from "vitest";
import { readGpuHardware } from "../../../main/painter/gpu-hardware.ts";

const device = (vendorId: number, deviceId: number, more: object = {}) => ({
  vendorId,
  deviceId,
  ...more,
});

test("names the active devices and their drivers, in whatever order they come", async () => {
  const intel = device(0x8086, 0x5917, {
    active: true,
    driverVersion: "22.3.6",
    driverVendor: "Mesa",
  });
  const nvidia = device(0x10de, 0x2503, { active: false });
  expect(await readGpuHardware(async () => ({ gpuDevice: [nvidia, intel] }))).toBe(
    "8086:5917 Mesa 22.3.6",
  );
  const both = [{ ...nvidia, active: true }, intel];
  expect(await readGpuHardware(async () => ({ gpuDevice: both }))).toBe(
    await readGpuHardware(async () => ({ gpuDevice: both.toReversed() })),
  );
});

test("takes all where none is said to be active", async () => {
  expect(
    await readGpuHardware(async () => ({ gpuDevice: [device(0x10de, 1), device(0x8086, 2)] })),
  ).toBe("10de:0001, 8086:0002");
});

test.each([undefined, null, {}, { gpuDevice: [{}] }])("knows nothing by %j", async (info) => {
  expect(await readGpuHardware(async () => info)).toBeNull();
});

test("knows nothing where it is refused", async () => {
  expect(await readGpuHardware(() => Promise.reject(new Error("not allowed")))).toBeNull();
});
