type AnyFunction = (...values: unknown[]) => unknown;
type Message =
  | { k: "call"; fn: string; values: unknown }
  | { k: "drop"; fn: string }
  | { k: "settle"; promise: string; ok: boolean; value: unknown };

/**
 * Joins the two worlds of a page, as documented for https://www.electronjs.org/docs/latest/api/context-bridge:
 * values are copied, functions proxied, promises followed, and calls are synchronous.
 * Both worlds dispatch events at one element that is in no document. Chromium clones `CustomEvent.detail` between
 * worlds, so only functions and promises need a stand-in. `own` are the functions that the other side calls by name.
 * Self-contained, as both worlds run its source text.
 */
export function makeWorldBridge(
  at: EventTarget,
  side: string,
  otherSide: string,
  own: Record<string, AnyFunction>,
) {
  const mark = "\u0000stand-in";
  const given = new Map<string, AnyFunction>(Object.entries(own));
  const names = new WeakMap<AnyFunction, string>();
  const proxies = new Map<string, WeakRef<AnyFunction>>();
  const settlers = new Map<
    string,
    { resolve(value: unknown): void; reject(error: unknown): void }
  >();
  let last = 0;

  const isPlain = (value: object): boolean => {
    const prototype: unknown = Object.getPrototypeOf(value);
    return prototype === Object.prototype || prototype === null;
  };

  function pack(value: unknown): unknown {
    if (typeof value === "function") {
      let name = names.get(value as AnyFunction);
      if (name === undefined) {
        last += 1;
        name = `#${last}`;
        names.set(value as AnyFunction, name);
      }
      given.set(name, value as AnyFunction);
      return { [mark]: "function", name };
    }
    if (typeof value !== "object" || value === null) return value;
    if (value instanceof Promise) {
      last += 1;
      const promise = `#${last}`;
      value.then(
        (result: unknown) => settle(promise, true, result),
        (error: unknown) => settle(promise, false, error),
      );
      return { [mark]: "promise", name: promise };
    }
    if (Array.isArray(value)) return value.map(pack);
    return isPlain(value)
      ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, pack(item)]))
      : value;
  }

  function settle(promise: string, ok: boolean, value: unknown): void {
    try {
      ask({ k: "settle", promise, ok, value: pack(value) });
    } catch (error) {
      ask({ k: "settle", promise, ok: false, value: error });
    }
  }

  const forgotten = new FinalizationRegistry<string>((name) => {
    if (proxies.get(name)?.deref()) return;
    proxies.delete(name);
    ask({ k: "drop", fn: name });
  });

  function unpack(value: unknown): unknown {
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map(unpack);
    if (!isPlain(value)) return value;
    const { [mark]: kind, name } = value as { [mark]?: string; name: string };
    if (kind === "promise") {
      return new Promise((resolve, reject) => settlers.set(name, { resolve, reject }));
    }
    if (kind !== "function")
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unpack(item)]));
    const known = proxies.get(name)?.deref();
    if (known) return known;
    const proxy = (...values: unknown[]): unknown => call(name, ...values);
    proxies.set(name, new WeakRef(proxy));
    forgotten.register(proxy, name);
    return proxy;
  }

  function answer(message: Message): unknown {
    let result: unknown;
    switch (message.k) {
      case "call": {
        const found = given.get(message.fn);
        if (!found) throw new Error("The function of the other world is gone");
        result = found(...(unpack(message.values) as unknown[]));
        break;
      }
      case "drop": {
        const dropped = given.get(message.fn);
        given.delete(message.fn);
        if (dropped) names.delete(dropped);
        break;
      }
      case "settle": {
        const settler = settlers.get(message.promise);
        settlers.delete(message.promise);
        if (message.ok) settler?.resolve(unpack(message.value));
        else settler?.reject(unpack(message.value));
        break;
      }
    }
    return result;
  }

  let reply: { value?: unknown; thrown?: unknown } | null = null;
  at.addEventListener(`${side}-reply`, (event) => {
    reply = (event as CustomEvent<typeof reply>).detail;
  });
  at.addEventListener(side, (event) => {
    let detail: typeof reply;
    try {
      const message = (event as CustomEvent<Message | null>).detail;
      if (!message) throw new TypeError("An object could not be cloned.");
      detail = { value: pack(answer(message)) };
    } catch (error) {
      detail = { thrown: error };
    }
    at.dispatchEvent(new CustomEvent(`${otherSide}-reply`, { detail }));
  });

  function ask(message: Message): unknown {
    reply = null;
    at.dispatchEvent(new CustomEvent(otherSide, { detail: message }));
    const got = reply as { value?: unknown; thrown?: unknown } | null;
    reply = null;
    if (!got) throw new TypeError("An object could not be cloned.");
    if ("thrown" in got) throw got.thrown;
    return unpack(got.value);
  }

  function call(name: string, ...values: unknown[]): unknown {
    return ask({ k: "call", fn: name, values: pack(values) });
  }

  return { call };
}
