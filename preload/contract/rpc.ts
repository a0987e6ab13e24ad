import { z } from "zod";

/**
 * The protoo envelope: JSON text frames over a WebSocket of the subprotocol `protoo`
 * (versatica/protoo, https://github.com/versatica/protoo).
 */
export const rpcSubprotocol = "protoo";

const id = z.int().nonnegative();
const method = z.string().min(1).max(64);

export const RpcRequest = z.object({ request: z.literal(true), id, method, data: z.unknown() });
export type RpcRequest = z.infer<typeof RpcRequest>;
export const RpcSuccess = z.object({
  response: z.literal(true),
  id,
  ok: z.literal(true),
  data: z.unknown(),
});
export type RpcSuccess = z.infer<typeof RpcSuccess>;
/** Our servers put the failure's `code` (contract/result.ts) into `errorReason`; foreign ones any words. */
export const RpcFailure = z.object({
  response: z.literal(true),
  id,
  ok: z.literal(false).optional(),
  errorCode: z.number(),
  errorReason: z.string().max(2_000),
});
export type RpcFailure = z.infer<typeof RpcFailure>;
export const RpcNotification = z.object({
  notification: z.literal(true),
  method,
  data: z.unknown(),
});
export type RpcNotification = z.infer<typeof RpcNotification>;

export type RpcFrame =
  | {
      readonly type: "request";
      readonly id: number;
      readonly method: string;
      readonly data: unknown;
    }
  | { readonly type: "success"; readonly id: number; readonly data: unknown }
  | {
      readonly type: "failure";
      readonly id: number;
      readonly errorCode: number;
      readonly errorReason: string;
    }
  | { readonly type: "notification"; readonly method: string; readonly data: unknown };

/** Parses one text frame; undefined where it is no frame of the envelope. */
export const decodeRpc = (text: string): RpcFrame | undefined => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const request = RpcRequest.safeParse(value);
  if (request.success)
    return {
      type: "request",
      id: request.data.id,
      method: request.data.method,
      data: request.data.data,
    };
  const notification = RpcNotification.safeParse(value);
  if (notification.success)
    return { type: "notification", method: notification.data.method, data: notification.data.data };
  const success = RpcSuccess.safeParse(value);
  if (success.success) return { type: "success", id: success.data.id, data: success.data.data };
  const failure = RpcFailure.safeParse(value);
  if (failure.success)
    return {
      type: "failure",
      id: failure.data.id,
      errorCode: failure.data.errorCode,
      errorReason: failure.data.errorReason,
    };
  return undefined;
};

/** The text of one frame; what `decodeRpc` makes of it is the frame again. */
export const encodeRpc = (frame: RpcFrame): string => {
  switch (frame.type) {
    case "request":
      return JSON.stringify({
        request: true,
        id: frame.id,
        method: frame.method,
        data: frame.data ?? {},
      });
    case "success":
      return JSON.stringify({ response: true, id: frame.id, ok: true, data: frame.data ?? {} });
    case "failure":
      return JSON.stringify({
        response: true,
        id: frame.id,
        ok: false,
        errorCode: frame.errorCode,
        errorReason: frame.errorReason,
      });
    case "notification":
      return JSON.stringify({ notification: true, method: frame.method, data: frame.data ?? {} });
    default:
      return frame satisfies never;
  }
};
