/**
 * The room's chat: what it takes in, and what it gives out to 2,000 sockets at 30 messages a second and more (`--seconds=`).
 * The room is held on one core, its clients on the other. Then, on all cores, what the chat window shows of 1,000 messages a second, and
 * what it holds after a million (`--messages=`).
 */
import { parseArgs } from "node:util";
import { measureIngest } from "./measure/chat-ingest.ts";
import { measureDeliveries } from "./measure/chat-room.ts";
import { measureChatWindow } from "./measure/chat-window.ts";
import { loadAverage } from "./measure/figures.ts";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "8" },
    windowSeconds: { type: "string", default: "30" },
    messages: { type: "string", default: "1000000" },
  },
});
const seconds = Number(values.seconds);

const ingestPerSecond = await measureIngest(seconds);
console.log(`${ingestPerSecond} messages/s into the log`);
const deliveries = await measureDeliveries([30, 100, 200], { seconds });
for (const each of deliveries) console.log(JSON.stringify(each));
const window = await measureChatWindow({
  seconds: Number(values.windowSeconds),
  messages: Number(values.messages),
});

console.log(
  JSON.stringify({
    ingestPerSecond,
    deliveriesPerSecond: Math.max(...deliveries.map((each) => each.deliveriesPerSecond)),
    /** The dearest: with few messages each is a frame of its own. */
    cpuUsPerDelivery: Math.max(...deliveries.map((each) => each.cpuUsPerDelivery)),
    deliveries,
    ...window,
    ...loadAverage(),
  }),
);
