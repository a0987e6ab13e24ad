/** Runs things in a frame of the window, and none within `leastBetweenMs` of the one before. */
export const createCalmSchedule = (leastBetweenMs: number): ((run: () => void) => () => void) => {
  let ranAtMs = Number.NEGATIVE_INFINITY;
  return (run) => {
    let frame: number | undefined;
    const request = (): void => {
      frame = requestAnimationFrame(() => {
        ranAtMs = performance.now();
        run();
      });
    };
    const waitMs = ranAtMs + leastBetweenMs - performance.now();
    // After a rest it comes with the next frame.
    const timer = waitMs > 0 ? setTimeout(request, waitMs) : undefined;
    if (timer === undefined) request();
    return () => {
      clearTimeout(timer);
      if (frame !== undefined) cancelAnimationFrame(frame);
    };
  };
};
