import type { ErrorCode } from "../../preload/contract/result.ts";

const numbers: Partial<Record<ErrorCode, number>> = {
  "request.forbidden": 403,
  "request.unknown": 404,
  "request.too_many": 429,
  "chat.too_fast": 429,
  "chat.slow_mode": 429,
  "room.banned": 403,
  "moderation.not_on_this_person": 403,
  "request.failed": 500,
  "room.storage_failed": 503,
  "room.closed": 503,
  "media.worker_unavailable": 503,
};

/** The envelope's `errorCode`, in the manner of HTTP's status codes; clients go by `errorReason`. */
export const errorNumber = (code: ErrorCode): number => numbers[code] ?? 400;
