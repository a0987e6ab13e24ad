/**
 * Finds people in pictures: a worker of the compositor worker, so that neither the window nor the programme waits for it. One
 * picture after the other.
 */
import { type CompiledModel, loadAndCompile, loadLiteRt, Tensor } from "@litertjs/core";
import runtime from "@litertjs/core/wasm/litert_wasm_internal.js";
import runtimeUrl from "@litertjs/core/wasm/litert_wasm_internal.wasm?url";
import landscapeUrl from "@mediapipe/selfie_segmentation/selfie_segmentation_landscape.tflite?url";
import squareUrl from "@mediapipe/selfie_segmentation/selfie_segmentation.tflite?url";
import type { SourceId } from "../../../preload/contract/ids.ts";
import { type ModelName, modelSizes } from "./model-input.ts";
import type { SegmenterCommand, SegmenterReport } from "./protocol.ts";
import { smoothMask } from "./smooth-mask.ts";

/** The part of DedicatedWorkerGlobalScope in use; lib.dom has the window's. */
const scope = globalThis as unknown as {
  postMessage(report: SegmenterReport, transfer: Transferable[]): void;
  addEventListener(
    type: "message",
    listener: (event: MessageEvent<SegmenterCommand>) => void,
  ): void;
};

const urls: Readonly<Record<ModelName, string>> = { landscape: landscapeUrl, square: squareUrl };

const quiet = (): void => undefined;

/** LiteRT takes its glue from a classic script, which a module worker cannot load: it finds it there already. */
const load = async (): Promise<void> => {
  Object.assign(globalThis, {
    ModuleFactory: runtime,
    Module: {
      locateFile: () => new URL(runtimeUrl, import.meta.url).href,
      print: quiet,
      printErr: quiet,
    },
    importScripts: quiet,
  });
  // It would wake a GPU that it is not asked to use.
  Object.defineProperty(navigator, "gpu", { value: { requestAdapter: async () => null } });
  await loadLiteRt("litert_wasm_internal.js");
};
const loaded = load();

const models = new Map<ModelName, Promise<CompiledModel>>();
const open = async (name: ModelName): Promise<CompiledModel> => {
  await loaded;
  return loadAndCompile(new URL(urls[name], import.meta.url), { accelerator: "wasm" });
};

/** @throws what the model says of it */
const run = async (name: ModelName, input: Float32Array): Promise<Float32Array> => {
  const opened = models.get(name) ?? open(name);
  models.set(name, opened);
  const model = await opened;
  const { width, height } = modelSizes[name];
  const picture = new Tensor(input, [1, height, width, 3]);
  const results = await model.run([picture]);
  picture.delete();
  const [mask] = results;
  if (!mask) throw new Error("a model without a result");
  const shares = await mask.data();
  for (const result of results) result.delete();
  if (!(shares instanceof Float32Array)) throw new Error("a model of another kind");
  return shares;
};

const before = new Map<SourceId, { readonly takenAtMs: number; readonly mask: Float32Array }>();

const segment = async ({
  sourceId,
  model,
  input,
  takenAtMs,
}: Extract<SegmenterCommand, { type: "segment" }>): Promise<void> => {
  const found = await run(model, input);
  const known = before.get(sourceId);
  const mask = smoothMask(known?.mask ?? null, found, takenAtMs - (known?.takenAtMs ?? 0));
  before.set(sourceId, { takenAtMs, mask });
  const { width, height } = modelSizes[model];
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let at = 0; at < mask.length; at += 1) {
    const grey = (mask[at] ?? 0) * 255;
    data[4 * at] = grey;
    data[4 * at + 1] = grey;
    data[4 * at + 2] = grey;
  }
  scope.postMessage({ type: "mask", sourceId, takenAtMs, width, height, data }, [data.buffer]);
};

/** A worker's error is what its owner hears of. */
const failing = (error: unknown): void => {
  setTimeout(() => {
    throw error;
  });
};

let last: Promise<void> = loaded.then(() => scope.postMessage({ type: "ready" }, []));
last.catch(failing);
scope.addEventListener("message", ({ data: command }) => {
  switch (command.type) {
    case "segment":
      last = last.then(() => segment(command));
      last.catch(failing);
      return;
    case "forget":
      last = last.then(() => {
        before.delete(command.sourceId);
      });
      return;
    default:
      command satisfies never;
  }
});
