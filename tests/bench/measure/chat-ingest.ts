import { sendChat } from "../../../main/room-server/chat.ts";
import { enter } from "../../../main/room-server/identity.ts";
import { seededRandom } from "../../../main/room-server/rehearsal-script.ts";
import type { BlockedWord } from "../../../preload/contract/moderation.ts";
import { succeed } from "../../../preload/contract/result.ts";
import { RequestId, ViewerId } from "../../../preload/contract/ids.ts";
import { TestRoom } from "../../fakes/test-room.ts";

const persons = 500;
/** So many messages are always on their way into the log. */
const waiting = 1_000;

const words = 100_000;

/** Words of two to five characters, one of which is in what is said. */
const wordList = (): BlockedWord[] => {
  const random = seededRandom(156);
  const list = new Map<string, BlockedWord>([["加油", { word: "加油", severity: "star" }]]);
  while (list.size < words) {
    let word = "";
    for (let length = 2 + Math.floor(random() * 4); length > 0; length -= 1)
      word += String.fromCodePoint(0x4e_00 + Math.floor(random() * random() * 6_000));
    list.set(word, { word, severity: "hold" });
  }
  return [...list.values()];
};

/** Messages a second through a filter of 100,000 words into the log of a room, on disk before each is acknowledged. */
export const measureIngest = async (seconds: number): Promise<number> => {
  const server = await TestRoom.open();
  const { room } = server;
  try {
    const listed = await room.commits.submit(() => {
      room.blockedWords.change(wordList(), []);
      return succeed({});
    });
    if (!listed.ok) throw new Error(listed.error.code);
    room.blockedWords.live.changed();
    await room.blockedWords.live.settled();
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
