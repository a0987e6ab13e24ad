import type { FilterOf } from "../../../preload/contract/filter.ts";
import { rise, riseGlsl } from "./chroma-key.ts";
import type { FilterPixels } from "./filter-pixels.ts";

/** Red, green and blue of `#rrggbb`, from 0 to 1. */
export const rgbOf = (colour: string): readonly [number, number, number] => {
  const value = Number.parseInt(colour.slice(1, 7), 16);
  return [(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
};

export const colourKey: FilterPixels<FilterOf<"colourKey">> = {
  type: "colour",
  plain: ({ colour, similarity, smoothness }) => {
    const [keyRed, keyGreen, keyBlue] = rgbOf(colour);
    return ([red, green, blue, alpha]) => {
      const away = Math.hypot(red - keyRed, green - keyGreen, blue - keyBlue) / Math.sqrt(3);
      return [red, green, blue, alpha * rise(away, similarity, smoothness)];
    };
  },
  gl: ({ colour, similarity, smoothness }) => ({
    glsl: `${riseGlsl("colourKeyRise")}
vec4 colourKey(vec4 colour, int at, vec2 place) {
  vec4 key = u_parameters[at];
  float away = distance(colour.rgb, key.rgb) / sqrt(3.0);
  return vec4(colour.rgb, colour.a * colourKeyRise(away, key.a, u_parameters[at + 1].x));
}`,
    parameters: [...rgbOf(colour), similarity, smoothness, 0, 0, 0],
  }),
  cpu: ({ colour, similarity, smoothness }, work) => {
    work.straighten();
    const { width, height, y, u, v } = work.planes;
    const { alpha } = work.temporaryPlanes(width, height);
    const [red, green, blue] = rgbOf(colour);
    work.filterKernels.distanceKey(
      alpha.a,
      y,
      u,
      v,
      width,
      height,
      red * 255,
      green * 255,
      blue * 255,
      similarity * 255 * Math.sqrt(3),
      // A step where there is no width.
      Math.max(smoothness * 255 * Math.sqrt(3), 1e-3),
    );
    work.halve(alpha.halfA, alpha.a);
    work.multiplyAlpha(alpha);
  },
};
