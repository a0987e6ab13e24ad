import { expect, test } from "vitest";
import { limits } from "../../../../renderer/gifts/players/limits.ts";
import { openPlayer } from "../../../../renderer/gifts/players/open-player.ts";
import { fixture } from "./fixture.ts";
import type { PlayedInWorker } from "./player-worker.ts";

test("every format plays in a worker", async () => {
  const worker = new Worker(new URL("./player-worker.ts", import.meta.url), { type: "module" });
  const names =
    "six.webp six.apng six.gif six.avif alpha-left.mp4 vap.mp4 walk.svga walk.json walk.lottie";
  const played: Record<string, PlayedInWorker> = {};
  for (const name of names.split(" ")) {
    const answered = new Promise<PlayedInWorker>((resolve, reject) => {
      worker.onmessage = (event: MessageEvent<PlayedInWorker>) => resolve(event.data);
      worker.onerror = ({ message }) => reject(new Error(message));
    });
    worker.postMessage(await fixture(name));
    played[name] = await answered;
  }
  worker.terminate();
  for (const [name, { failure, opaquePixels }] of Object.entries(played))
    expect({ name, failure, isSeen: opaquePixels > 100 }).toEqual({
      name,
      failure: undefined,
      isSeen: true,
    });
});

test("what a file is counts, not what it is called; what is nothing known is refused with a reason", async () => {
  const refusals = [
    [new TextEncoder().encode("<html></html>"), "neither a picture nor an animation"],
    [new Uint8Array(0), "neither a picture nor an animation"],
    [Uint8Array.from([0x1a, 0x45, 0xdf, 0xa3, 1, 2, 3]), "neither a picture nor an animation"],
  ] as const;
  for (const [bytes, detail] of refusals)
    expect(await openPlayer(bytes, { id: "six.webp" })).toEqual({
      ok: false,
      error: { code: "alert.format_unknown", detail },
    });
});

test("a file that is too large is refused before it is looked at", async () => {
  const bytes = new Uint8Array(limits.fileBytes + 1);
  bytes.set(await fixture("six.webp"));
  expect(await openPlayer(bytes, { id: "large" })).toMatchObject({
    ok: false,
    error: { code: "alert.file_too_large" },
  });
});
