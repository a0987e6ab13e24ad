import type { RoomState } from "../../preload/contract/ipc.ts";
import type { RoomInfo } from "../../preload/contract/room-protocol.ts";

/** What is known of the room; null before it has answered, and for rooms that only take the programme. */
export const infoOf = (room: RoomState): RoomInfo | null =>
  room.status === "connected" || room.status === "reconnecting" ? room.info : null;
