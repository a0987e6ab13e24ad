import { pino } from "pino";
import { Ledger } from "../../main/ledger/ledger.ts";
import { Intake } from "../../main/room/intake.ts";
import { parseRoomLink } from "../../main/room/link-address.ts";
import { RoomLink } from "../../main/room/link.ts";

// A process of its own, killed at some moment by the tests that start it: main's way from the room's socket to the ledger.
// It prints the ledger's cursor after each group.
const [, , link = "", path = ""] = process.argv;
const address = parseRoomLink(link);
if (!address.ok) throw new Error("no link");
const ledger = new Ledger(path);
const backOff = { firstMs: 10, longestMs: 100 };
const { roomKey } = address.value;
const intake = new Intake({
  ledger,
  roomKey,
  backOff,
  random: Math.random,
  onRecorded: () => process.stdout.write(`${ledger.cursor(roomKey).seq}\n`),
  onLedgerFailure: () => undefined,
  onContradiction: (error) => {
    throw new Error(error.detail);
  },
  setReading: (reading) => room.setReading(reading),
});
const room: RoomLink = new RoomLink({
  address: address.value,
  peerId: "anchor-events",
  ledger,
  intake,
  log: pino({ level: "silent" }),
  backOff,
  random: Math.random,
  onState: (state) => {
    if (state.status === "failed") throw new Error(state.error.detail);
  },
  onChat: () => undefined,
  onChatDeleted: () => undefined,
  onChatRestored: () => undefined,
});
