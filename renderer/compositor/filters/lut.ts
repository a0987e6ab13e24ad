import type { FilterOf } from "../../../preload/contract/filter.ts";
import { lutOfStrip } from "./lut/lut-picture.ts";
import { type Lut, readLut } from "./lut/parse-cube.ts";
import type { Picture } from "../picture.ts";
import type { FilterPictures, FilterPixels } from "./filter-pixels.ts";

type LutFilter = FilterOf<"lut">;

/** By the picture that holds it. */
const luts = new WeakMap<Picture, Lut>();

const pictureOf = ({ pictureId }: LutFilter, pictures: FilterPictures): Picture | undefined =>
  pictureId === null ? undefined : pictures.get(pictureId);

/** Undefined without a picture, or with one that holds no LUT. */
const lutOf = (filter: LutFilter, pictures: FilterPictures): Lut | undefined => {
  const picture = pictureOf(filter, pictures);
  if (!picture || picture.pixels instanceof VideoFrame) return undefined;
  const known = luts.get(picture);
  if (known) return known;
  const { width, height, pixels } = picture;
  const lut = lutOfStrip({ width, height, data: pixels.data });
  if (lut) luts.set(picture, lut);
  return lut;
};

const clamp = (value: number): number => Math.min(1, Math.max(0, value));

export const lut: FilterPixels<LutFilter> = {
  type: "colour",
  plain: (filter, pictures) => {
    const table = lutOf(filter, pictures);
    if (!table) return (colour) => colour;
    // What lies beyond goes on from there.
    const part = (value: number, within: number, changed: number): number =>
      value + filter.amount * (changed - within);
    return ([red, green, blue, alpha]) => {
      const inside = [clamp(red), clamp(green), clamp(blue)] as const;
      const found = readLut(table, inside);
      return [
        part(red, inside[0], found[0]),
        part(green, inside[1], found[1]),
        part(blue, inside[2], found[2]),
        alpha,
      ];
    };
  },
  gl: (filter, pictures) => {
    const table = lutOf(filter, pictures);
    return {
      glsl: `
vec4 lut(vec4 colour, int at, vec2 place, sampler2D picture) {
  float size = u_parameters[at].x;
  vec3 inside = clamp(colour.rgb, 0.0, 1.0);
  vec3 step = inside * (size - 1.0);
  float slice = min(floor(step.b), size - 2.0);
  vec2 texel = vec2(1.0 / (size * size), 1.0 / size);
  vec2 from = vec2(slice * size + step.r + 0.5, step.g + 0.5);
  vec3 low = textureLod(picture, from * texel, 0.0).rgb;
  vec3 high = textureLod(picture, (from + vec2(size, 0.0)) * texel, 0.0).rgb;
  vec3 changed = mix(low, high, step.b - slice);
  return vec4(colour.rgb + u_parameters[at].y * (changed - inside), colour.a);
}`,
      parameters: [table?.size ?? 2, table ? filter.amount : 0, 0, 0],
      picture: pictureOf(filter, pictures),
    };
  },
  cpu: null,
};
