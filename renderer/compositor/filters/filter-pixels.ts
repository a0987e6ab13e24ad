import type { Size } from "../../../preload/contract/geometry.ts";
import type { FilterWork } from "../cpu/filter-work.ts";
import type { Picture, Rect } from "../picture.ts";

/** Straight (not premultiplied) red, green, blue and alpha, 1 being full; colours beyond 0 to 1 are borne. */
export type Rgba = [red: number, green: number, blue: number, alpha: number];

/** Pictures that filters need, by their id: straight RGBA that never changes, but for that of `personId`. */
export type FilterPictures = ReadonlyMap<string, Picture>;

/** Where people are in the picture of the item's source, in greys; absent: nobody knows (yet). */
export const personId = "person";

/** One filter in a fragment shader that others share: colours go through it one by one, straight RGBA from 0 to 1. */
export interface GlStage {
  /**
   * The function `vec4 <kind>(vec4 colour, int at, vec2 place)`; its parameters begin at `u_parameters[at]`, `place` is the
   * pixel's middle. With a picture it also takes that, as a `sampler2D`, premultiplied. It may use `chromaOf`, `lumaOf` and `u_size`; names of its own begin with its kind.
   */
  readonly glsl: string;
  /** For `u_parameters`, four in each. */
  readonly parameters: readonly number[];
  readonly picture?: Picture | undefined;
}

/** A drawing of its own: a fragment shader over all of a picture of `size`. Colours are premultiplied. */
export interface GlPass {
  /**
   * Writes `o_colour`; may read `u_inputs[n]` (sampler2D, linear, clamped), `u_inputSizes[n]`, `u_size` (its own) and
   * `u_parameters`. What is before `main` only: version, precision and these uniforms are there.
   */
  readonly glsl: string;
  readonly parameters: readonly number[];
  readonly size: Size;
  /** What it reads: 0 is what the filter begins with, n the result of the filter's n-th pass. */
  readonly inputs: readonly number[];
  /** Of `u_pictures`, premultiplied; absent: none. */
  readonly pictures?: readonly Picture[];
}

/** What a filter makes of pixels, on every painter; each filter is measured against its `plain` form or that of its test. */
export type FilterPixels<F> =
  /** One colour at a time, without knowing where it lies. */
  | {
      readonly type: "colour";
      readonly plain: (filter: F, pictures: FilterPictures) => (colour: Rgba) => Rgba;
      readonly gl: (filter: F, pictures: FilterPictures) => GlStage;
      /** Null for what a lattice over colours does, together with such filters before and after it: it leaves alpha alone. */
      readonly cpu: ((filter: F, work: FilterWork) => void) | null;
    }
  /** Knows places, not neighbours. */
  | {
      readonly type: "place";
      readonly gl: (filter: F, size: Size, pictures: FilterPictures) => GlStage;
      readonly cpu: (filter: F, work: FilterWork) => void;
    }
  | {
      readonly type: "picture";
      /** Absent: it stays as big as it is. */
      readonly size?: (filter: F, size: Size) => Size;
      /**
       * Of a picture of `size`, in which the source's own picture lies at `source`; the last one's result is the filter's.
       * None where the filter does nothing.
       */
      readonly gl: (
        filter: F,
        size: Size,
        pictures: FilterPictures,
        source: Rect,
      ) => readonly GlPass[];
      readonly cpu: (filter: F, work: FilterWork) => void;
    };
