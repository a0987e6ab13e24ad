/** Whether it works without the window. @param worker does its work at its start and for each message, and answers with the time at which it was done */
export const isDoneWhileWindowIsBusy = async (worker: Worker): Promise<boolean> => {
  const doneMs: number[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  worker.addEventListener("error", () => reject(new Error("the worker has failed")));
  let freeMs = 0;
  worker.addEventListener("message", ({ data }: MessageEvent<number>) => {
    doneMs.push(data);
    if (doneMs.length === 3) return resolve();
    worker.postMessage("again");
    // The first message to a new worker goes by way of the window in any case.
    if (doneMs.length === 1) return;
    const untilMs = Date.now() + 2_000;
    while ((freeMs = Date.now()) < untilMs);
  });
  await promise;
  worker.terminate();
  return (doneMs[2] ?? Number.POSITIVE_INFINITY) < freeMs;
};
