import type { FilterOf } from "../../../preload/contract/filter.ts";
import type { Size } from "../../../preload/contract/geometry.ts";
import type { FilterPixels } from "./filter-pixels.ts";

type Mask = FilterOf<"mask">;

/** How much is seen (0 to 1) at a place of a picture, in its pixels; `pixelPx` is what one pixel of the result takes. */
export const maskAt = (
  { shape, corner, featherPx, inverted }: Mask,
  { width, height }: Size,
  pixelPx = 1,
): ((x: number, y: number) => number) => {
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

export const mask: FilterPixels<Mask> = {
  type: "place",
  gl: ({ shape, corner, featherPx, inverted }) => ({
    // After maskAt.
    glsl: `
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
}`,
    parameters: [shape === "ellipse" ? 1 : 0, corner, featherPx, inverted ? 1 : 0],
  }),
  cpu: (filter, work) => {
    work.straighten();
    const { width, height } = work.planes;
    const { x: scaleX, y: scaleY } = work.scale;
    const { alpha } = work.temporaryPlanes(width, height);
    const { shape, corner, featherPx, inverted } = filter;
    const name = `mask ${shape} ${corner} ${featherPx} ${inverted} ${width} ${height} ${scaleX} ${scaleY}`;
    const kept = work.kept(name, width * height, (bytes) => {
      const size = { width: width / scaleX, height: height / scaleY };
      const seenAt = maskAt(filter, size, 1 / Math.min(scaleX, scaleY));
      for (let y = 0; y < height; y += 1)
        for (let x = 0; x < width; x += 1)
          bytes[y * width + x] = Math.round(255 * seenAt((x + 0.5) / scaleX, (y + 0.5) / scaleY));
    });
    work.halve(alpha.halfA, kept);
    work.multiplyAlpha({ a: kept, halfA: alpha.halfA });
  },
};
