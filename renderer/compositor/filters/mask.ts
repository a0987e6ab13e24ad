import type { FilterOf } from "../../../preload/contract/filter.ts";
import type { Size } from "../../../preload/contract/geometry.ts";
import type { Picture } from "../picture.ts";
import type { FilterPixels } from "./filter-pixels.ts";

type Mask = FilterOf<"mask">;

/** Between its pixels: how much a picture lets be seen of what it is stretched over, at a place of 0 to 1. */
const picturedAt = (
  picture: Picture,
  channel: Mask["channel"],
): ((x: number, y: number) => number) => {
  const { width, height, pixels } = picture;
  if (pixels instanceof VideoFrame) throw new Error("a mask is a still");
  const { data } = pixels;
  const read = (column: number, row: number): number => {
    const x = Math.min(width - 1, Math.max(0, column));
    const y = Math.min(height - 1, Math.max(0, row));
    const at = 4 * (y * width + x);
    const alpha = (data[at + 3] ?? 0) / 255;
    if (channel === "alpha") return alpha;
    const luma =
      0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
    return (luma / 255) * alpha;
  };
  return (placeX, placeY) => {
    const x = placeX * width - 0.5;
    const y = placeY * height - 0.5;
    const [column, row] = [Math.floor(x), Math.floor(y)];
    const [right, below] = [x - column, y - row];
    const upper = read(column, row) * (1 - right) + read(column + 1, row) * right;
    const lower = read(column, row + 1) * (1 - right) + read(column + 1, row + 1) * right;
    return upper * (1 - below) + lower * below;
  };
};

/** How much is seen (0 to 1) at a place of a picture, in its pixels; `pixelPx` is what one pixel of the result takes. */
export const maskAt = (
  { shape, corner, featherPx, inverted, channel }: Mask,
  { width, height }: Size,
  pixelPx = 1,
  picture?: Picture,
): ((x: number, y: number) => number) => {
  if (shape === "picture") {
    if (!picture) return () => 1;
    const pictured = picturedAt(picture, channel);
    return (x, y) => {
      const seen = pictured(x / width, y / height);
      return inverted ? 1 - seen : seen;
    };
  }
  const halfWidth = width / 2;
  const halfHeight = height / 2;
  const radius = corner * Math.min(halfWidth, halfHeight);
  /** From the edge, negative inside; exact but for ellipses. */
  const distance = (x: number, y: number): number => {
    if (shape === "ellipse") {
      const near = Math.hypot(x / halfWidth, y / halfHeight);
      const steep = Math.hypot(x / halfWidth ** 2, y / halfHeight ** 2);
      return steep === 0 ? -Math.min(halfWidth, halfHeight) : (near * (near - 1)) / steep;
    }
    const across = Math.abs(x) - halfWidth + radius;
    const down = Math.abs(y) - halfHeight + radius;
    return (
      Math.hypot(Math.max(across, 0), Math.max(down, 0)) +
      Math.min(0, Math.max(across, down)) -
      radius
    );
  };
  return (x, y) => {
    const inside = -distance(x - halfWidth, y - halfHeight);
    const seen = featherPx > pixelPx ? inside / featherPx : inside / pixelPx + 0.5;
    const alpha = Math.min(1, Math.max(0, seen));
    return inverted ? 1 - alpha : alpha;
  };
};

/** After maskAt. */
const drawn = `
vec4 mask(vec4 colour, int at, vec2 place) {
  vec4 wanted = u_parameters[at];
  vec2 middle = u_size / 2.0;
  vec2 from = place - middle;
  float radius = wanted.y * min(middle.x, middle.y);
  vec2 beyond = abs(from) - middle + radius;
  float away = length(max(beyond, 0.0)) + min(0.0, max(beyond.x, beyond.y)) - radius;
  if (wanted.x > 0.5) {
    float near = length(from / middle);
    float steep = length(from / (middle * middle));
    away = steep == 0.0 ? -min(middle.x, middle.y) : near * (near - 1.0) / steep;
  }
  float seen = clamp(wanted.z > 1.0 ? -away / wanted.z : 0.5 - away, 0.0, 1.0);
  return vec4(colour.rgb, colour.a * (wanted.w > 0.5 ? 1.0 - seen : seen));
}`;

const pictured = `
vec4 mask(vec4 colour, int at, vec2 place, sampler2D picture) {
  vec4 wanted = u_parameters[at];
  vec4 there = textureLod(picture, place / u_size, 0.0);
  float seen = wanted.y > 0.5 ? lumaOf(there.rgb) : there.a;
  if (wanted.w > 0.5) seen = 1.0 - seen;
  return vec4(colour.rgb, colour.a * (wanted.x > 0.5 ? seen : 1.0));
}`;

export const mask: FilterPixels<Mask> = {
  type: "place",
  gl: ({ shape, corner, featherPx, inverted, channel, pictureId }, _size, pictures) => {
    const inverse = inverted ? 1 : 0;
    if (shape === "picture") {
      const picture = pictureId === null ? undefined : pictures.get(pictureId);
      return {
        glsl: pictured,
        // Without a picture another one is bound, and nothing of it is used.
        parameters: [picture ? 1 : 0, channel === "luma" ? 1 : 0, 0, inverse],
        picture,
      };
    }
    return { glsl: drawn, parameters: [shape === "ellipse" ? 1 : 0, corner, featherPx, inverse] };
  },
  cpu: (filter, work) => {
    work.straighten();
    const { width, height } = work.planes;
    const { x: scaleX, y: scaleY } = work.scale;
    const { alpha } = work.temporaryPlanes(width, height);
    const { shape, corner, featherPx, inverted, channel, pictureId } = filter;
    const picture = pictureId === null ? undefined : work.pictures.get(pictureId);
    if (shape === "picture" && !picture) return;
    const how = shape === "picture" ? [pictureId, channel] : [corner, featherPx];
    const name = ["mask", shape, ...how, inverted, width, height, scaleX, scaleY].join(" ");
    const kept = work.kept(name, width * height, (at) => {
      const bytes = work.view(at, width * height);
      const size = { width: width / scaleX, height: height / scaleY };
      const seenAt = maskAt(filter, size, 1 / Math.min(scaleX, scaleY), picture);
      for (let y = 0; y < height; y += 1)
        for (let x = 0; x < width; x += 1)
          bytes[y * width + x] = Math.round(255 * seenAt((x + 0.5) / scaleX, (y + 0.5) / scaleY));
    });
    work.halve(alpha.halfA, kept);
    work.multiplyAlpha({ a: kept, halfA: alpha.halfA });
  },
};
