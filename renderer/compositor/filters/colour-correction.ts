import type { FilterOf } from "../../../preload/contract/filter.ts";
import type { FilterPixels } from "./filter-pixels.ts";

/** Three rows of a matrix over red, green, blue and 1. */
type Matrix = readonly [Row, Row, Row];
type Row = readonly [number, number, number, number];

const identity: Matrix = [
  [1, 0, 0, 0],
  [0, 1, 0, 0],
  [0, 0, 1, 0],
];

/** `a` after `b`. */
const after = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) => {
    const column = (index: 0 | 1 | 2 | 3) =>
      row[0] * b[0][index] + row[1] * b[1][index] + row[2] * b[2][index];
    return [column(0), column(1), column(2), column(3) + row[3]];
  }) as unknown as Matrix;

const scaled = (factor: number, offset: number): Matrix => [
  [factor, 0, 0, offset],
  [0, factor, 0, offset],
  [0, 0, factor, offset],
];

const saturated = (times: number): Matrix => {
  const [r, g, b] = [0.299, 0.587, 0.114].map((weight) => weight * (1 - times)) as [
    number,
    number,
    number,
  ];
  return [
    [r + times, g, b, 0],
    [r, g + times, b, 0],
    [r, g, b + times, 0],
  ];
};

/** About the axis of greys (Rodrigues' rotation formula). */
const turned = (angleDeg: number): Matrix => {
  const angle = (angleDeg * Math.PI) / 180;
  const own = Math.cos(angle) + (1 - Math.cos(angle)) / 3;
  const less = (1 - Math.cos(angle)) / 3 - Math.sin(angle) / Math.sqrt(3);
  const more = (1 - Math.cos(angle)) / 3 + Math.sin(angle) / Math.sqrt(3);
  return [
    [own, less, more, 0],
    [more, own, less, 0],
    [less, more, own, 0],
  ];
};

type Correction = FilterOf<"colourCorrection">;

const powerOf = ({ gamma }: Correction): number => (gamma < 0 ? 1 - gamma : 1 / (1 + gamma));

/** What follows the gamma. */
const matrixOf = ({ contrast, brightness, saturation, hueShiftDeg }: Correction): Matrix => {
  const factor = contrast < 0 ? 1 / (1 - contrast) : 1 + contrast;
  return [
    scaled(factor, (1 - factor) / 2 + brightness),
    saturated(1 + saturation),
    turned(hueShiftDeg),
  ].reduce((before, next) => after(next, before), identity);
};

/** Colours beyond black go on as they are, so that nothing bends at the border of what a screen shows. */
const raised = (value: number, power: number): number => (value <= 0 ? value : value ** power);

export const colourCorrection: FilterPixels<Correction> = {
  type: "colour",
  plain: (filter) => {
    const power = powerOf(filter);
    const rows = matrixOf(filter);
    return ([red, green, blue, alpha]) => {
      const [r, g, b] = [raised(red, power), raised(green, power), raised(blue, power)];
      const part = (row: Row) => row[0] * r + row[1] * g + row[2] * b + row[3];
      return [part(rows[0]), part(rows[1]), part(rows[2]), alpha * filter.opacity];
    };
  },
  gl: (filter) => ({
    glsl: `
vec4 colourCorrection(vec4 colour, int at, vec2 place) {
  vec4 raised = vec4(pow(clamp(colour.rgb, 0.0, 1.0), vec3(u_parameters[at + 3].x)), 1.0);
  vec3 turned = vec3(
    dot(u_parameters[at], raised),
    dot(u_parameters[at + 1], raised),
    dot(u_parameters[at + 2], raised)
  );
  return vec4(clamp(turned, 0.0, 1.0), colour.a * u_parameters[at + 3].y);
}`,
    parameters: [...matrixOf(filter).flat(), powerOf(filter), filter.opacity, 0, 0],
  }),
  cpu: null,
};
