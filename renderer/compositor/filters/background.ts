import type { FilterOf } from "../../../preload/contract/filter.ts";
import type { Size } from "../../../preload/contract/geometry.ts";
import { yuvOfColour } from "../cpu/bt601.ts";
import type { FilterWork } from "../cpu/filter-work.ts";
import { halfOf, type Planes, planesAt, planesBytes } from "../cpu/planes.ts";
import type { Picture, Rect } from "../picture.ts";
import { coveringPart, coverPlanes } from "./background/cover-picture.ts";
import { beautyGrid } from "./beauty.ts";
import { blurPasses, blurPlane } from "./blur.ts";
import { type FilterPixels, type GlPass, personId } from "./filter-pixels.ts";
import { halvingPasses, windowMeans } from "./gl-passes.ts";

type Background = FilterOf<"background">;

/** Of what hides the background a person's own colours are at least this part: nothing else may be near. */
const leastWeight = 16;

/** Where the edge lies in the shares that the model gives, and how far it reaches to both sides. */
export const backgroundEdge = ({ edge, softness }: Background) => ({
  middle: 0.55 - 0.4 * edge,
  reach: 0.03 + 0.42 * softness,
});

/** As beauty looks at a picture; windows are wide enough for what a mask is wrong by. */
export const backgroundGrid = (size: Size) => {
  const { halvings, width, height } = beautyGrid(size);
  return { halvings, width, height, radius: Math.max(2, Math.round(Math.min(width, height) / 45)) };
};

/** The shares as the small plane's pixels, from a mask that covers `source`. */
const sharesOf = (
  work: FilterWork,
  person: Picture,
  source: Rect,
  small: Size,
  halvings: number,
): number => {
  const { pixels, width, height } = person;
  if (pixels instanceof VideoFrame) throw new Error("a mask is a still");
  const count = width * height;
  const mask = work.temporary(count);
  const shares = work.temporary(small.width * small.height);
  const view = work.view(mask, count);
  for (let at = 0; at < count; at += 1) view[at] = pixels.data[4 * at] ?? 0;
  const pixel = 2 ** halvings;
  const stepX = (pixel * width) / source.width;
  const stepY = (pixel * height) / source.height;
  work.scaled(shares, small, mask, person, {
    x: stepX / 2 - 0.5 - (source.x * width) / source.width,
    y: stepY / 2 - 0.5 - (source.y * height) / source.height,
    stepX,
    stepY,
  });
  return shares;
};

/** Where people are, as alpha of the picture, and how much each small pixel says of what is behind them. */
const peopleOf = (work: FilterWork, filter: Background, person: Picture) => {
  const { width, height, y } = work.planes;
  const { halvings, radius, ...small } = backgroundGrid({ width, height });
  const smallCount = small.width * small.height;
  const smallY = work.halved(y, { width, height }, halvings);
  const shares = sharesOf(work, person, work.source, small, halvings);
  const [factor, offset] = [work.temporary(smallCount), work.temporary(smallCount)];
  const { filterKernels } = work;
  const room = work.temporary(6 * 4 * smallCount);
  filterKernels.guideMask(smallY, shares, small.width, small.height, radius, factor, offset, room);
  const count = width * height;
  const [factors, offsets] = [work.temporary(count), work.temporary(count)];
  const times = { x: halvings, y: halvings };
  work.enlarge(factors, { width, height }, factor, small, times);
  work.enlarge(offsets, { width, height }, offset, small, times);
  const { a, halfA } = work.temporaryPlanes(width, height).alpha;
  const { middle, reach } = backgroundEdge(filter);
  const from = Math.round(102 * (middle - reach));
  filterKernels.guidedAlpha(a, y, factors, offsets, count, from, Math.round(640 / reach), 0);
  work.halve(halfA, a);
  const weights = work.temporary(smallCount);
  filterKernels.guidedAlpha(
    weights,
    smallY,
    factor,
    offset,
    smallCount,
    Math.round(102 * (middle - reach - 0.25)),
    -Math.round(640 / 0.25),
    leastWeight,
  );
  return { a, halfA, weights };
};

/** What is behind people, blurred without their colours. All of the picture where it is not known where they are. */
const blurInto = (
  work: FilterWork,
  background: Planes,
  { radiusPx }: Background,
  weights: number | null,
): void => {
  const { width, height, y, u, v } = work.planes;
  const { halvings, radius: _, ...small } = backgroundGrid({ width, height });
  const { kernels, filterKernels } = work;
  const chroma = { width: halfOf(width), height: halfOf(height) };
  const count = small.width * small.height;
  const scale = 2 ** halvings;
  const sigma = {
    x: (radiusPx * work.scale.x) / 2 / scale,
    y: (radiusPx * work.scale.y) / 2 / scale,
  };
  const blurred = weights === null ? null : work.temporary(count);
  if (blurred !== null && weights !== null) {
    kernels.copy(blurred, count, weights, count, count, 1);
    blurPlane(work, blurred, small, sigma);
  }
  for (const [from, to, size, times] of [
    [y, background.y, { width, height }, halvings],
    [u, background.u, chroma, halvings - 1],
    [v, background.v, chroma, halvings - 1],
  ] as const) {
    const plane = work.temporary(count);
    const halved = work.halved(from, size, times);
    if (weights === null) kernels.copy(plane, count, halved, count, count, 1);
    else kernels.premultiply(plane, halved, weights, count);
    blurPlane(work, plane, small, sigma);
    if (blurred !== null) filterKernels.unpremultiply(plane, blurred, count);
    work.enlarge(to, size, plane, small, { x: times, y: times });
  }
};

const fillWith = ({ kernels, lumaCount, chromaCount }: FilterWork, to: Planes, colour: string) => {
  const { y, u, v } = yuvOfColour(colour);
  kernels.fill(to.y, lumaCount, lumaCount, 1, y);
  kernels.fill(to.u, chromaCount, chromaCount, 1, u);
  kernels.fill(to.v, chromaCount, chromaCount, 1, v);
};

/** `picture` over all of `to`, over `colour`. */
const coverWith = (work: FilterWork, to: Planes, picture: Picture, colour: string): void => {
  const { width, height } = to;
  const bytes = planesBytes(width, height, false);
  const name = `background ${picture.id} ${picture.version} ${colour} ${width} ${height}`;
  const kept = work.kept(name, bytes, (at) => {
    const planes = planesAt(at, width, height, false);
    fillWith(work, planes, colour);
    coverPlanes(work, planes, picture);
  });
  work.kernels.copy(to.y, bytes, kept, bytes, bytes, 1);
};

const cpu = (filter: Background, work: FilterWork): void => {
  work.straighten();
  const { width, height, alpha } = work.planes;
  const { kernels, lumaCount, chromaCount } = work;
  const person = work.pictures.get(personId);
  const people = person ? peopleOf(work, filter, person) : null;
  if (filter.mode === "transparent") {
    const { a, halfA } = people ?? work.temporaryPlanes(width, height).alpha;
    if (!people) {
      kernels.fill(a, lumaCount, lumaCount, 1, 0);
      kernels.fill(halfA, chromaCount, chromaCount, 1, 0);
    }
    work.multiplyAlpha({ a, halfA });
    return;
  }
  const background = work.temporaryPlanes(width, height);
  const picture =
    filter.mode === "picture" && filter.pictureId !== null
      ? work.pictures.get(filter.pictureId)
      : undefined;
  if (filter.mode === "blur") blurInto(work, background, filter, people?.weights ?? null);
  else if (picture) coverWith(work, background, picture, filter.colour);
  else fillWith(work, background, filter.colour);
  const keepsAlpha = filter.mode === "blur" && alpha !== null;
  if (people) {
    const { y, u, v } = work.planes;
    const { a, halfA } = people;
    // What the picture has no colours for shows the other one.
    if (alpha && !keepsAlpha) {
      kernels.premultiply(a, a, alpha.a, lumaCount);
      kernels.premultiply(halfA, halfA, alpha.halfA, chromaCount);
    }
    for (const [to, from, by, count] of [
      [background.y, y, a, lumaCount],
      [background.u, u, halfA, chromaCount],
      [background.v, v, halfA, chromaCount],
    ] as const) {
      kernels.premultiply(from, from, by, count);
      kernels.blend(to, count, from, count, by, count, count, 1, 256);
    }
  }
  if (keepsAlpha) {
    kernels.copy(background.alpha.a, lumaCount, alpha.a, lumaCount, lumaCount, 1);
    kernels.copy(background.alpha.halfA, chromaCount, alpha.halfA, chromaCount, chromaCount, 1);
  }
  work.replace(keepsAlpha ? background : { ...background, alpha: null });
};

/** The guided filter's line over luma at each small pixel, in what bytes can hold. `u_parameters`: the source's rectangle; the radius and a small pixel's size. */
const look = `
void main() {${windowMeans("vec4", "u_parameters[1].x", {
  look: `vec4 colour = texelFetch(u_inputs[0], at, 0);
      float luma = lumaOf(colour.rgb) / max(colour.a, 0.004) - 0.5;
      vec2 place = ((vec2(at) + 0.5) * u_parameters[1].y - u_parameters[0].xy) / u_parameters[0].zw;
      float share = textureLod(u_pictures[0], place, 0.0).r;`,
  term: "vec4(luma, share, luma * share, luma * luma)",
})}
  float a = (means.z - means.x * means.y) / (max(0.0, means.w - means.x * means.x) + 0.01);
  float b = means.y - a * means.x;
  o_colour = vec4(a / 5.0 + 0.5, (b + 0.75) / 2.5, 0.0, 1.0);
}`;

const settle = `
void main() {${windowMeans("vec2", "u_parameters[0].x", { term: "texelFetch(u_inputs[0], at, 0).xy" })}
  o_colour = vec4(means, 0.0, 1.0);
}`;

/** The share of a person, from a line of `settle` and a colour. */
const shareOf = `
float backgroundShare(vec4 colour, vec2 line) {
  float luma = lumaOf(colour.rgb) / max(colour.a, 0.004) - 0.5;
  return (line.x - 0.5) * 5.0 * luma + line.y * 2.5 - 0.75;
}
float backgroundRise(float share, vec2 edge) {
  return clamp((share - edge.x + edge.y) / (2.0 * edge.y), 0.0, 1.0);
}
`;

/** Without the colours of people, whose part goes into alpha. */
const weigh = `${shareOf}
void main() {
  vec4 colour = texelFetch(u_inputs[0], ivec2(gl_FragCoord.xy), 0);
  vec2 line = texelFetch(u_inputs[1], ivec2(gl_FragCoord.xy), 0).xy;
  float behind = 1.0 - backgroundRise(backgroundShare(colour, line), vec2(u_parameters[0].x - u_parameters[0].y - 0.125, 0.125));
  o_colour = vec4(colour.rgb / max(colour.a, 0.004), 1.0) * max(behind, ${(leastWeight / 255).toFixed(4)});
}`;

/** `u_parameters`: the edge, whether people are known; the colour and whether a picture covers it; how that is cut. */
const finishOf = (mode: Background["mode"], input: number): string => `${shareOf}
void main() {
  vec4 colour = texelFetch(u_inputs[0], ivec2(gl_FragCoord.xy), 0);
  float seen = 0.0;
  ${
    input > 0
      ? `vec2 line = textureLod(u_inputs[${input}], gl_FragCoord.xy / u_size, 0.0).xy;
  seen = backgroundRise(backgroundShare(colour, line), u_parameters[0].xy);`
      : ""
  }
  ${
    mode === "blur"
      ? `vec4 behind = textureLod(u_inputs[1], gl_FragCoord.xy / u_size, 0.0);
  o_colour = colour * seen + (1.0 - seen) * colour.a * vec4(behind.rgb / max(behind.a, 0.004), 1.0);`
      : mode === "transparent"
        ? "o_colour = colour * seen;"
        : `vec4 behind = vec4(u_parameters[1].rgb, 1.0);
  ${
    mode === "picture"
      ? `vec4 picture = textureLod(u_pictures[0], gl_FragCoord.xy / u_size * u_parameters[2].zw + u_parameters[2].xy, 0.0);
  behind = picture + behind * (1.0 - picture.a);`
      : ""
  }
  o_colour = colour * seen + behind * (1.0 - seen * colour.a);`
  }
}`;

const channelsOf = (colour: string): readonly [number, number, number] => {
  const rgb = Number.parseInt(colour.slice(1), 16);
  return [(rgb >> 16) / 255, ((rgb >> 8) & 255) / 255, (rgb & 255) / 255];
};

export const background: FilterPixels<Background> = {
  type: "picture",
  gl: (filter, size, pictures, source) => {
    const person = pictures.get(personId);
    const { halvings, radius, ...small } = backgroundGrid(size);
    const { middle, reach } = backgroundEdge(filter);
    const edge = [middle, reach, 0, 0];
    const passes: GlPass[] = [];
    const add = (pass: GlPass): number => passes.push(pass);
    let [tiny, line, blurred] = [0, 0, 0];
    if (person || filter.mode === "blur") tiny = passes.push(...halvingPasses(size, halvings));
    if (person) {
      const place = [source.x, source.y, source.width, source.height];
      const parameters = [...place, radius, 2 ** halvings, 0, 0];
      line = add({ glsl: look, parameters, size: small, inputs: [tiny], pictures: [person] });
      line = add({ glsl: settle, parameters: [radius, 0, 0, 0], size: small, inputs: [line] });
    }
    if (filter.mode === "blur") {
      const first = person
        ? add({ glsl: weigh, parameters: edge, size: small, inputs: [tiny, line] })
        : tiny;
      blurred = first;
      for (const pass of blurPasses(filter.radiusPx / 2 / 2 ** halvings, small))
        blurred = add({ ...pass, inputs: [blurred] });
    }
    const picture =
      filter.mode === "picture" && filter.pictureId !== null
        ? pictures.get(filter.pictureId)
        : undefined;
    const mode = filter.mode === "picture" && !picture ? "colour" : filter.mode;
    const inputs = [0, ...(mode === "blur" ? [blurred] : []), ...(person ? [line] : [])];
    const cut = picture ? coveringPart(picture, size) : { x: 0, y: 0, width: 1, height: 1 };
    add({
      glsl: finishOf(mode, person ? inputs.length - 1 : 0),
      parameters: [...edge, ...channelsOf(filter.colour), 1, cut.x, cut.y, cut.width, cut.height],
      size,
      inputs,
      ...(picture && { pictures: [picture] }),
    });
    return passes;
  },
  cpu,
};
