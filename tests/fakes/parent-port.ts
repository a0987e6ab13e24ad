/** Loaded by `--import` before the program: gives a forked Node process the `parentPort` of an Electron utility process. */
const parentPort = {
  on: (_event: "message", listener: (event: { data: unknown }) => void) =>
    process.on("message", (data) => listener({ data })),
  postMessage: (message: unknown) => process.send?.(message),
};
Object.assign(process, { parentPort });
