import { expect, test } from "vitest";
import { AnimationCache } from "../../../../renderer/gifts/players/animation-cache.ts";
import { fixture } from "./fixture.ts";

const lease = async (cache: AnimationCache, name: string) => {
  const opened = await cache.open(await fixture(name));
  if (!opened.ok) throw new Error(opened.error.detail);
  return opened.value;
};

test("equal contents are opened once, also at the same time", async () => {
  const cache = new AnimationCache(10_000_000);
  const [one, two] = await Promise.all([lease(cache, "six.webp"), lease(cache, "six.webp")]);
  expect(one.animation).toBe(two.animation);
  expect((await lease(cache, "six.apng")).animation).not.toBe(one.animation);
  cache.close();
});

test("closes what was not used for longest beyond its bound, never what is in use", async () => {
  const first = await lease(new AnimationCache(10_000_000), "six.webp");
  const cache = new AnimationCache(2.5 * first.animation.maxBytes);
  const inUse = await lease(cache, "six.webp");
  const released = await lease(cache, "six.apng");
  released.release();
  released.release();
  const third = await lease(cache, "six.gif");
  expect((await released.animation.prepare(0)).ok).toBe(false);
  expect((await inUse.animation.prepare(0)).ok).toBe(true);
  expect(await cache.open(await fixture("six.apng"))).toMatchObject({
    ok: false,
    error: { code: "alert.no_room" },
  });
  third.release();
  expect((await lease(cache, "six.apng")).animation).not.toBe(released.animation);
  cache.close();
  expect((await inUse.animation.prepare(0)).ok).toBe(false);
  expect((await cache.open(await fixture("six.gif"))).ok).toBe(false);
});

test("a file that fails is not kept", async () => {
  const cache = new AnimationCache(10_000_000);
  const bytes = new TextEncoder().encode("not an animation");
  for (let time = 0; time < 2; time += 1)
    expect(await cache.open(bytes)).toMatchObject({
      ok: false,
      error: { code: "alert.format_unknown" },
    });
  cache.close();
});
