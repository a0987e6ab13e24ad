import { expect, test } from "vitest";
import { gpuName } from "../../../renderer/broadcast/gpu-name.ts";

test.each([
  [
    "ANGLE (Intel, Mesa Intel(R) UHD Graphics 620 (KBL GT2), OpenGL 4.6)",
    "Mesa Intel(R) UHD Graphics 620 (KBL GT2)",
  ],
  [
    "ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 (0x00002503) Direct3D11 vs_5_0 ps_5_0, D3D11)",
    "NVIDIA GeForce RTX 3060",
  ],
  ["ANGLE (Apple, ANGLE Metal Renderer: Apple M2, Unspecified Version)", "Apple M2"],
  ["Adreno 640", "Adreno 640"],
  ["", ""],
])("%s is shown as %s", (renderer, name) => {
  expect(gpuName(renderer)).toBe(name);
});
