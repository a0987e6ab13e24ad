import { z } from "zod";

/** The part of app.getGPUInfo("basic") in use; drivers are told by some systems only. */
const GpuInfo = z.object({
  gpuDevice: z.array(
    z.object({
      active: z.boolean().default(false),
      vendorId: z.number(),
      deviceId: z.number(),
      driverVendor: z.string().default(""),
      driverVersion: z.string().default(""),
    }),
  ),
});

const hex = (id: number): string => id.toString(16).padStart(4, "0");

/**
 * Names the graphics hardware and its drivers: another string is another machine. Null where Electron does not tell: on
 * Linux it refuses once acceleration is off (electron#49530).
 */
export const readGpuHardware = async (getInfo: () => Promise<unknown>): Promise<string | null> => {
  const info = GpuInfo.safeParse(await getInfo().catch(() => null));
  if (!info.success) return null;
  const { gpuDevice } = info.data;
  const active = gpuDevice.filter((device) => device.active);
  return (active.length > 0 ? active : gpuDevice)
    .map(({ vendorId, deviceId, driverVendor, driverVersion }) =>
      `${hex(vendorId)}:${hex(deviceId)} ${driverVendor} ${driverVersion}`.trim(),
    )
    .toSorted()
    .join(", ");
};
