export interface Codec {
  /** @throws TypeError "An object could not be cloned." for functions, symbols, promises, cycles and platform objects */
  encode(value: unknown, parts: Uint8Array[]): unknown;
  decode(json: unknown, parts: readonly Uint8Array[]): unknown;
}

/**
 * The part of the structured clone algorithm that IPC needs (https://html.spec.whatwg.org/#structuredserializeinternal):
 * plain data, undefined, bigints, dates, maps, sets, errors, regular expressions, ArrayBuffers and their views.
 * Self-contained: pages run the source text of this very function.
 */
export function makeCodec(): Codec {
  const views: Record<
    string,
    new (buffer: ArrayBuffer, offset: number, length: number) => ArrayBufferView
  > = {
    Int8Array,
    Uint8Array,
    Uint8ClampedArray,
    Int16Array,
    Uint16Array,
    Int32Array,
    Uint32Array,
    Float32Array,
    Float64Array,
    BigInt64Array,
    BigUint64Array,
    DataView,
  };
  const errors: Record<string, ErrorConstructor> = {
    EvalError,
    RangeError,
    ReferenceError,
    SyntaxError,
    TypeError,
    URIError,
  };
  const refuse = (): never => {
    throw new TypeError("An object could not be cloned.");
  };

  function encode(value: unknown, parts: Uint8Array[], above: object[] = []): unknown {
    switch (typeof value) {
      case "string":
      case "boolean":
        return value;
      case "number":
        return Number.isFinite(value) && !Object.is(value, -0)
          ? value
          : { $: "n", v: Object.is(value, -0) ? "-0" : String(value) };
      case "undefined":
        return { $: "u" };
      case "bigint":
        return { $: "i", v: String(value) };
      case "object":
        break;
      case "function":
      case "symbol":
        return refuse();
    }
    if (value === null) return null;
    if (above.includes(value)) return refuse();
    const inside = [...above, value];
    const each = (item: unknown): unknown => encode(item, parts, inside);
    if (Array.isArray(value)) return value.map(each);
    if (value instanceof ArrayBuffer)
      return { $: "b", at: parts.push(new Uint8Array(value.slice(0))) - 1 };
    if (ArrayBuffer.isView(value)) {
      const bytes = new Uint8Array(
        value.buffer.slice(value.byteOffset, value.byteOffset + value.byteLength),
      );
      const tag = Object.prototype.toString.call(value).slice(8, -1);
      return { $: "v", t: tag, at: parts.push(bytes) - 1 };
    }
    if (value instanceof Date) return { $: "d", v: each(value.getTime()) };
    if (value instanceof RegExp) return { $: "r", v: value.source, f: value.flags };
    if (value instanceof Map) return { $: "m", v: [...value].map((pair) => pair.map(each)) };
    if (value instanceof Set) return { $: "s", v: [...value].map(each) };
    if (value instanceof Error) {
      return {
        $: "e",
        t: value.name,
        v: value.message,
        at: value.stack,
        c: "cause" in value ? [each(value.cause)] : [],
      };
    }
    if (Object.prototype.toString.call(value) !== "[object Object]") return refuse();
    const pairs = Object.entries(value).map(([key, item]) => [key, each(item)] as const);
    const plain = Object.fromEntries(pairs);
    return "$" in plain ? { $: "o", v: pairs } : plain;
  }

  function decode(json: unknown, parts: readonly Uint8Array[]): unknown {
    if (json === null || typeof json !== "object") return json;
    const each = (item: unknown): unknown => decode(item, parts);
    if (Array.isArray(json)) return json.map(each);
    const tagged = json as {
      $?: string;
      v?: unknown;
      t?: string;
      at?: number | string;
      f?: string;
      c?: unknown[];
    };
    const bytes = (): ArrayBuffer => new Uint8Array(parts[Number(tagged.at)] ?? []).buffer;
    switch (tagged.$) {
      case undefined:
        return Object.fromEntries(Object.entries(json).map(([key, item]) => [key, each(item)]));
      case "n":
        return Number(tagged.v);
      case "u":
        return undefined;
      case "i":
        return BigInt(String(tagged.v));
      case "b":
        return bytes();
      case "v": {
        const buffer = bytes();
        const View = views[tagged.t ?? ""] ?? Uint8Array;
        const width = "BYTES_PER_ELEMENT" in View ? Number(View.BYTES_PER_ELEMENT) : 1;
        return new View(buffer, 0, buffer.byteLength / width);
      }
      case "d":
        return new Date(Number(each(tagged.v)));
      case "r":
        return new RegExp(String(tagged.v), tagged.f);
      case "m":
        return new Map(
          (tagged.v as unknown[][]).map((pair) => pair.map(each) as [unknown, unknown]),
        );
      case "s":
        return new Set((tagged.v as unknown[]).map(each));
      case "e": {
        const Kind = errors[tagged.t ?? ""] ?? Error;
        const error = new Kind(
          String(tagged.v),
          tagged.c?.length ? { cause: each(tagged.c[0]) } : undefined,
        );
        if (tagged.at !== undefined) error.stack = String(tagged.at);
        return error;
      }
      default:
        return Object.fromEntries(
          (tagged.v as [string, unknown][]).map(([key, item]) => [key, each(item)]),
        );
    }
  }

  return { encode, decode };
}
