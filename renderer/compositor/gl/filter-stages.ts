import type { Filter } from "../../../preload/contract/scene.ts";
import { chromaOfColour } from "../chroma-key.ts";

/** One filter in a shader: pixels of the source go through it one by one, straight (not premultiplied) RGBA from 0 to 1. */
interface FilterStage {
  /**
   * The function `vec4 <kind>(vec4 colour, int at)`; its parameters begin at `u_parameters[at]`. It may use `chromaOf` and
   * `lumaOf`, and names of its own begin with its kind.
   */
  readonly glsl: string;
  /** For `u_parameters`, four in each. */
  readonly parameters: readonly number[];
}

const stageOf = (filter: Filter): FilterStage => {
  switch (filter.kind) {
    case "chromaKey": {
      const { cb, cr } = chromaOfColour(filter.colour);
      return {
        // After chroma-key.ts.
        glsl: `
float chromaKeyRise(float value, float from, float width) {
  if (value <= from) return 0.0;
  return width == 0.0 ? 1.0 : pow(min(1.0, (value - from) / width), 1.5);
}
vec4 chromaKey(vec4 colour, int at) {
  vec4 key = u_parameters[at];
  float spill = u_parameters[at + 1].x;
  float away = distance(chromaOf(colour.rgb), key.xy);
  vec3 kept = mix(vec3(lumaOf(colour.rgb)), colour.rgb, chromaKeyRise(away, key.z, spill));
  return vec4(kept, colour.a * chromaKeyRise(away, key.z, key.w));
}`,
        parameters: [cb, cr, filter.similarity, filter.smoothness, filter.spill, 0, 0, 0],
      };
    }
    default:
      return filter.kind satisfies never;
  }
};

/** Filters one after the other, as one fragment shader. Chains of equal `key` differ in their parameters only. */
export interface FilterChain {
  readonly key: string;
  readonly fragment: string;
  readonly parameters: readonly number[];
}

export const chainOf = (filters: readonly Filter[]): FilterChain => {
  const stages = filters.map((filter) => ({ kind: filter.kind, ...stageOf(filter) }));
  const functions = new Map(stages.map(({ kind, glsl }) => [kind, glsl]));
  const parameters: number[] = [];
  const calls = stages.map((stage) => {
    const at = parameters.length / 4;
    parameters.push(...stage.parameters);
    return `colour = ${stage.kind}(colour, ${at});`;
  });
  return {
    key: stages.map(({ kind }) => kind).join(" "),
    parameters,
    fragment: `#version 300 es
precision highp float;
uniform highp sampler2D u_picture;
uniform vec4 u_parameters[${Math.max(1, parameters.length / 4)}];
out vec4 o_colour;
vec2 chromaOf(vec3 rgb) {
  return (128.0 + vec2(dot(rgb, vec3(-37.797, -74.203, 112.0)), dot(rgb, vec3(112.0, -93.786, -18.214)))) / 255.0;
}
float lumaOf(vec3 rgb) {
  return dot(rgb, vec3(0.299, 0.587, 0.114));
}
${[...functions.values()].join("")}
void main() {
  vec4 colour = texelFetch(u_picture, ivec2(gl_FragCoord.xy), 0);
  if (colour.a > 0.0) colour.rgb /= colour.a;
  ${calls.join("\n  ")}
  o_colour = vec4(colour.rgb * colour.a, colour.a);
}`,
  };
};
