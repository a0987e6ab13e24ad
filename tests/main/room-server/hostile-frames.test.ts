import { expect, test } from "vitest";
import { seededRandom } from "../../../main/room-server/rehearsal-script.ts";
import { besiegeRoom, bugsIn } from "../../fakes/besieged-room.ts";
import { attack, newCounts } from "../../fakes/hostile-crowd.ts";
import { createHostileFrames, isWish } from "../../fakes/hostile-frames.ts";
import { validRequests } from "../../fakes/valid-requests.ts";

/** `npm run bench -- hostile-frames` sends a million of the same. */
test("twenty thousand malformed frames from every role end nothing, change nothing and keep nobody waiting", async () => {
  const room = await besiegeRoom();
  const counts = newCounts();
  await attack(room.origin, room.signIns, { seed: 20_261_122, frames: 20_000, width: 6 }, counts);
  expect(room.hasEnded()).toBe(false);
  expect(await room.effects()).toEqual([]);
  expect(bugsIn(room.errors())).toEqual([]);
  expect(counts.frames).toBeGreaterThanOrEqual(20_000);
  expect(counts.surprisingEnds).toBe(0);
  expect(Object.keys(counts.signedInRequestsByCaller).toSorted()).toEqual([
    "anchor",
    "guest",
    "media",
    "moderator",
    "viewer",
  ]);
  expect(counts.signedInRequests).toBeGreaterThan(5_000);
  expect(Object.keys(counts.kinds).length).toBeGreaterThan(30);
}, 120_000);

test("the same seed gives the same frames", () => {
  const some = (): unknown[] => {
    const source = createHostileFrames(seededRandom(7));
    return Array.from({ length: 50 }, (_, index) => source.next("viewer", index % 2 === 0));
  };
  expect(some()).toEqual(some());
});

test("what the room has to grant does not count as hostile", () => {
  const text = (method: "sendChat" | "setProgramme" | "getWallet"): string =>
    JSON.stringify({ request: true, id: 1, method, data: validRequests[method] });
  expect(isWish("viewer", text("sendChat"))).toBe(true);
  expect(isWish("media", text("sendChat"))).toBe(false);
  expect(isWish("viewer", text("setProgramme"))).toBe(false);
  expect(isWish("anchor", text("setProgramme"))).toBe(true);
  expect(isWish("anchor", text("getWallet"))).toBe(false);
});
