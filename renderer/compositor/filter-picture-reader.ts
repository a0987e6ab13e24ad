/**
 * Reads the pictures of filters: a worker of the compositor worker, as decoding a camera's photograph and reading it back take
 * longer than a programme can wait. One after the other, since a decoded one may be hundreds of megabytes.
 */
import { contextOf } from "./canvas-context.ts";

export interface ReadCommand {
  readonly id: string;
  readonly url: string;
}

export type ReadReport =
  | {
      readonly type: "read";
      readonly id: string;
      readonly width: number;
      readonly height: number;
      /** Straight RGBA. */
      readonly data: Uint8ClampedArray<ArrayBuffer>;
    }
  | { readonly type: "failed"; readonly id: string; readonly reason: string };

/** More than this no filter shows: a bigger picture is read smaller. LUTs have some hundred thousand pixels. */
export const mostFilterPixels = 3_000_000;

/** The part of DedicatedWorkerGlobalScope in use; lib.dom has the window's. */
const scope = globalThis as unknown as {
  postMessage(report: ReadReport, transfer: Transferable[]): void;
  addEventListener(type: "message", listener: (event: MessageEvent<ReadCommand>) => void): void;
};

/** @throws where there is no picture, or it cannot be decoded */
const read = async ({ id, url }: ReadCommand): Promise<void> => {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  const bitmap = await createImageBitmap(await answer.blob(), {
    premultiplyAlpha: "none",
    colorSpaceConversion: "none",
  });
  const scale = Math.min(1, Math.sqrt(mostFilterPixels / (bitmap.width * bitmap.height)));
  const width = Math.max(1, Math.floor(bitmap.width * scale));
  const height = Math.max(1, Math.floor(bitmap.height * scale));
  const context = contextOf(new OffscreenCanvas(width, height));
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  const { data } = context.getImageData(0, 0, width, height);
  scope.postMessage({ type: "read", id, width, height, data }, [data.buffer]);
};

let last: Promise<void> = Promise.resolve();
scope.addEventListener("message", ({ data: command }) => {
  last = last
    .then(() => read(command))
    .catch((error: unknown) =>
      scope.postMessage({ type: "failed", id: command.id, reason: String(error) }, []),
    );
});
