/** The device's own name in `ANGLE (vendor, device, driver)`, which is how Chromium names a renderer. */
export const gpuName = (renderer: string): string => {
  const device = /^ANGLE \([^,]*, (.+), [^,]*\)$/.exec(renderer)?.[1] ?? renderer;
  return device
    .replace(/^ANGLE Metal Renderer: /, "")
    .replace(/ \(0x[0-9a-f]+\)/i, "")
    .replace(/ Direct3D.*$/, "");
};
