import type { FilterOf } from "../../../preload/contract/filter.ts";
import type { FilterPixels } from "./filter-pixels.ts";

/** Blue and red difference of a colour in BT.601 limited range, each from 0 to 1 with grey at 128/255. */
export interface Chroma {
  readonly cb: number;
  readonly cr: number;
}

/** What a chroma key makes of one chroma: how much of it is seen (0 to 1), and how much of its colour stays (0 to 1). */
export interface Keyed {
  readonly alpha: number;
  readonly saturation: number;
}

/** `red`, `green` and `blue` from 0 to 255 (ITU-R BT.601-7, section 2.5). */
export const chromaOf = (red: number, green: number, blue: number): Chroma => ({
  cb: (128 + (-37.797 * red - 74.203 * green + 112 * blue) / 255) / 255,
  cr: (128 + (112 * red - 93.786 * green - 18.214 * blue) / 255) / 255,
});

/** `colour` is `#rrggbb`, of which the rest is ignored. */
export const chromaOfColour = (colour: string): Chroma => {
  const value = Number.parseInt(colour.slice(1, 7), 16);
  return chromaOf((value >> 16) & 255, (value >> 8) & 255, value & 255);
};

/** From 0 at `from` to 1 over `width`, easing in; a step where there is no width. */
export const rise = (value: number, from: number, width: number): number => {
  if (value <= from) return 0;
  return width === 0 ? 1 : Math.min(1, (value - from) / width) ** 1.5;
};

/** `rise` in a shader; `name` begins with a filter's kind. */
export const riseGlsl = (name: string): string => `
float ${name}(float value, float from, float width) {
  if (value <= from) return 0.0;
  return width == 0.0 ? 1.0 : pow(min(1.0, (value - from) / width), 1.5);
}`;

export const keyOf = (filter: FilterOf<"chromaKey">): ((chroma: Chroma) => Keyed) => {
  const key = chromaOfColour(filter.colour);
  return ({ cb, cr }) => {
    const distance = Math.hypot(cb - key.cb, cr - key.cr);
    return {
      alpha: rise(distance, filter.similarity, filter.smoothness),
      saturation: rise(distance, filter.similarity, filter.spill),
    };
  };
};

/** Entries of one table: every chroma, at `u * 256 + v`. */
export const keyTableBytes = 65_536;

/** What the key makes of every chroma: U, V and alpha, one table after the other. */
export const keyTables = (filter: FilterOf<"chromaKey">): Uint8Array => {
  const key = keyOf(filter);
  const tables = new Uint8Array(3 * keyTableBytes);
  for (let at = 0; at < keyTableBytes; at += 1) {
    const u = at >> 8;
    const v = at & 255;
    const { alpha, saturation } = key({ cb: u / 255, cr: v / 255 });
    tables[at] = Math.round(128 + (u - 128) * saturation);
    tables[keyTableBytes + at] = Math.round(128 + (v - 128) * saturation);
    tables[2 * keyTableBytes + at] = Math.round(alpha * 255);
  }
  return tables;
};

export const chromaKey: FilterPixels<FilterOf<"chromaKey">> = {
  type: "colour",
  plain: (filter) => {
    const key = keyOf(filter);
    return ([red, green, blue, alpha]) => {
      const keyed = key(chromaOf(red * 255, green * 255, blue * 255));
      const luma = 0.299 * red + 0.587 * green + 0.114 * blue;
      const part = (value: number) => luma + (value - luma) * keyed.saturation;
      return [part(red), part(green), part(blue), alpha * keyed.alpha];
    };
  },
  gl: (filter) => {
    const { cb, cr } = chromaOfColour(filter.colour);
    return {
      glsl: `${riseGlsl("chromaKeyRise")}
vec4 chromaKey(vec4 colour, int at, vec2 place) {
  vec4 key = u_parameters[at];
  float spill = u_parameters[at + 1].x;
  float away = distance(chromaOf(colour.rgb), key.xy);
  vec3 kept = mix(vec3(lumaOf(colour.rgb)), colour.rgb, chromaKeyRise(away, key.z, spill));
  return vec4(kept, colour.a * chromaKeyRise(away, key.z, key.w));
}`,
      parameters: [cb, cr, filter.similarity, filter.smoothness, filter.spill, 0, 0, 0],
    };
  },
  cpu: (filter, work) => {
    const { colour, similarity, smoothness, spill } = filter;
    const tables = work.kept(
      `chromaKey ${colour} ${similarity} ${smoothness} ${spill}`,
      3 * keyTableBytes,
      (at) => work.view(at, 3 * keyTableBytes).set(keyTables(filter)),
    );
    work.straighten();
    const { planes } = work;
    const keyed = work.temporaryPlanes(planes.width, planes.height);
    work.kernels.lookUp(
      planes.u,
      planes.v,
      work.chromaCount,
      tables,
      tables + keyTableBytes,
      tables + 2 * keyTableBytes,
      planes.u,
      planes.v,
      keyed.alpha.halfA,
    );
    work.kernels.double(keyed.alpha.a, planes.width, planes.height, keyed.alpha.halfA, work.row);
    work.multiplyAlpha(keyed.alpha);
  },
};
