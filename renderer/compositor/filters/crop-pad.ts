import type { FilterOf } from "../../../preload/contract/filter.ts";
import type { Size } from "../../../preload/contract/geometry.ts";
import { halfOf } from "../cpu/planes.ts";
import type { FilterPixels } from "./filter-pixels.ts";

type CropPad = FilterOf<"cropPad">;

/** A surface has no more. */
const largestSide = 8_192;
const sideOf = (side: number, before: number, after: number): number =>
  Math.min(largestSide, Math.max(1, side - before - after));

export const croppedSize = ({ left, top, right, bottom }: CropPad, size: Size): Size => ({
  width: sideOf(size.width, left, right),
  height: sideOf(size.height, top, bottom),
});

export const cropPad: FilterPixels<CropPad> = {
  type: "picture",
  size: croppedSize,
  gl: (filter, size) => [
    {
      glsl: `
void main() {
  vec2 at = gl_FragCoord.xy + u_parameters[0].xy;
  bool inside = all(greaterThanEqual(at, vec2(0.0))) && all(lessThan(at, u_inputSizes[0]));
  o_colour = inside ? texelFetch(u_inputs[0], ivec2(at), 0) : vec4(0.0);
}`,
      parameters: [filter.left, filter.top, 0, 0],
      size: croppedSize(filter, size),
      inputs: [0],
    },
  ],
  cpu: (filter, work) => {
    work.straighten();
    const { planes, scale } = work;
    const { width, height, y, u, v, alpha } = planes;
    const size = croppedSize(filter, { width: width / scale.x, height: height / scale.y });
    const next = work.temporaryPlanes(
      Math.max(1, Math.ceil(size.width * scale.x)),
      Math.max(1, Math.ceil(size.height * scale.y)),
    );
    const left = filter.left * scale.x;
    const top = filter.top * scale.y;
    const chroma = { width: halfOf(width), height: halfOf(height) };
    const nextChroma = { width: halfOf(next.width), height: halfOf(next.height) };
    work.shift(next.y, next, y, { width, height }, left, top);
    work.shift(next.u, nextChroma, u, chroma, left / 2, top / 2);
    work.shift(next.v, nextChroma, v, chroma, left / 2, top / 2);
    const isPadded = [filter.left, filter.top, filter.right, filter.bottom].some((by) => by < 0);
    if (!alpha && !isPadded) {
      work.replace({ ...next, alpha: null });
      return;
    }
    const whole = work.temporary(width * height);
    if (!alpha) work.kernels.fill(whole, width, width, height, 255);
    work.shift(next.alpha.a, next, alpha?.a ?? whole, { width, height }, left, top);
    // Beyond its edges there is nothing of the picture.
    const clear = (fromX: number, fromY: number, toX: number, toY: number): void => {
      const [x, down] = [Math.max(0, fromX), Math.max(0, fromY)];
      const columns = Math.min(next.width, toX) - x;
      const rows = Math.min(next.height, toY) - down;
      if (columns > 0 && rows > 0)
        work.kernels.fill(next.alpha.a + down * next.width + x, next.width, columns, rows, 0);
    };
    const [startX, startY] = [Math.round(-left), Math.round(-top)];
    const [endX, endY] = [startX + width, startY + height];
    clear(0, 0, startX, next.height);
    clear(endX, 0, next.width, next.height);
    clear(0, 0, next.width, startY);
    clear(0, endY, next.width, next.height);
    work.replace(next);
    work.halve(next.alpha.halfA, next.alpha.a);
  },
};
