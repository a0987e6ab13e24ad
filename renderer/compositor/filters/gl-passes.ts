import type { Size } from "../../../preload/contract/geometry.ts";
import { halfOf } from "../cpu/planes.ts";
import type { GlPass } from "./filter-pixels.ts";

/** The whole of its input, in the size of its output. */
export const resized = `
void main() {
  o_colour = textureLod(u_inputs[0], gl_FragCoord.xy / u_size, 0.0);
}`;

/** The first passes of a filter: each makes half of the one before, beginning with its picture. */
export const halvingPasses = (size: Size, halvings: number): readonly GlPass[] => {
  let { width, height } = size;
  return Array.from({ length: halvings }, (_, nth) => {
    width = halfOf(width);
    height = halfOf(height);
    return { glsl: resized, parameters: [], size: { width, height }, inputs: [nth] };
  });
};

/**
 * Statements of GLSL that end with `means`: of what `term` is at each pixel `at` of the first input that lies within
 * `radius` along both axes. `look` are the statements that `term` needs.
 */
export const windowMeans = (
  type: "vec2" | "vec3" | "vec4",
  radius: string,
  { look = "", term }: { readonly look?: string; readonly term: string },
): string => `
  int radius = int(${radius});
  ${type} means = ${type}(0.0);
  float count = 0.0;
  ivec2 last = ivec2(u_inputSizes[0]) - 1;
  for (int y = -radius; y <= radius; y++)
    for (int x = -radius; x <= radius; x++) {
      ivec2 at = ivec2(gl_FragCoord.xy) + ivec2(x, y);
      if (any(lessThan(at, ivec2(0))) || any(greaterThan(at, last))) continue;
      ${look}
      means += ${term};
      count += 1.0;
    }
  means /= count;`;
