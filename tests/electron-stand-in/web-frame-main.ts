import type { WebFrameMain as ElectronFrame } from "electron";
import { guardedObject } from "./guard.ts";

/** https://www.electronjs.org/docs/latest/api/web-frame-main: the main frame, showing one document. */
export type WebFrameMain = Pick<
  ElectronFrame,
  "url" | "origin" | "parent" | "routingId" | "isDestroyed"
> & { readonly top: WebFrameMain };

let lastRoutingId = 0;

/** A document can change its address; once another one is shown the frame has none. */
export function mainFrameOf(
  origin: string,
  state: { url(): string; isCurrent(frame: WebFrameMain): boolean },
): WebFrameMain {
  lastRoutingId += 1;
  const frame: WebFrameMain = guardedObject("WebFrameMain", {
    get url() {
      return state.isCurrent(frame) ? state.url() : "";
    },
    origin,
    parent: null,
    get top() {
      return frame;
    },
    routingId: lastRoutingId,
    isDestroyed: () => !state.isCurrent(frame),
  });
  return frame;
}
