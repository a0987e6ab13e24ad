/** What filters that know places and neighbours do, said plainly and slowly. */
import type { FilterOf } from "../../../preload/contract/filter.ts";
import { beautyGrid, beautyTerms } from "../../../renderer/compositor/filters/beauty.ts";
import { type Image, imageOf } from "./filtered-pixels.ts";

type Pixel = Image["pixels"][number];
export const clear: Pixel = [0, 0, 0, 0];

export const clamp = (value: number): number => Math.min(1, Math.max(0, value));
export const lumaOf = ([red, green, blue]: readonly number[]): number =>
  0.299 * (red ?? 0) + 0.587 * (green ?? 0) + 0.114 * (blue ?? 0);

/** Numbers of the image's size, and what lies beyond its edges is as these are. */
export interface Field {
  readonly width: number;
  readonly height: number;
  readonly values: readonly number[];
}
export const fieldOf = (
  { width, height, pixels }: Image,
  each: (pixel: Pixel) => number,
): Field => ({
  width,
  height,
  values: pixels.map(each),
});
export const read = ({ width, height, values }: Field, x: number, y: number): number =>
  values[Math.min(height - 1, Math.max(0, y)) * width + Math.min(width - 1, Math.max(0, x))] ?? 0;
export const map = (field: Field, each: (x: number, y: number) => number): Field => ({
  ...field,
  values: field.values.map((_, index) =>
    each(index % field.width, Math.floor(index / field.width)),
  ),
});

export const convolved = (field: Field, weights: readonly number[]): Field => {
  const sum = weights.reduce((all, weight, k) => all + (k === 0 ? weight : 2 * weight), 0);
  const along = (source: Field, dx: number, dy: number): Field =>
    map(source, (x, y) =>
      weights.reduce(
        (all, weight, k) =>
          all +
          (weight / sum) *
            (k === 0
              ? read(source, x, y)
              : read(source, x + k * dx, y + k * dy) + read(source, x - k * dx, y - k * dy)),
        0,
      ),
    );
  return along(along(field, 1, 0), 0, 1);
};

/** Colours times alpha, channel by channel through `change`. */
const byChannels = (image: Image, change: (field: Field) => Field): Image => {
  const alpha = change(fieldOf(image, (pixel) => pixel[3]));
  const colours = [0, 1, 2].map((channel) =>
    change(fieldOf(image, (pixel) => (pixel[channel] ?? 0) * pixel[3])),
  );
  return imageOf(image.width, image.height, (x, y) => {
    const a = read(alpha, x, y);
    const [red, green, blue] = colours.map((field) => (a === 0 ? 0 : read(field, x, y) / a));
    return [red ?? 0, green ?? 0, blue ?? 0, a];
  });
};

export const plainBlur = (image: Image, { radiusPx }: FilterOf<"blur">): Image => {
  const sigma = radiusPx / 2;
  const weights = Array.from({ length: Math.ceil(4 * sigma) + 1 }, (_, k) =>
    Math.exp((-k * k) / (2 * sigma ** 2)),
  );
  return byChannels(image, (field) => convolved(field, weights));
};

export const plainSharpen = (image: Image, { amount }: FilterOf<"sharpen">): Image => {
  const luma = fieldOf(image, lumaOf);
  const around = convolved(luma, [2, 1]);
  return imageOf(image.width, image.height, (x, y) => {
    const [red, green, blue, alpha] = image.pixels[y * image.width + x] ?? clear;
    const detail = 2 * amount * (read(luma, x, y) - read(around, x, y));
    return [clamp(red + detail), clamp(green + detail), clamp(blue + detail), alpha];
  });
};

/** By counting points: how much of a pixel's neighbourhood lies inside is not how painters find it. */
export const plainMask = (image: Image, filter: FilterOf<"mask">): Image => {
  const { width, height } = image;
  const radius = (filter.corner * Math.min(width, height)) / 2;
  const isInside = (x: number, y: number): boolean => {
    if (x < 0 || y < 0 || x > width || y > height) return false;
    if (filter.shape === "ellipse")
      return ((x - width / 2) / (width / 2)) ** 2 + ((y - height / 2) / (height / 2)) ** 2 <= 1;
    const dx = Math.max(radius - x, x - (width - radius), 0);
    const dy = Math.max(radius - y, y - (height - radius), 0);
    return Math.hypot(dx, dy) <= radius || dx === 0 || dy === 0;
  };
  /** How far it is to what lies outside, by looking around. */
  const depth = (x: number, y: number): number => {
    if (!isInside(x, y)) return 0;
    let nearest = filter.featherPx;
    for (let angle = 0; angle < 64; angle += 1) {
      const dx = Math.cos((angle * Math.PI) / 32);
      const dy = Math.sin((angle * Math.PI) / 32);
      let far = 0;
      while (far < nearest && isInside(x + dx * far, y + dy * far)) far += 0.5;
      nearest = Math.min(nearest, far);
    }
    return nearest;
  };
  const grid = [0.125, 0.375, 0.625, 0.875];
  return imageOf(width, height, (x, y) => {
    const [red, green, blue, alpha] = image.pixels[y * width + x] ?? clear;
    const share =
      filter.featherPx > 1
        ? depth(x + 0.5, y + 0.5) / filter.featherPx
        : grid.flatMap((dx) => grid.map((dy) => isInside(x + dx, y + dy))).filter(Boolean).length /
          16;
    return [red, green, blue, alpha * (filter.inverted ? 1 - share : share)];
  });
};

export const plainStencil = (
  image: Image,
  stencil: Image,
  channel: "alpha" | "luma",
  isInverted: boolean,
): Image => {
  const shown = fieldOf(stencil, (pixel) =>
    channel === "alpha" ? pixel[3] : lumaOf(pixel) * pixel[3],
  );
  return imageOf(image.width, image.height, (x, y) => {
    const [red, green, blue, alpha] = image.pixels[y * image.width + x] ?? clear;
    const seen = readBetween(
      shown,
      ((x + 0.5) / image.width) * stencil.width - 0.5,
      ((y + 0.5) / image.height) * stencil.height - 0.5,
    );
    return [red, green, blue, alpha * (isInverted ? 1 - seen : seen)];
  });
};

export const plainCropPad = (
  image: Image,
  { left, top, right, bottom }: FilterOf<"cropPad">,
): Image =>
  imageOf(image.width - left - right, image.height - top - bottom, (x, y) => {
    const [column, row] = [x + left, y + top];
    const isThere = column >= 0 && row >= 0 && column < image.width && row < image.height;
    return isThere ? (image.pixels[row * image.width + column] ?? clear) : clear;
  });

const rise = (value: number, from: number, to: number): number => {
  const t = clamp((value - from) / (to - from));
  return t * t * (3 - 2 * t);
};

/** The mean of the window, of what of it lies inside. */
export const boxed = (field: Field, radius: number): Field =>
  map(field, (x, y) => {
    let sum = 0;
    let count = 0;
    for (let j = Math.max(0, y - radius); j <= Math.min(field.height - 1, y + radius); j += 1)
      for (let i = Math.max(0, x - radius); i <= Math.min(field.width - 1, x + radius); i += 1) {
        sum += read(field, i, j);
        count += 1;
      }
    return sum / count;
  });

export const shrunk = (field: Field, halvings: number, width: number, height: number): Field => {
  const side = 2 ** halvings;
  return {
    width,
    height,
    values: Array.from({ length: width * height }, (_, index) => {
      const x = (index % width) * side;
      const y = Math.floor(index / width) * side;
      let sum = 0;
      for (let j = 0; j < side; j += 1)
        for (let i = 0; i < side; i += 1) sum += read(field, x + i, y + j);
      return sum / side ** 2;
    }),
  };
};

/** Between the small field's points. */
export const readBetween = (field: Field, x: number, y: number): number => {
  const [column, row] = [Math.floor(x), Math.floor(y)];
  const mix = (a: number, b: number, share: number): number => a + (b - a) * share;
  return mix(
    mix(read(field, column, row), read(field, column + 1, row), x - column),
    mix(read(field, column, row + 1), read(field, column + 1, row + 1), x - column),
    y - row,
  );
};

export const plainBeauty = (image: Image, filter: FilterOf<"beauty">): Image => {
  const { halvings, width, height, radius } = beautyGrid(image);
  const { smooth, eps, whiten, cb, cr } = beautyTerms(filter);
  const small = (each: (pixel: Pixel) => number): Field =>
    shrunk(fieldOf(image, each), halvings, width, height);
  const [red, green, blue] = [small((p) => p[0]), small((p) => p[1]), small((p) => p[2])];
  const luma = map(red, (x, y) => lumaOf([red, green, blue].map((field) => read(field, x, y))));
  const skinny = map(red, (x, y) => {
    const own = read(luma, x, y);
    const du = ((read(blue, x, y) - own) / 1.772 + 0.095) / 0.115;
    const dv = ((read(red, x, y) - own) / 1.402 - 0.095) / 0.085;
    return (1 - rise(Math.hypot(du, dv), 0.55, 1.35)) * rise(own, 0.12, 0.3);
  });
  const skin = boxed(skinny, radius);
  const mean = boxed(luma, radius);
  const squares = boxed(
    map(luma, (x, y) => read(luma, x, y) ** 2),
    radius,
  );
  const steep = map(luma, (x, y) => {
    const variance = Math.max(0, read(squares, x, y) - read(mean, x, y) ** 2);
    return variance / (variance + eps);
  });
  const factors = boxed(steep, radius);
  const offsets = boxed(
    map(luma, (x, y) => (1 - read(steep, x, y)) * read(mean, x, y)),
    radius,
  );
  const factor = map(luma, (x, y) => 1 + smooth * read(skin, x, y) * (read(factors, x, y) - 1));
  const offset = map(luma, (x, y) => {
    const t = clamp(read(mean, x, y));
    const lift = whiten * 0.64 * t * (1 - t) * read(skin, x, y);
    return smooth * read(skin, x, y) * read(offsets, x, y) + lift;
  });
  const side = 2 ** halvings;
  return imageOf(image.width, image.height, (x, y) => {
    const [r, g, b, alpha] = image.pixels[y * image.width + x] ?? clear;
    const place = [(x + 0.5) / side - 0.5, (y + 0.5) / side - 0.5] as const;
    const own = lumaOf([r, g, b]);
    const change = readBetween(factor, ...place) * own + readBetween(offset, ...place) - own;
    const here = readBetween(skin, ...place);
    const u = (here * cb) / 224;
    const v = (here * cr) / 224;
    return [
      clamp(r + change + 1.402 * v),
      clamp(g + change - 0.344_136 * u - 0.714_136 * v),
      clamp(b + change + 1.772 * u),
      alpha,
    ];
  });
};
