import { sendChat } from "../../../main/room-server/chat.ts";
import { enter } from "../../../main/room-server/identity.ts";
import { RequestId, ViewerId } from "../../../preload/contract/ids.ts";
import { TestRoom } from "../../fakes/test-room.ts";

const persons = 500;
/** So many messages are always on their way into the log. */
const waiting = 1_000;

/** Messages a second that get into the log of a room, on disk before each is acknowledged. */
export const measureIngest = async (seconds: number): Promise<number> => {
  const server = await TestRoom.open();
  const { room } = server;
  try {
    const senders = await Promise.all(
      Array.from({ length: persons }, async (_, index) => {
        const entered = await enter(room, ViewerId.parse(`sender-${index}`), { role: "viewer" });
        if (!entered.ok) throw new Error(entered.error.code);
        return entered.value;
      }),
    );
    let sent = 0;
    const startMs = performance.now();
    const endMs = startMs + seconds * 1_000;
    const talk = async (): Promise<void> => {
      while (performance.now() < endMs) {
        sent += 1;
        const sender = senders[sent % senders.length] as (typeof senders)[number];
        const requestId = RequestId.parse(`ingest-${sent}`);
        const text = `主播今天的画面真清楚，声音也好听，加油 ${sent}`;
        const result = await sendChat(room, sender, { requestId, text });
        if (!result.ok) throw new Error(result.error.code);
      }
    };
    await Promise.all(Array.from({ length: waiting }, talk));
    return Math.round(sent / ((performance.now() - startMs) / 1_000));
  } finally {
    await server.close();
  }
};
