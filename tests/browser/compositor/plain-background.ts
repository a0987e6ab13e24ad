/** What the background filter does, said plainly and slowly. */
import type { FilterOf } from "../../../preload/contract/filter.ts";
import { backgroundEdge, backgroundGrid } from "../../../renderer/compositor/filters/background.ts";
import { type Image, imageOf } from "./filtered-pixels.ts";
import {
  boxed,
  clamp,
  clear,
  convolved,
  type Field,
  fieldOf,
  lumaOf,
  map,
  read,
  readBetween,
  shrunk,
} from "./plain-filters.ts";

const sum = (a: Field, b: Field): Field => map(a, (x, y) => read(a, x, y) + read(b, x, y));
const product = (a: Field, b: Field): Field => map(a, (x, y) => read(a, x, y) * read(b, x, y));

/** How far inside of a person: 0 to 1 within `reach` of `middle`. */
const risen = (share: number, middle: number, reach: number): number =>
  clamp((share - middle + reach) / (2 * reach));

const bell = (sigma: number): number[] =>
  Array.from({ length: Math.ceil(4 * sigma) + 1 }, (_, k) => Math.exp((-k * k) / (2 * sigma ** 2)));

/** The picture's colour at a place of what it covers, over `below`. */
const coveredBy =
  (picture: Image, size: { readonly width: number; readonly height: number }, below: number[]) =>
  (x: number, y: number): number[] => {
    const scale = Math.min(picture.width / size.width, picture.height / size.height);
    const at = (channel: number) =>
      readBetween(
        fieldOf(picture, (pixel) => (pixel[channel] ?? 0) * (channel === 3 ? 1 : pixel[3])),
        picture.width / 2 + (x + 0.5 - size.width / 2) * scale - 0.5,
        picture.height / 2 + (y + 0.5 - size.height / 2) * scale - 0.5,
      );
    const rest = 1 - at(3);
    return below.map((own, channel) => at(channel) + own * rest);
  };

/** `mask`: shares of a person in its red, over the part of the image that begins at `at`; null: nobody knows. */
export const plainBackground = (
  image: Image,
  filter: FilterOf<"background">,
  { mask, picture }: { readonly mask: Image | null; readonly picture: Image },
): Image => {
  const { halvings, width, height, radius } = backgroundGrid(image);
  const { middle, reach } = backgroundEdge(filter);
  const side = 2 ** halvings;
  const small = (each: (pixel: Image["pixels"][number]) => number): Field =>
    shrunk(fieldOf(image, each), halvings, width, height);
  const colours = [small((p) => p[0]), small((p) => p[1]), small((p) => p[2])] as const;
  const luma = map(colours[0], (x, y) => lumaOf(colours.map((field) => read(field, x, y))));
  const none = map(luma, () => 0);
  let [a, b] = [none, none];
  if (mask) {
    const shares = fieldOf(mask, (pixel) => pixel[0]);
    const share = map(luma, (x, y) =>
      readBetween(
        shares,
        ((x + 0.5) * side * mask.width) / image.width - 0.5,
        ((y + 0.5) * side * mask.height) / image.height - 0.5,
      ),
    );
    const [meanLuma, meanShare] = [boxed(luma, radius), boxed(share, radius)];
    const both = boxed(product(luma, share), radius);
    const squares = boxed(product(luma, luma), radius);
    const steep = map(luma, (x, y) => {
      const mean = read(meanLuma, x, y);
      const variance = Math.max(0, read(squares, x, y) - mean ** 2);
      return (read(both, x, y) - mean * read(meanShare, x, y)) / (variance + 0.01);
    });
    const level = sum(
      meanShare,
      map(luma, (x, y) => -read(steep, x, y) * read(meanLuma, x, y)),
    );
    [a, b] = [boxed(steep, radius), boxed(level, radius)];
  }
  const weights = map(luma, (x, y) => {
    const share = read(a, x, y) * read(luma, x, y) + read(b, x, y);
    return Math.max(16 / 255, 1 - risen(share, middle - reach - 0.125, 0.125));
  });
  const sigma = filter.radiusPx / 2 / side;
  const weight = convolved(weights, bell(sigma));
  const blurred = colours.map((field) => convolved(product(field, weights), bell(sigma)));
  const below = [1, 3, 5].map((at) => Number.parseInt(filter.colour.slice(at, at + 2), 16) / 255);
  const cover = coveredBy(picture, image, below);
  return imageOf(image.width, image.height, (x, y) => {
    const pixel = image.pixels[y * image.width + x] ?? clear;
    const place = [(x + 0.5) / side - 0.5, (y + 0.5) / side - 0.5] as const;
    const share = readBetween(a, ...place) * lumaOf(pixel) + readBetween(b, ...place);
    const seen = mask ? risen(share, middle, reach) : 0;
    if (filter.mode === "transparent") return [pixel[0], pixel[1], pixel[2], pixel[3] * seen];
    const behind =
      filter.mode === "blur"
        ? blurred.map((field) => readBetween(field, ...place) / readBetween(weight, ...place))
        : filter.mode === "picture"
          ? cover(x, y)
          : below;
    const own = filter.mode === "blur" ? seen : seen * pixel[3];
    const [red, green, blue] = behind.map(
      (other, channel) => (pixel[channel] ?? 0) * own + other * (1 - own),
    );
    return [red ?? 0, green ?? 0, blue ?? 0, filter.mode === "blur" ? pixel[3] : 1];
  });
};
