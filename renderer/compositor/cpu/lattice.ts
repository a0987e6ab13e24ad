import type { Rgba } from "../filters/filter-pixels.ts";

/** Nodes along each of luma and the two chromas, eight values apart. */
const nodes = 33;
const spacing = 8;
/** A node is luma and both chromas in 64ths, and one value that is not used; 16 bits each. */
const perNode = 4;
export const latticeBytes = nodes ** 3 * perNode * 2;

/**
 * How far beyond what a screen shows colours go on: about a node's distance, so that a lattice bends only where something
 * is cut off.
 */
const marginIn = 0.2;
const marginOut = 0.045;
const within = (value: number, margin: number): number =>
  Math.min(1 + margin, Math.max(-margin, value));

/**
 * What `change` makes of colours, sampled over BT.601 limited range; the kernel `grade` reads between the nodes. A node's
 * place is `((u * 33 + v) * 33 + y) * 4`.
 */
export const makeLattice = (change: (colour: Rgba) => Rgba): Int16Array<ArrayBuffer> => {
  const lattice = new Int16Array(nodes ** 3 * perNode);
  let at = 0;
  for (let u = 0; u < nodes; u += 1)
    for (let v = 0; v < nodes; v += 1)
      for (let y = 0; y < nodes; y += 1) {
        const luma = (y * spacing - 16) / 219;
        const cb = (u * spacing - 128) / 224;
        const cr = (v * spacing - 128) / 224;
        const [r, g, b] = change([
          within(luma + 1.402 * cr, marginIn),
          within(luma - 0.344_136 * cb - 0.714_136 * cr, marginIn),
          within(luma + 1.772 * cb, marginIn),
          1,
        ]);
        const [red, green, blue] = [
          within(r, marginOut),
          within(g, marginOut),
          within(b, marginOut),
        ];
        const own = 0.299 * red + 0.587 * green + 0.114 * blue;
        lattice[at] = Math.round((16 + 219 * own) * 64);
        lattice[at + 1] = Math.round((128 + (224 * (blue - own)) / 1.772) * 64);
        lattice[at + 2] = Math.round((128 + (224 * (red - own)) / 1.402) * 64);
        at += perNode;
      }
  return lattice;
};
