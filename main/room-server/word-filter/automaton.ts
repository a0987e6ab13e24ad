/**
 * Aho-Corasick (Communications of the ACM 18(6), 1975) over whole numbers, in typed arrays: 20 bytes a node, and 8 to 16
 * for the hash table of the edges. It finds all patterns in one pass whose steps are at most twice the text's length, and one
 * more for each find.
 */
export interface Automaton {
  readonly nodes: number;
  readonly bytes: number;
  /** Calls `found` with the index of a pattern and the index after its last symbol; answers how many steps it took. */
  scan(codes: readonly number[], found: (pattern: number, end: number) => void): number;
}

/** Patterns one after the other: pattern `i` is `codes` from `offsets[i]` to `offsets[i + 1]`; none is empty. */
export interface Patterns {
  readonly codes: Int32Array;
  readonly offsets: Int32Array;
}

const none = -1;
/** Work between two yields, in symbols or nodes. */
const workPerYield = 2_000;

/** Yields after pieces of work of less than a millisecond or so, so that a caller can do others' work in between. */
export function* buildAutomaton({ codes, offsets }: Patterns): Generator<void, Automaton, void> {
  const count = offsets.length - 1;
  const most = codes.length + 1;
  const symbolOf = new Map<number, number>();
  let parents = new Int32Array(most);
  let symbols = new Int32Array(most);
  const depths = new Uint16Array(most);
  /** The first pattern that ends here; `nextPatterns` chains those that are the same. */
  let outputs = new Int32Array(most).fill(none);
  const nextPatterns = new Int32Array(count).fill(none);
  const tableFor = (entries: number): Int32Array =>
    new Int32Array(2 ** (32 - Math.clz32(entries * 2))).fill(none);
  let slots = tableFor(most);
  const slotOf = (node: number, symbol: number): number => {
    const mixed = Math.imul(node, 0x9e_37_79_b1) ^ Math.imul(symbol, 0x85_eb_ca_6b);
    const mask = slots.length - 1;
    let slot = (mixed ^ (mixed >>> 15)) & mask;
    for (;;) {
      const child = slots[slot] as number;
      if (child === none || (parents[child] === node && symbols[child] === symbol)) return slot;
      slot = (slot + 1) & mask;
    }
  };

  let nodes = 1;
  let deepest = 0;
  let work = 0;
  for (let pattern = 0; pattern < count; pattern += 1) {
    let node = 0;
    const end = offsets[pattern + 1] as number;
    for (let at = offsets[pattern] as number; at < end; at += 1) {
      const code = codes[at] as number;
      let symbol = symbolOf.get(code);
      if (symbol === undefined) symbolOf.set(code, (symbol = symbolOf.size));
      const slot = slotOf(node, symbol);
      let child = slots[slot] as number;
      if (child === none) {
        child = nodes++;
        slots[slot] = child;
        parents[child] = node;
        symbols[child] = symbol;
        depths[child] = (depths[node] as number) + 1;
        deepest = Math.max(deepest, depths[child] as number);
      }
      node = child;
      work += 1;
    }
    nextPatterns[pattern] = outputs[node] as number;
    outputs[node] = pattern;
    if (work >= workPerYield) {
      work = 0;
      yield;
    }
  }

  // Words that begin alike have fewer nodes than symbols.
  slots = tableFor(nodes);
  for (let node = 1; node < nodes; node += 1) {
    slots[slotOf(parents[node] as number, symbols[node] as number)] = node;
    work += 1;
    if (work >= workPerYield) {
      work = 0;
      yield;
    }
  }

  const roots = new Int32Array(symbolOf.size);
  /** Nodes by depth, since a failure link leads to a node that is less deep. */
  const firstOfDepth = new Int32Array(deepest + 2);
  for (let node = 0; node < nodes; node += 1)
    firstOfDepth[(depths[node] as number) + 1] =
      (firstOfDepth[(depths[node] as number) + 1] as number) + 1;
  for (let depth = 1; depth < firstOfDepth.length; depth += 1)
    firstOfDepth[depth] = (firstOfDepth[depth] as number) + (firstOfDepth[depth - 1] as number);
  yield;
  const order = new Int32Array(nodes);
  for (let node = 0; node < nodes; node += 1) {
    const depth = depths[node] as number;
    order[firstOfDepth[depth] as number] = node;
    firstOfDepth[depth] = (firstOfDepth[depth] as number) + 1;
  }
  yield;

  /** Where to go on when no child fits, and the next node on that way at which a pattern ends (or none). */
  const failures = new Int32Array(nodes);
  const nextOutputs = new Int32Array(nodes).fill(none);
  for (let index = 1; index < nodes; index += 1) {
    const node = order[index] as number;
    const symbol = symbols[node] as number;
    const parent = parents[node] as number;
    let failure = 0;
    if (parent === 0) roots[symbol] = node;
    else {
      let candidate = failures[parent] as number;
      for (;;) {
        work += 1;
        if (candidate === 0) {
          failure = roots[symbol] as number;
          break;
        }
        const child = slots[slotOf(candidate, symbol)] as number;
        if (child !== none) {
          failure = child;
          break;
        }
        candidate = failures[candidate] as number;
      }
    }
    failures[node] = failure;
    nextOutputs[node] = outputs[failure] === none ? (nextOutputs[failure] as number) : failure;
    work += 1;
    if (work >= workPerYield) {
      work = 0;
      yield;
    }
  }

  parents = parents.slice(0, nodes);
  symbols = symbols.slice(0, nodes);
  outputs = outputs.slice(0, nodes);
  const arrays = [parents, symbols, outputs, failures, nextOutputs, nextPatterns, slots, roots];

  return {
    nodes,
    bytes: arrays.reduce((sum, { byteLength }) => sum + byteLength, 0),
    scan(text, found) {
      let node = 0;
      let steps = 0;
      for (let at = 0; at < text.length; at += 1) {
        steps += 1;
        const symbol = symbolOf.get(text[at] as number);
        if (symbol === undefined) {
          node = 0;
          continue;
        }
        let child = none;
        while (node !== 0 && (child = slots[slotOf(node, symbol)] as number) === none) {
          node = failures[node] as number;
          steps += 1;
        }
        node = node === 0 ? (roots[symbol] as number) : child;
        let output = outputs[node] === none ? (nextOutputs[node] as number) : node;
        for (; output !== none; output = nextOutputs[output] as number)
          for (
            let pattern = outputs[output] as number;
            pattern !== none;
            pattern = nextPatterns[pattern] as number
          ) {
            steps += 1;
            found(pattern, at + 1);
          }
      }
      return steps;
    },
  };
}
