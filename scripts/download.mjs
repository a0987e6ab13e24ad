// Downloads that give up when nothing comes.

/** Calls `action` with a signal that fires when `alive` was not called for `stallMs`. */
const withPatience = async (stallMs, signal, action) => {
  const controller = new AbortController();
  const stop = () => controller.abort(signal.reason);
  let timer;
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(
      () => controller.abort(new Error(`nothing came for ${stallMs / 1000} s`)),
      stallMs,
    );
  };
  signal.throwIfAborted();
  signal.addEventListener("abort", stop, { once: true });
  alive();
  try {
    return await action(controller.signal, alive);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
  }
};

/** What is at `url`. Throws where it cannot be had, or nothing comes for `stallMs`. */
export const download = (url, { signal, stallMs }) =>
  withPatience(stallMs, signal, async (limit, alive) => {
    const response = await fetch(url, { signal: limit });
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
    const chunks = [];
    for await (const chunk of response.body) {
      alive();
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  });

/** Whether a server answers at all. */
export const answers = (url, { signal, stallMs }) =>
  withPatience(stallMs, signal, async (limit) => {
    try {
      await fetch(url, { method: "HEAD", redirect: "manual", signal: limit });
      return true;
    } catch {
      signal.throwIfAborted();
      return false;
    }
  });
