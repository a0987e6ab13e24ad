import type { FilterOf } from "../../../preload/contract/filter.ts";
import type { Size } from "../../../preload/contract/geometry.ts";
import type { FilterWork } from "../cpu/filter-work.ts";
import { halfOf } from "../cpu/planes.ts";
import type { FilterPixels, GlPass } from "./filter-pixels.ts";
import { halvingPasses, resized } from "./gl-passes.ts";

/** Wider ones are done on a picture of half the size, and so on. */
const widestSigma = 2.6;
const most = 8;
/** Of the means that make a picture half as big, and of drawing it big again, in its own pixels. */
const varianceOfScaling = 0.25;

/** How often an axis is halved for a sigma, and the sigma that is left to be done then. */
const reductionOf = (sigma: number): { readonly halvings: number; readonly sigma: number } => {
  let halvings = 0;
  while (sigma / 2 ** halvings > widestSigma) halvings += 1;
  const left = sigma / 2 ** halvings;
  return { halvings, sigma: halvings === 0 ? left : Math.sqrt(left ** 2 - varianceOfScaling) };
};

/** The pixel's own weight and those of its neighbours on one side, of 256 parts. */
const weightsOf = (sigma: number): readonly number[] => {
  const radius = Math.min(most, Math.ceil(sigma * 3));
  const bell = Array.from({ length: radius + 1 }, (_, k) => Math.exp((-k * k) / (2 * sigma ** 2)));
  const sum = bell.reduce((all, weight, k) => all + (k === 0 ? weight : 2 * weight), 0);
  const sides = bell.slice(1).map((weight) => Math.round((256 * weight) / sum));
  return [256 - 2 * sides.reduce((all, weight) => all + weight, 0), ...sides];
};

const bytesOfWeights = 2 * (most + 1);
const keepWeights = (work: FilterWork, sigma: number) => {
  const weights = weightsOf(sigma);
  const at = work.kept(`weights ${sigma}`, bytesOfWeights, (place) => {
    const bytes = work.view(place, bytesOfWeights);
    for (const [k, weight] of weights.entries()) {
      bytes[2 * k] = weight & 255;
      bytes[2 * k + 1] = weight >> 8;
    }
  });
  return { at, radius: weights.length - 1 };
};

/** A plane in place, by a sigma in its own pixels along each axis. */
export const blurPlane = (
  work: FilterWork,
  plane: number,
  size: { readonly width: number; readonly height: number },
  sigma: { readonly x: number; readonly y: number },
): void => {
  const { kernels, filterKernels } = work;
  const x = reductionOf(sigma.x);
  const y = reductionOf(sigma.y);
  let { width, height } = size;
  let at = plane;
  for (let step = 0; step < x.halvings; step += 1) {
    const next = work.temporary(halfOf(width) * height);
    kernels.halveColumns(next, at, width, height);
    width = halfOf(width);
    at = next;
  }
  for (let step = 0; step < y.halvings; step += 1) {
    const next = work.temporary(width * halfOf(height));
    kernels.halveRows(next, at, width, height);
    height = halfOf(height);
    at = next;
  }
  const across = work.temporary(width * height);
  const { at: weightsX, radius: radiusX } = keepWeights(work, x.sigma);
  filterKernels.blurRows(across, at, width, height, weightsX, radiusX, work.row);
  const { at: weightsY, radius: radiusY } = keepWeights(work, y.sigma);
  filterKernels.blurColumns(at, across, width, height, weightsY, radiusY);
  if (at === plane) return;
  work.enlarge(plane, size, at, { width, height }, { x: x.halvings, y: y.halvings });
};

const sigmaOf = ({ radiusPx }: FilterOf<"blur">): number => radiusPx / 2;

const along = `
void main() {
  vec2 step = u_parameters[0].xy / u_inputSizes[0];
  float sigma = u_parameters[0].z;
  vec2 at = gl_FragCoord.xy / u_size;
  vec4 sum = textureLod(u_inputs[0], at, 0.0);
  float all = 1.0;
  for (int k = 1; k <= int(u_parameters[0].w); k++) {
    float weight = exp(-float(k * k) / (2.0 * sigma * sigma));
    sum += weight * (textureLod(u_inputs[0], at + float(k) * step, 0.0) + textureLod(u_inputs[0], at - float(k) * step, 0.0));
    all += 2.0 * weight;
  }
  o_colour = sum / all;
}`;

/** One after the other, each of the one before; by a sigma in the picture's pixels. */
export const blurPasses = (sigma: number, size: Size): readonly GlPass[] => {
  if (sigma === 0) return [];
  const { halvings, sigma: left } = reductionOf(sigma);
  const passes = [...halvingPasses(size, halvings)];
  const small = passes.at(-1)?.size ?? size;
  const add = (glsl: string, parameters: readonly number[], to: Size): void => {
    passes.push({ glsl, parameters, size: to, inputs: [passes.length] });
  };
  const radius = Math.min(most, Math.ceil(left * 3));
  add(along, [1, 0, left, radius], small);
  add(along, [0, 1, left, radius], small);
  if (halvings > 0) add(resized, [], size);
  return passes;
};

export const blur: FilterPixels<FilterOf<"blur">> = {
  type: "picture",
  gl: (filter, size) => blurPasses(sigmaOf(filter), size),
  cpu: (filter, work) => {
    const sigma = sigmaOf(filter);
    if (sigma === 0) return;
    work.premultiply();
    const { width, height, y, u, v, alpha } = work.planes;
    const whole = { x: sigma * work.scale.x, y: sigma * work.scale.y };
    const half = { x: whole.x / 2, y: whole.y / 2 };
    const chroma = { width: halfOf(width), height: halfOf(height) };
    blurPlane(work, y, { width, height }, whole);
    blurPlane(work, u, chroma, half);
    blurPlane(work, v, chroma, half);
    if (!alpha) return;
    blurPlane(work, alpha.a, { width, height }, whole);
    blurPlane(work, alpha.halfA, chroma, half);
  },
};
