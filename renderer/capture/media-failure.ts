import type { Failure } from "../../preload/contract/result.ts";

/**
 * The code for what getUserMedia and getDisplayMedia reject with
 * (https://w3c.github.io/mediacapture-main/#dom-mediadevices-getusermedia).
 */
export const failureOfMediaError = (error: unknown): Failure => {
  const name = error instanceof DOMException ? error.name : "";
  const detail = (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(
    0,
    500,
  );
  switch (name) {
    case "NotAllowedError":
    case "SecurityError":
      return { code: "capture.denied", detail };
    case "NotFoundError":
    case "OverconstrainedError":
      return { code: "capture.device_missing", detail };
    case "NotReadableError":
    case "AbortError":
      return { code: "capture.device_busy", detail };
    default:
      return { code: "capture.failed", detail };
  }
};
