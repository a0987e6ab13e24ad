import { expect, test } from "vitest";
import type { Picture } from "../../../renderer/compositor/picture.ts";
import { AlertShows } from "../../../renderer/gifts/alert-shows.ts";
import type { GiftShow } from "../../../renderer/gifts/gift-media.ts";
import type { AlertAnimation } from "../../../renderer/gifts/players/player.ts";
import { advanceQueue, emptyQueue, enqueueEvents } from "../../../renderer/gifts/queue.ts";
import { giftEvent } from "../../fakes/alert-events.ts";

const pictureOf = (frame: number): Picture => ({
  id: `frame/${frame}`,
  version: 0,
  width: 1,
  height: 1,
  pixels: { format: "RGBA", premultiplied: false, data: new Uint8ClampedArray(4) },
});

const frameMs = 33;

/** Decodes only what was asked for last, and takes `decodeMs` for it. */
const slowAnimation = (decodeMs: number) => {
  const decoded = new Set([0]);
  let asked: { readonly frame: number; readonly readyAtMs: number } | undefined;
  let nowMs = 0;
  const animation: Pick<AlertAnimation, "durationMs" | "failure" | "frameAt" | "passMs"> = {
    durationMs: 7_000,
    passMs: 7_000,
    failure: undefined,
    frameAt: (tMs) => {
      const frame = Math.floor(tMs / frameMs);
      if (decoded.has(frame)) return pictureOf(frame);
      if (asked?.frame !== frame) asked = { frame, readyAtMs: nowMs + decodeMs };
      return undefined;
    },
  };
  return {
    animation: animation as AlertAnimation,
    setNow: (ms: number) => {
      nowMs = ms;
      if (asked && asked.readyAtMs <= ms) decoded.add(asked.frame);
    },
  };
};

test("an animation that is decoded too slowly is shown in steps, each soon after its time", () => {
  const { animation, setNow } = slowAnimation(150);
  const show: GiftShow = { animation, sounds: [] };
  const shows = new AlertShows({
    get: () => show,
    expectsAnimation: () => true,
    keep: () => undefined,
    refuse: () => undefined,
  });
  const { active } = advanceQueue(enqueueEvents(emptyQueue, [giftEvent({ tier: "grand" })], 0), 0);
  const [alert] = active;
  if (!alert) throw new Error("nothing is shown");
  shows.advance(active, 0);
  const late: number[] = [];
  const shown = new Set<string>();
  for (let ms = 0; ms < 4_000; ms += 16) {
    setNow(ms);
    const moving = shows.movingOf(alert, ms);
    if (!moving) throw new Error("nothing moves");
    shown.add(moving.picture.id);
    late.push(ms / frameMs - Number(moving.picture.id.split("/")[1]));
  }
  expect(shown.size).toBeGreaterThan(15);
  expect(Math.max(...late) * frameMs).toBeLessThan(400);
});
