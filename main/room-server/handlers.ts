import type { Result } from "../../preload/contract/result.ts";
import type { ErrorCode } from "../../preload/contract/result.ts";
import type { Action } from "../../preload/contract/rights.ts";
import type { RoomAnswer, RoomData, RoomMethod } from "../../preload/contract/room-protocol.ts";
import type { Connection } from "./connection.ts";
import type { Room } from "./room.ts";

/** How the room answers one method; the caller has the right and the data has been parsed. */
export interface Handler<M extends RoomMethod> {
  readonly action: Action;
  readonly handle: (
    room: Room,
    connection: Connection,
    data: RoomData<M>,
  ) => Result<RoomAnswer<M>> | Promise<Result<RoomAnswer<M>>>;
  /** A code that says more than `request.invalid` about data that does not parse. */
  readonly explain?: (data: unknown) => ErrorCode;
}
export type Handlers<M extends RoomMethod> = { readonly [K in M]: Handler<K> };
