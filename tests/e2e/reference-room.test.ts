import { afterAll, beforeAll, expect, it } from "vitest";
import { openReferenceRoom, type ReferenceRoom } from "../fakes/reference-room.ts";
import { testDocument, testPattern, testSettings } from "./fixtures.ts";
import { launchStudio, type StudioApp, waitFor } from "./studio-app.ts";

let room: ReferenceRoom;
let studio: StudioApp;

beforeAll(async () => {
  room = await openReferenceRoom();
  studio = await launchStudio({
    document: testDocument([testPattern]),
    settings: { ...testSettings, roomLink: room.url },
  });
});
afterAll(async () => {
  await studio?.close();
  room?.close();
});

it("broadcasts into a foreign room of the same wire, which offers no chat or gifts", async () => {
  await studio.page.getByRole("button", { name: "开播", exact: true }).click();
  const kinds = await waitFor("both producers", () => {
    const all = [...room.producers.values()].map(({ kind }) => kind).toSorted();
    return all.length === 2 && all;
  });
  expect(kinds).toEqual(["audio", "video"]);
  const bytesOf = async (): Promise<number[]> =>
    Promise.all(
      [...room.producers.values()].map(async (producer) => {
        const stats = await producer.getStats();
        return stats.reduce((sum, { byteCount }) => sum + byteCount, 0);
      }),
    );
  const before = await waitFor("media to arrive", async () => {
    const bytes = await bytesOf();
    return bytes.every((count) => count > 1_000) && bytes;
  });
  await waitFor("more media", async () =>
    (await bytesOf()).every((count, i) => count > before[i]! + 1_000),
  );

  // Nobody can be chatted with, and nothing but the reference's media requests was asked after the first question.
  await studio.page.getByText("不提供弹幕和礼物").first().waitFor();
  expect(new Set(room.methods)).toEqual(
    new Set([
      "getRoomInfo",
      "getRouterRtpCapabilities",
      "createWebRtcTransport",
      "connectWebRtcTransport",
      "join",
      "produce",
    ]),
  );
});
