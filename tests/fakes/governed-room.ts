import type { Person } from "../../preload/contract/chat.ts";
import { RecordEvent, type RecordOf } from "../../preload/contract/gift.ts";
import type { MessageId } from "../../preload/contract/ids.ts";
import type { RoomClient } from "./room-client.ts";
import { type RoomFiles, TestRoom } from "./test-room.ts";

export interface Present {
  readonly client: RoomClient;
  readonly self: Person;
  readonly cookie: string;
}

let requests = 0;
/** One that was not used before. */
export const newRequestId = (): string => `wish-${(requests += 1)}`;

/** A room with its anchor, who reads the record, and people who come as they are asked for. */
export class GovernedRoom {
  readonly room: TestRoom;
  readonly anchor: RoomClient;

  private constructor(room: TestRoom, anchor: RoomClient) {
    this.room = room;
    this.anchor = anchor;
  }

  static async open(files?: RoomFiles): Promise<GovernedRoom> {
    const room = await TestRoom.open(files ? { files } : {});
    const anchor = await room.anchor();
    await anchor.get("resume", { afterSeq: 0 });
    return new GovernedRoom(room, anchor);
  }

  async viewer(cookie?: string): Promise<Present> {
    const kept = cookie ?? (await this.room.newCookie());
    const client = await this.room.viewer(kept);
    const { self } = await client.get("getRoomInfo", {});
    return { client, self, cookie: kept };
  }

  /** Appointed by the anchor, and reading the record. */
  async moderator(): Promise<Present> {
    const person = await this.viewer();
    await this.anchor.get("appointModerator", {
      requestId: newRequestId(),
      viewerId: person.self.viewerId,
    });
    await person.client.get("resume", { afterSeq: 0 });
    return { ...person, self: { ...person.self, role: "moderator" } };
  }

  async say(who: Present, text: string): Promise<MessageId> {
    const { messageId } = await who.client.get("sendChat", { requestId: newRequestId(), text });
    return messageId;
  }

  close(): Promise<void> {
    return this.room.close();
  }
}

/** The moderation events that a client has got, in their order. */
export const actsOf = (client: RoomClient): RecordOf<"moderation">[] =>
  client
    .all("record")
    .flatMap(({ events }) => events.map((event) => RecordEvent.parse(event)))
    .filter((event) => event.type === "moderation");
