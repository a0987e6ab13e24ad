import type { BlendMode } from "../../../preload/contract/scene.ts";
import { type Affine, compose, cornersOf, hullOf, invert } from "../affine.ts";
import { edgesOf } from "../edges.ts";
import type { Rect } from "../picture.ts";
import type { Address, Kernels } from "./kernels.ts";
import type { PlaneMemory } from "./plane-memory.ts";
import { halfOf, type Planes } from "./planes.ts";

const modes: Readonly<Record<Exclude<BlendMode, "normal">, number>> = {
  additive: 1,
  subtract: 2,
  screen: 3,
  multiply: 4,
  lighten: 5,
  darken: 6,
};

const upright: Affine = { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 };
const fixed = 65_536;
/** Kernels write rows in groups of this many bytes. */
const groupBytes = 16;

/** The last even number that is not beyond. */
const even = (value: number): number => 2 * Math.floor(value / 2);

/** A rectangle of whole blocks of 2 x 2 pixels of the ground, with room for what is drawn there. */
interface Patch {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly stride: number;
  readonly halfStride: number;
  readonly bytes: Address;
  /** How much of each pixel is covered, and of each block. */
  readonly mask: Address;
  readonly halfMask: Address;
  /** Premultiplied; A and its half are the mask where the picture is opaque. */
  readonly planes: readonly [Address, Address, Address];
  readonly ownA: Address;
  readonly ownHalfA: Address;
  alpha: { readonly a: Address; readonly halfA: Address };
  readonly rect: Rect;
  readonly map: Affine;
}

/**
 * Draws what is turned, or mixed otherwise than by laying one over the other: sampled pixel by pixel into planes of its
 * own with an alpha, then blended plane by plane or mixed as RGB.
 */
export class SlopingPainter {
  readonly #memory: PlaneMemory;
  readonly #kernels: Kernels;

  constructor(memory: PlaneMemory, kernels: Kernels) {
    this.#memory = memory;
    this.#kernels = kernels;
  }

  /** What `rect` touches after `map`; null where that is nothing. Every patch that is begun has to be ended. */
  begin(
    ground: { readonly width: number; readonly height: number },
    rect: Rect,
    map: Affine = upright,
  ): Patch | null {
    const corners = cornersOf(rect, map);
    const hull = hullOf(corners);
    const x = Math.max(0, even(hull.x));
    const y = Math.max(0, even(hull.y));
    const width = Math.min(ground.width, -even(-(hull.x + hull.width))) - x;
    const height = Math.min(ground.height, -even(-(hull.y + hull.height))) - y;
    if (width <= 0 || height <= 0) return null;
    const stride = Math.ceil(width / groupBytes) * groupBytes;
    const halfStride = stride / 2;
    const luma = stride * height;
    const chroma = halfStride * halfOf(height);
    const edgeBytes = 32;
    // Halving rows needs room for a plane of half the height.
    const bytes = this.#memory.allocate(edgeBytes + 3 * luma + 4 * chroma + luma);
    const mask = bytes + edgeBytes;
    const halfMask = mask + luma;
    const first = halfMask + chroma;
    const ownA = first + luma + 2 * chroma;
    const ownHalfA = ownA + luma;
    const halved = ownHalfA + chroma;
    const edges = new Float32Array(edgesOf(corners));
    this.#memory.view(bytes, edgeBytes).set(new Uint8Array(edges.buffer));
    this.#kernels.coverage(mask, stride, x, y, stride, height, bytes, 2);
    this.#kernels.halveRows(halved, mask, stride, height);
    this.#kernels.halveColumns(halfMask, halved, stride, halfOf(height));
    const planes = [first, first + luma, first + luma + chroma] as const;
    const alpha = { a: mask, halfA: halfMask };
    return {
      x,
      y,
      width,
      height,
      stride,
      halfStride,
      bytes,
      mask,
      halfMask,
      planes,
      ownA,
      ownHalfA,
      alpha,
      rect,
      map,
    };
  }

  /** One colour: its Y, U and V. */
  fill(patch: Patch, colour: readonly [number, number, number]): void {
    for (const [index, value] of colour.entries()) {
      const { at, mask, stride, area } = planeOf(patch, index);
      this.#kernels.fill(at, stride, stride, area.height, value);
      this.#kernels.premultiply(at, at, mask, stride * area.height);
    }
  }

  /** The part `from` of planes, in their pixels. */
  sample(patch: Patch, planes: Planes, from: Rect): void {
    const { rect, map } = patch;
    const scaleX = from.width / rect.width;
    const scaleY = from.height / rect.height;
    const toPart: Affine = {
      a: scaleX,
      b: 0,
      c: 0,
      d: scaleY,
      e: from.x - rect.x * scaleX,
      f: from.y - rect.y * scaleY,
    };
    const toSource = compose(toPart, invert(map));
    const { alpha } = planes;
    const sources = [planes.y, planes.u, planes.v, ...(alpha ? [alpha.a, alpha.halfA] : [])];
    this.take(patch, alpha !== null, (index, { at, mask, stride, every, area }) => {
      const [sourceWidth, sourceHeight] =
        every === 1 ? [planes.width, planes.height] : [halfOf(planes.width), halfOf(planes.height)];
      // The middle of the patch's first pixel.
      const x = patch.x + every / 2;
      const y = patch.y + every / 2;
      const [minX, maxX] = within(from.x / every, from.width / every, sourceWidth);
      const [minY, maxY] = within(from.y / every, from.height / every, sourceHeight);
      this.#kernels.fill(at, stride, stride, area.height, 0);
      this.#kernels.turn(
        at,
        stride,
        area.width,
        area.height,
        sources[index] ?? 0,
        sourceWidth,
        Math.round(((toSource.a * x + toSource.c * y + toSource.e) / every - 0.5) * fixed),
        Math.round(((toSource.b * x + toSource.d * y + toSource.f) / every - 0.5) * fixed),
        Math.round(toSource.a * fixed),
        Math.round(toSource.b * fixed),
        Math.round(toSource.c * fixed),
        Math.round(toSource.d * fixed),
        minX,
        maxX,
        minY,
        maxY,
        mask,
        stride,
      );
    });
  }

  /** `draw` fills each plane of the patch, by its index in Y, U, V, A and A's half; without `hasAlpha` the first three. */
  take(
    patch: Patch,
    hasAlpha: boolean,
    draw: (index: number, plane: ReturnType<typeof planeOf>) => void,
  ): void {
    if (hasAlpha) patch.alpha = { a: patch.ownA, halfA: patch.ownHalfA };
    for (let index = 0; index < (hasAlpha ? 5 : 3); index += 1) {
      const plane = planeOf(patch, index);
      draw(index, plane);
      const { at, mask, stride, area } = plane;
      this.#kernels.premultiply(at, at, mask, stride * area.height);
    }
  }

  end(
    patch: Patch,
    ground: { readonly width: number; readonly planes: Planes },
    blend: Exclude<BlendMode, "normal"> | undefined,
    opacity256: number,
  ): void {
    const { x, y, width, height, stride, halfStride, alpha } = patch;
    const { planes } = ground;
    const halfWidth = halfOf(ground.width);
    const luma = y * ground.width + x;
    const chroma = (y / 2) * halfWidth + x / 2;
    const [srcY, srcU, srcV] = patch.planes;
    const kernels = this.#kernels;
    const lay = (dst: Address, src: Address, every: 1 | 2): void =>
      kernels.blend(
        dst + (every === 1 ? luma : chroma),
        every === 1 ? ground.width : halfWidth,
        src,
        every === 1 ? stride : halfStride,
        every === 1 ? alpha.a : alpha.halfA,
        every === 1 ? stride : halfStride,
        width / every,
        height / every,
        opacity256,
      );
    if (blend)
      kernels.mixColours(
        modes[blend],
        width,
        height,
        opacity256,
        planes.y + luma,
        planes.u + chroma,
        planes.v + chroma,
        ground.width,
        halfWidth,
        planes.alpha ? planes.alpha.a + luma : 0,
        planes.alpha ? planes.alpha.halfA + chroma : 0,
        srcY,
        srcU,
        srcV,
        alpha.a,
        alpha.halfA,
        stride,
        halfStride,
      );
    else {
      lay(planes.y, srcY, 1);
      lay(planes.u, srcU, 2);
      lay(planes.v, srcV, 2);
    }
    if (planes.alpha) {
      lay(planes.alpha.a, alpha.a, 1);
      lay(planes.alpha.halfA, alpha.halfA, 2);
    }
    this.#memory.free(patch.bytes);
  }
}

/** The patch's plane for Y, U, V, A and A's half. */
const planeOf = (patch: Patch, index: number) => {
  const every = index === 0 || index === 3 ? 1 : 2;
  const own = [...patch.planes, patch.ownA, patch.ownHalfA];
  return {
    at: own[index] ?? 0,
    every,
    mask: every === 1 ? patch.mask : patch.halfMask,
    stride: every === 1 ? patch.stride : patch.halfStride,
    /** In the plane's pixels. */
    area: {
      x: patch.x / every,
      y: patch.y / every,
      width: patch.width / every,
      height: patch.height / every,
    },
  } as const;
};

/** The first and the last pixel of a plane that a part of it may be read from. */
const within = (start: number, length: number, size: number): readonly [number, number] => {
  const first = Math.min(size - 1, Math.max(0, Math.floor(start)));
  return [first, Math.max(first, Math.min(size - 1, Math.ceil(start + length) - 1))];
};
