import type { Size } from "../../../../preload/contract/geometry.ts";
import type { FilterWork } from "../../cpu/filter-work.ts";
import type { Address } from "../../cpu/kernels.ts";
import { halfOf, type Planes } from "../../cpu/planes.ts";
import type { Picture, Rect } from "../../picture.ts";

/** The part of a picture, in shares of its sides, that covers `size` undistorted: its middle. */
export const coveringPart = (picture: Size, size: Size): Rect => {
  const across = size.width / size.height / (picture.width / picture.height);
  const width = Math.min(1, across);
  const height = Math.min(1, 1 / across);
  return { x: (1 - width) / 2, y: (1 - height) / 2, width, height };
};

const halfSize = ({ width, height }: Size): Size => ({
  width: halfOf(width),
  height: halfOf(height),
});

/** How often a picture is halved before it is scaled by `step`: what is left is less than two of its pixels for one. */
const halvingsFor = (step: number): number => Math.max(0, Math.floor(Math.log2(step)));

/** Draws a picture over all of `to`, which is opaque. */
export const coverPlanes = (work: FilterWork, to: Planes, picture: Picture): void => {
  const { pixels } = picture;
  if (pixels instanceof VideoFrame) throw new Error("a background is a still");
  const { data } = pixels;
  const { kernels } = work;
  const rgba = work.temporary(data.byteLength);
  work.view(rgba, data.byteLength).set(data);
  const from = work.temporaryPlanes(picture.width, picture.height);
  kernels.planesOfRgba(
    rgba,
    from.width,
    from.height,
    from.y,
    from.u,
    from.v,
    from.alpha.a,
    from.alpha.halfA,
  );
  const part = coveringPart(picture, to);
  const [left, top] = [part.x * from.width, part.y * from.height];
  const stepX = (part.width * from.width) / to.width;
  const stepY = (part.height * from.height) / to.height;
  const times = Math.min(halvingsFor(stepX), halvingsFor(stepY));
  /** A plane of `from` over one of `to`; of chroma a pixel is `side` of the picture's wide. */
  const scaled = (plane: Address, size: Size, side: 1 | 2): Address => {
    let { width, height } = side === 1 ? from : halfSize(from);
    const halved = work.halved(plane, { width, height }, times);
    for (let step = 0; step < times; step += 1) ({ width, height } = halfSize({ width, height }));
    const dst = work.temporary(size.width * size.height);
    const scale = 2 ** times;
    work.scaled(
      dst,
      size,
      halved,
      { width, height },
      {
        x: (left / side + stepX / 2) / scale - 0.5,
        y: (top / side + stepY / 2) / scale - 0.5,
        stepX: stepX / scale,
        stepY: stepY / scale,
      },
    );
    return dst;
  };
  const chroma = halfSize(to);
  const a = scaled(from.alpha.a, to, 1);
  const halfA = scaled(from.alpha.halfA, chroma, 2);
  for (const [dst, plane, size, side, alpha] of [
    [to.y, from.y, to, 1, a],
    [to.u, from.u, chroma, 2, halfA],
    [to.v, from.v, chroma, 2, halfA],
  ] as const) {
    const count = size.width * size.height;
    kernels.blend(dst, count, scaled(plane, size, side), count, alpha, count, count, 1, 256);
  }
};
