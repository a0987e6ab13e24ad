import type { FilterOf } from "../../../preload/contract/filter.ts";
import type { Size } from "../../../preload/contract/geometry.ts";
import { halfOf } from "../cpu/planes.ts";
import type { FilterPixels } from "./filter-pixels.ts";
import { halvingPasses, windowMeans } from "./gl-passes.ts";

type Beauty = FilterOf<"beauty">;

/** What is looked at has shorter sides of this and up to twice as much. */
const smallSide = 150;
/** More leaves no skin's own texture. */
const mostSmooth = 0.9;
/** Luma (0 to 1) that differs by less is texture, by more an edge: from the weakest to the strongest. */
const [finest, coarsest] = [0.03, 0.12];
/** At 1: how far red difference rises, and what of yellow goes with whitening, in 255ths. */
const rosyCr = 9;
const rosyCb = 2;
const whitenCb = 6;
const whitenCr = -4;

/** How beauty looks at a picture of a size: halved so often, over windows of this radius then. */
export const beautyGrid = ({ width, height }: Size) => {
  const side = Math.min(width, height);
  const halvings = Math.max(1, Math.floor(Math.log2(side / smallSide)));
  const half = (length: number): number =>
    Array.from({ length: halvings }).reduce<number>(halfOf, length);
  return {
    halvings,
    width: half(width),
    height: half(height),
    radius: Math.max(2, Math.round(side / 2 ** halvings / 36)),
  };
};

/** What is meant by the three settings. */
export const beautyTerms = ({ smooth, whiten, rosy }: Beauty) => ({
  smooth: smooth * mostSmooth,
  eps: (finest + (coarsest - finest) * smooth) ** 2,
  whiten,
  cb: Math.round(rosy * rosyCb + whiten * whitenCb),
  cr: Math.round(rosy * rosyCr + whiten * whitenCr),
});

const common = `
float beautyRise(float value, float from, float to) {
  float t = clamp((value - from) / (to - from), 0.0, 1.0);
  return t * t * (3.0 - 2.0 * t);
}
float beautySkin(vec3 rgb) {
  vec2 away = (chromaOf(rgb) * 255.0 - 128.0) / 224.0;
  away = (away - vec2(-0.095, 0.095)) / vec2(0.115, 0.085);
  return (1.0 - beautyRise(length(away), 0.55, 1.35)) * beautyRise(lumaOf(rgb), 0.12, 0.3);
}
`;

/** Mean over the window: how steep and how high luma goes on (the guided filter's a and b), the lift, and the skin. */
const look = `${common}
void main() {${windowMeans("vec3", "u_parameters[0].x", {
  look: "vec3 rgb = texelFetch(u_inputs[0], at, 0).rgb; float luma = lumaOf(rgb);",
  term: "vec3(luma, luma * luma, beautySkin(rgb))",
})}
  float variance = max(0.0, means.y - means.x * means.x);
  float a = variance / (variance + u_parameters[0].y);
  float t = clamp(means.x, 0.0, 1.0);
  float lift = u_parameters[0].w * 0.64 * t * (1.0 - t) * means.z;
  o_colour = vec4(a, (1.0 - a) * means.x, lift, means.z);
}`;

/** The factor and the offset for luma, and the skin. */
const settle = `
void main() {${windowMeans("vec2", "u_parameters[0].x", { term: "texelFetch(u_inputs[0], at, 0).xy" })}
  vec4 own = texelFetch(u_inputs[0], ivec2(gl_FragCoord.xy), 0);
  float weight = own.w * u_parameters[0].z;
  o_colour = vec4(1.0 + weight * (means.x - 1.0), weight * means.y + own.z, own.w, 1.0);
}`;

const finish = `
void main() {
  vec4 colour = texelFetch(u_inputs[0], ivec2(gl_FragCoord.xy), 0);
  vec3 map = textureLod(u_inputs[1], gl_FragCoord.xy / u_size, 0.0).xyz;
  float luma = lumaOf(colour.rgb);
  float change = map.x * luma + map.y - luma;
  vec2 shift = map.z * u_parameters[0].xy / 224.0;
  vec3 rgb = colour.rgb + change + vec3(1.402 * shift.y, -0.344136 * shift.x - 0.714136 * shift.y, 1.772 * shift.x);
  o_colour = vec4(clamp(rgb, 0.0, colour.a), colour.a);
}`;

export const beauty: FilterPixels<Beauty> = {
  type: "picture",
  gl: (filter, size) => {
    const { halvings, radius, ...small } = beautyGrid(size);
    const { smooth, eps, whiten, cb, cr } = beautyTerms(filter);
    const parameters = [radius, eps, smooth, whiten];
    return [
      ...halvingPasses(size, halvings),
      { glsl: look, parameters, size: small, inputs: [halvings] },
      { glsl: settle, parameters, size: small, inputs: [halvings + 1] },
      { glsl: finish, parameters: [cb, cr, 0, 0], size, inputs: [0, halvings + 2] },
    ];
  },
  cpu: (filter, work) => {
    work.straighten();
    const { y, u, v, width, height } = work.planes;
    const { halvings, radius, ...small } = beautyGrid({ width, height });
    const { smooth, eps, whiten, cb, cr } = beautyTerms(filter);
    const chroma = { width: halfOf(width), height: halfOf(height) };
    const smallCount = small.width * small.height;
    const [factor, offset, skin] = [1, 2, 3].map(() => work.temporary(smallCount)) as [
      number,
      number,
      number,
    ];
    work.filterKernels.beautyMaps(
      work.halved(y, { width, height }, halvings),
      work.halved(u, chroma, halvings - 1),
      work.halved(v, chroma, halvings - 1),
      small.width,
      small.height,
      radius,
      eps,
      smooth,
      whiten,
      factor,
      offset,
      skin,
      work.temporary(5 * 4 * smallCount),
    );
    const count = width * height;
    const [factors, offsets] = [work.temporary(count), work.temporary(count)];
    const times = { x: halvings, y: halvings };
    work.enlarge(factors, { width, height }, factor, small, times);
    work.enlarge(offsets, { width, height }, offset, small, times);
    work.filterKernels.scaleAndAdd(y, factors, offsets, count);
    const skins = work.temporary(work.chromaCount);
    work.enlarge(skins, chroma, skin, small, { x: halvings - 1, y: halvings - 1 });
    work.filterKernels.shiftBy(u, skins, work.chromaCount, cb);
    work.filterKernels.shiftBy(v, skins, work.chromaCount, cr);
  },
};
