/** Loaded by `--import` into a Node process with `--expose-gc`: SIGUSR2 collects the garbage and sends what is left. */
process.on("SIGUSR2", () => {
  globalThis.gc?.();
  setTimeout(() => {
    globalThis.gc?.();
    process.send?.({ type: "memory", ...process.memoryUsage() });
  }, 200);
});
