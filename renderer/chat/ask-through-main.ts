import type { Result } from "../../preload/contract/result.ts";
import type { RoomAnswer } from "../../preload/contract/room-protocol.ts";
import type { request } from "../bridge.ts";
import type { ChatPort } from "./chat-port.ts";

/** A chat's way to the room over main, which checks what the room answers. */
export const askThroughMain =
  (ask: typeof request): ChatPort["ask"] =>
  async (method, data) =>
    (await ask(`room.${method}`, data as never)) as Result<RoomAnswer<typeof method>>;
