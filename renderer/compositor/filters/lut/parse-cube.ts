/** A table of colours by red, green and blue, each in `size` steps from 0 to 1; red runs fastest, then green, then blue. */
export interface Lut {
  readonly size: number;
  /** Three for each colour, 0 to 1. */
  readonly values: Float32Array;
}

/** Why a file is no usable LUT; `line` counts from 1, and is what the words need. */
export interface LutFault {
  readonly reason:
    | "line"
    | "noSize"
    | "size"
    | "domain"
    | "tooFewColours"
    | "tooManyColours"
    | "pictureSize"
    | "unreadable"
    | "tooLarge";
  readonly line?: number;
  /** How many colours there are, and how many there should be. */
  readonly found?: number;
  readonly wanted?: number;
}

export type ParsedLut =
  | { readonly ok: true; readonly lut: Lut }
  | { readonly ok: false; readonly fault: LutFault };

export const largestLutSize = 64;
/** Of a table for each channel alone, as the specification has it. */
const largestCurveSize = 65_536;
/** What such curves become: a table of this many steps. */
const curveLutSize = 64;

const refuse = (fault: LutFault): ParsedLut => ({ ok: false, fault });

/** Three finite numbers, or undefined. */
const triple = (words: readonly string[]): readonly [number, number, number] | undefined => {
  if (
    words.length !== 3 ||
    words.some((word) => !/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(word))
  )
    return undefined;
  const [red = 0, green = 0, blue = 0] = words.map(Number);
  return [red, green, blue].every(Number.isFinite) ? [red, green, blue] : undefined;
};

interface Head {
  kind: "1D" | "3D" | null;
  size: number;
  min: readonly [number, number, number];
  max: readonly [number, number, number];
}

/**
 * A `.cube` file (Cube LUT Specification 1.0, Adobe 2013): 3D tables of 2 to 64 steps, and curves (1D), which become one.
 * A table over another domain than 0 to 1 is read at the places of 0 to 1.
 */
export const parseCube = (text: string): ParsedLut => {
  const head: Head = { kind: null, size: 0, min: [0, 0, 0], max: [1, 1, 1] };
  const colours: number[] = [];
  let domainLine = 0;
  for (const [index, raw] of text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\r|\n/)
    .entries()) {
    const line = index + 1;
    const words = raw.trim().split(/\s+/);
    const [first = ""] = words;
    if (first === "" || first.startsWith("#")) continue;
    if (first === "TITLE") continue;
    if (first === "LUT_3D_SIZE" || first === "LUT_1D_SIZE") {
      const kind = first === "LUT_3D_SIZE" ? "3D" : "1D";
      const size = Number(words[1]);
      const largest = kind === "3D" ? largestLutSize : largestCurveSize;
      if (words.length !== 2 || !Number.isInteger(size) || size < 2 || size > largest)
        return refuse({ reason: "size", line });
      if (head.kind !== null || colours.length > 0) return refuse({ reason: "line", line });
      head.kind = kind;
      head.size = size;
      continue;
    }
    if (first === "DOMAIN_MIN" || first === "DOMAIN_MAX") {
      const values = triple(words.slice(1));
      if (!values || colours.length > 0) return refuse({ reason: "line", line });
      if (first === "DOMAIN_MIN") head.min = values;
      else head.max = values;
      domainLine = line;
      continue;
    }
    if (first === "LUT_3D_INPUT_RANGE" || first === "LUT_1D_INPUT_RANGE") {
      const [min = Number.NaN, max = Number.NaN] = words.slice(1).map(Number);
      if (words.length !== 3 || !(max > min)) return refuse({ reason: "line", line });
      head.min = [min, min, min];
      head.max = [max, max, max];
      continue;
    }
    const colour = triple(words);
    if (!colour) return refuse({ reason: "line", line });
    if (head.kind === null) return refuse({ reason: "noSize", line });
    const wanted = head.kind === "3D" ? head.size ** 3 : head.size;
    if (colours.length === wanted * 3) return refuse({ reason: "tooManyColours", line, wanted });
    colours.push(...colour);
  }
  if (head.kind === null) return refuse({ reason: "noSize", line: 1 });
  if (head.max.some((value, channel) => !(value > (head.min[channel] ?? 0))))
    return refuse({ reason: "domain", line: domainLine });
  const wanted = head.kind === "3D" ? head.size ** 3 : head.size;
  if (colours.length !== wanted * 3)
    return refuse({ reason: "tooFewColours", found: colours.length / 3, wanted });
  return {
    ok: true,
    lut: head.kind === "3D" ? fromCube(head, colours) : fromCurves(head, colours),
  };
};

const clamp = (value: number, most: number): number => Math.min(most, Math.max(0, value));

/** Where of the table's steps a value of 0 to 1 lies, channel by channel. */
const stepOf = ({ min, max, size }: Head, channel: number, value: number): number => {
  const low = min[channel] ?? 0;
  return clamp(((value - low) / ((max[channel] ?? 1) - low)) * (size - 1), size - 1);
};

const fromCube = (head: Head, colours: readonly number[]): Lut => {
  const isUsual = head.min.every((value) => value === 0) && head.max.every((value) => value === 1);
  if (isUsual) return { size: head.size, values: Float32Array.from(colours, (v) => clamp(v, 1)) };
  const table: Lut = { size: head.size, values: Float32Array.from(colours) };
  return lutOf(head.size, (rgb) =>
    readLut(
      table,
      rgb.map((value, channel) => stepOf(head, channel, value) / (head.size - 1)) as unknown as Rgb,
    ),
  );
};

const fromCurves = (head: Head, colours: readonly number[]): Lut =>
  lutOf(
    curveLutSize,
    (rgb) =>
      rgb.map((value, channel) => {
        const step = stepOf(head, channel, value);
        const low = Math.floor(step);
        const at = (index: number) => colours[3 * Math.min(head.size - 1, index) + channel] ?? 0;
        return at(low) + (at(low + 1) - at(low)) * (step - low);
      }) as unknown as Rgb,
  );

export type Rgb = readonly [number, number, number];

/** Of what `change` makes of each step's colour. */
export const lutOf = (size: number, change: (rgb: Rgb) => Rgb): Lut => {
  const values = new Float32Array(3 * size ** 3);
  const last = size - 1;
  let at = 0;
  for (let blue = 0; blue < size; blue += 1)
    for (let green = 0; green < size; green += 1)
      for (let red = 0; red < size; red += 1)
        for (const part of change([red / last, green / last, blue / last]))
          values[at++] = clamp(part, 1);
  return { size, values };
};

/** Between its steps each colour is linear in red, green and blue. */
export const readLut = ({ size, values }: Lut, [red, green, blue]: Rgb): Rgb => {
  const last = size - 1;
  const x = clamp(red, 1) * last;
  const y = clamp(green, 1) * last;
  const z = clamp(blue, 1) * last;
  const [left, top, near] = [
    Math.min(last - 1, Math.floor(x)),
    Math.min(last - 1, Math.floor(y)),
    Math.min(last - 1, Math.floor(z)),
  ];
  const [r, g, b] = [x - left, y - top, z - near];
  const at = 3 * ((near * size + top) * size + left);
  const [stepY, stepZ] = [3 * size, 3 * size * size];
  const along = (from: number): number => {
    const value = values[from] ?? 0;
    return value + ((values[from + 3] ?? 0) - value) * r;
  };
  const plane = (from: number): number => {
    const value = along(from);
    return value + (along(from + stepY) - value) * g;
  };
  const read = (channel: number): number => {
    const low = plane(at + channel);
    return low + (plane(at + channel + stepZ) - low) * b;
  };
  return [read(0), read(1), read(2)];
};
