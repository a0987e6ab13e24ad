import { expect, onTestFinished, test } from "vitest";
import { Playback } from "../../../main/room-server/playback.ts";
import { PeerId } from "../../../preload/contract/ids.ts";
import type { AudiencePlayback, PlaybackReport } from "../../../preload/contract/playback.ts";
import { createManualClock } from "../../fakes/manual-clock.ts";
import { TestRoom } from "../../fakes/test-room.ts";

const fine: PlaybackReport = {
  fps: 30,
  frozenMs: 0,
  black: false,
  silent: false,
  pictureLeadMs: 10,
};
const peer = (name: string) => PeerId.parse(name);

const setUp = () => {
  const time = createManualClock();
  const told: AudiencePlayback[] = [];
  const playback = new Playback(time.clock, (summary) => told.push(summary));
  return { time, told, playback };
};

test("reports of an audience become counts and medians", () => {
  const { playback } = setUp();
  playback.take(peer("a"), fine, 5_000);
  playback.take(peer("b"), { ...fine, fps: 10, frozenMs: 2_500, pictureLeadMs: 90 }, 5_000);
  playback.take(peer("c"), { ...fine, black: true, silent: true, pictureLeadMs: null }, 5_000);
  playback.take(peer("c"), { ...fine, fps: 20, black: null, silent: true }, 5_000);
  playback.setPlayable(peer("d"), false);
  expect(playback.summary()).toEqual({
    reporters: 3,
    frozen: 1,
    black: 0,
    silent: 1,
    unplayable: 1,
    fps: 20,
    pictureLeadMs: 10,
  });
  playback.setPlayable(peer("d"), true);
  playback.forget(peer("b"));
  expect(playback.summary()).toMatchObject({ reporters: 2, frozen: 0, unplayable: 0 });
});

test("a report that is not renewed runs out, and then nothing ticks any more", async () => {
  const { time, told, playback } = setUp();
  playback.take(peer("a"), { ...fine, black: true }, 5_000);
  await time.pass(2_000);
  expect(told.map(({ black }) => black)).toEqual([1]);
  await time.pass(20_000);
  expect(told.at(-1)).toMatchObject({ reporters: 0, black: 0, fps: null });
  expect(time.pending).toBe(0);
});

test("the anchor is told at most once in two seconds", async () => {
  const { time, told, playback } = setUp();
  for (let report = 0; report < 100; report += 1) {
    playback.take(peer(`p${report}`), fine, 5_000);
    await time.pass(40);
  }
  expect(told.length).toBeLessThanOrEqual(2);
});

test("the larger the audience, the rarer its reports", () => {
  expect([0, 10, 50, 1_000, 10_000].map((viewers) => Playback.everyMs(viewers))).toEqual([
    5_000, 5_000, 5_000, 100_000, 1_000_000,
  ]);
});

test("what a viewer reports reaches the anchor, and no other viewer", async () => {
  const room = await TestRoom.open();
  onTestFinished(() => room.close());
  const anchor = await room.anchor();
  const [viewer, other] = [await room.viewer(), await room.viewer()];
  const answer = await viewer.get("reportPlayback", { ...fine, black: true });
  expect(answer.nextInMs).toBe(5_000);
  await anchor.until(() => anchor.all("playbackChanged").length > 0, "the audience's playback");
  expect(anchor.all("playbackChanged").at(-1)).toMatchObject({
    playback: { reporters: 1, black: 1 },
  });
  expect(other.all("playbackChanged")).toEqual([]);
  expect((await anchor.get("getRoomInfo", {})).playback).toMatchObject({ black: 1 });
  expect((await other.get("getRoomInfo", {})).playback).toBeNull();
});
