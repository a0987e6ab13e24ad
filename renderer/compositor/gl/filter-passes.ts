import { type Filter, pictureOfFilter } from "../../../preload/contract/filter.ts";
import type { Size } from "../../../preload/contract/geometry.ts";
import type { FilterPictures, GlPass, GlStage } from "../filters/filter-pixels.ts";
import type { Picture } from "../picture.ts";
import { filteredSize, sourceWithin } from "../filters/filtered-size.ts";
import { pixelsOf } from "../filters/filter-kinds.ts";

/** One drawing on the way through the filters. */
export interface FilterPass {
  /** Equal ones are one program. */
  readonly fragment: string;
  readonly parameters: readonly number[];
  readonly size: Size;
  /** 0 is the picture, n the result of the n-th pass. */
  readonly inputs: readonly number[];
  /** Of `u_pictures`. */
  readonly pictures: readonly Picture[];
}

const headOf = (inputs: number, parameters: number, pictures: number): string => `#version 300 es
precision highp float;
uniform highp sampler2D u_inputs[${inputs}];
uniform vec2 u_inputSizes[${inputs}];
${pictures > 0 ? `uniform highp sampler2D u_pictures[${pictures}];` : ""}
uniform vec2 u_size;
uniform vec4 u_parameters[${Math.max(1, Math.ceil(parameters / 4))}];
out vec4 o_colour;
vec2 chromaOf(vec3 rgb) {
  return (128.0 + vec2(dot(rgb, vec3(-37.797, -74.203, 112.0)), dot(rgb, vec3(112.0, -93.786, -18.214)))) / 255.0;
}
float lumaOf(vec3 rgb) {
  return dot(rgb, vec3(0.299, 0.587, 0.114));
}
`;

const copied = `${headOf(1, 0, 0)}
void main() {
  o_colour = texelFetch(u_inputs[0], ivec2(gl_FragCoord.xy), 0);
}`;

type Staged = GlStage & { readonly kind: Filter["kind"] };

/** Filters that need no neighbours, as one drawing. */
const merge = (stages: readonly Staged[], size: Size, input: number): FilterPass => {
  const functions = new Map(stages.map(({ kind, glsl }) => [kind, glsl]));
  const parameters: number[] = [];
  const pictures: Picture[] = [];
  const calls = stages.map((stage) => {
    const at = parameters.length / 4;
    parameters.push(...stage.parameters);
    if (!stage.picture) return `colour = ${stage.kind}(colour, ${at}, gl_FragCoord.xy);`;
    pictures.push(stage.picture);
    return `colour = ${stage.kind}(colour, ${at}, gl_FragCoord.xy, u_pictures[${pictures.length - 1}]);`;
  });
  return {
    parameters,
    size,
    inputs: [input],
    pictures,
    fragment: `${headOf(1, parameters.length, pictures.length)}${[...functions.values()].join("")}
void main() {
  vec4 colour = texelFetch(u_inputs[0], ivec2(gl_FragCoord.xy), 0);
  if (colour.a > 0.0) colour.rgb /= colour.a;
  ${calls.join("\n  ")}
  o_colour = vec4(colour.rgb * colour.a, colour.a);
}`,
  };
};

const own = (pass: GlPass, resultOf: (input: number) => number): FilterPass => ({
  fragment:
    headOf(pass.inputs.length, pass.parameters.length, pass.pictures?.length ?? 0) + pass.glsl,
  parameters: pass.parameters,
  size: pass.size,
  inputs: pass.inputs.map(resultOf),
  pictures: pass.pictures ?? [],
});

/**
 * What filters draw, one after the other, of the part of `texture` that begins at its first pixel and has the size `from`;
 * the last one's result is the filtered picture.
 */
export const passesOf = (
  filters: readonly Filter[],
  from: Size,
  texture: Size,
  pictures: FilterPictures,
): readonly FilterPass[] => {
  const passes: FilterPass[] = [];
  let size = from;
  if (texture.width !== from.width || texture.height !== from.height)
    passes.push({ fragment: copied, parameters: [], size, inputs: [0], pictures: [] });
  let stages: Staged[] = [];
  const finishStages = (): void => {
    if (stages.length > 0) passes.push(merge(stages, size, passes.length));
    stages = [];
  };
  for (const [index, filter] of filters.entries()) {
    const pixels = pixelsOf(filter);
    if (pixels.type !== "picture") {
      const stage =
        pixels.type === "colour" ? pixels.gl(filter, pictures) : pixels.gl(filter, size, pictures);
      // Two of a kind of which only one has a picture are not one function.
      const other = stages.find(({ kind }) => kind === filter.kind);
      if (other && other.glsl !== stage.glsl) finishStages();
      // Without the picture that it is about it changes nothing.
      if (stage.picture || pictureOfFilter(filter) === null)
        stages.push({ kind: filter.kind, ...stage });
      continue;
    }
    finishStages();
    const before = passes.length;
    const source = sourceWithin(from, filters.slice(0, index));
    for (const pass of pixels.gl(filter, size, pictures, source))
      passes.push(own(pass, (input) => before + input));
    size = filteredSize(size, [filter]);
  }
  finishStages();
  return passes;
};
