import type { FilterOf } from "../../../preload/contract/filter.ts";
import type { FilterPixels } from "./filter-pixels.ts";

/** What is raised by at 1. */
const most = 2;
const parts = 64;

/** Against the mean of the nine pixels around it, by weights of 1, 2 and 1 along each axis. */
export const sharpen: FilterPixels<FilterOf<"sharpen">> = {
  type: "picture",
  gl: ({ amount }, size) =>
    amount === 0
      ? []
      : [
          {
            glsl: `
float sharpenLuma(vec2 by) {
  return lumaOf(textureLod(u_inputs[0], (gl_FragCoord.xy + by) / u_size, 0.0).rgb);
}
void main() {
  vec4 colour = texelFetch(u_inputs[0], ivec2(gl_FragCoord.xy), 0);
  // Between two pixels, the mean of both.
  float around = (sharpenLuma(vec2(-0.5, -0.5)) + sharpenLuma(vec2(0.5, -0.5)) +
    sharpenLuma(vec2(-0.5, 0.5)) + sharpenLuma(vec2(0.5, 0.5))) / 4.0;
  float detail = (lumaOf(colour.rgb) - around) * u_parameters[0].x;
  o_colour = vec4(clamp(colour.rgb + detail, 0.0, colour.a), colour.a);
}`,
            parameters: [amount * most, 0, 0, 0],
            size,
            inputs: [0],
          },
        ],
  cpu: ({ amount }, work) => {
    // Of a picture that was made smaller the same neighbours lie farther away.
    const times = amount * most * work.scale.x * work.scale.y;
    const amount64 = Math.min(127, Math.round(times * parts));
    if (amount64 === 0) return;
    work.straighten();
    const { y, width, height } = work.planes;
    const weights = work.kept("weights 1 2 1", 4, (at) => work.view(at, 4).set([128, 0, 64, 0]));
    const across = work.temporary(width * height);
    const blurred = work.temporary(width * height);
    work.filterKernels.blurRows(across, y, width, height, weights, 1, work.row);
    work.filterKernels.blurColumns(blurred, across, width, height, weights, 1);
    work.filterKernels.unsharp(y, blurred, width * height, amount64);
  },
};
