import { expect } from "vitest";
import type { Picture } from "../../../../renderer/compositor/picture.ts";
import type { AlertAnimation, AlertSender } from "../../../../renderer/gifts/players/player.ts";
import type { Failure } from "../../../../preload/contract/result.ts";
import { type OpenOptions, openPlayer } from "../../../../renderer/gifts/players/open-player.ts";

// The bundler would make a list of the files in one folder of a URL that it understands. Not in a test's own file: its URL
// is another.
const here = import.meta.url;
/** Where `gifts/` has the fixtures' catalogue and its files. */
export const fixturesUrl = new URL("../../../fixtures/", here).href;

/** A file below tests/fixtures/gifts. */
export const fixture = async (name: string): Promise<Uint8Array<ArrayBuffer>> => {
  const answer = await fetch(new URL(`gifts/${name}`, fixturesUrl));
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
};

export const open = async (
  name: string,
  options: Readonly<Partial<OpenOptions>> = {},
  bytes?: Uint8Array<ArrayBuffer>,
): Promise<AlertAnimation> => {
  const opened = await openPlayer(bytes ?? (await fixture(name)), { ...options, id: name });
  if (!opened.ok) throw new Error(`${name}: ${opened.error.code} ${opened.error.detail ?? ""}`);
  return opened.value;
};

/** Why the file cannot be opened, or not be shown at a time; undefined where it can. */
export const failureOf = async (
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
  tMs: number,
  options: Readonly<Partial<OpenOptions>> = {},
): Promise<Failure | undefined> => {
  const opened = await openPlayer(bytes, { ...options, id: name });
  if (!opened.ok) return opened.error;
  const prepared = await opened.value.prepare(tMs);
  const shown = opened.value.frameAt(tMs) !== undefined;
  const { failure } = opened.value;
  opened.value.close();
  if (shown !== prepared.ok || (failure === undefined) !== prepared.ok)
    throw new Error(`${name} is both shown and not`);
  return failure;
};

/** The decoded picture of a time. */
export const pictureAt = async (
  animation: AlertAnimation,
  tMs: number,
  sender?: AlertSender,
): Promise<Picture> => {
  const prepared = await animation.prepare(tMs);
  if (!prepared.ok) throw new Error(`${prepared.error.code} ${prepared.error.detail ?? ""}`);
  const picture = animation.frameAt(tMs, sender);
  if (!picture) throw new Error(`no picture at ${tMs} ms`);
  return picture;
};

/** Straight red, green, blue and alpha. */
export const pixelOf = ({ pixels, width }: Picture, x: number, y: number): readonly number[] => {
  if (pixels instanceof VideoFrame) throw new Error("not pixels");
  return [...pixels.data.subarray(4 * (y * width + x), 4 * (y * width + x) + 4)];
};

/** Of what has no colour only the alpha counts. */
export const expectPixel = (
  picture: Picture,
  [x, y]: readonly [number, number],
  wanted: readonly [number, number, number, number],
  tolerance: number,
): void => {
  const found = pixelOf(picture, x, y);
  const differences = wanted.map((value, index) => Math.abs(value - (found[index] ?? 999)));
  const counted = wanted[3] === 0 ? differences.slice(3) : differences;
  expect(
    Math.max(...counted),
    `[${found.join()}] at ${x}, ${y}, not [${wanted.join()}]`,
  ).toBeLessThanOrEqual(tolerance);
};

/** What scripts/make-gift-fixtures.mjs draws: a frame's colour, a third opaque, a third half, a third empty. */
export const frameColours = [
  [220, 40, 40],
  [40, 200, 40],
  [40, 60, 220],
  [220, 210, 40],
  [210, 40, 210],
  [240, 240, 240],
] as const;
